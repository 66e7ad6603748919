import { Checkbox, Tooltip } from "antd";
import { useState } from "react";
import type { AreaChange, AreaDeed } from "#data/domain/wire/history.ts";
import { layerById } from "#data/layers/registry.ts";
import { whoOf } from "../detail/who.ts";
import { LayerGlyph } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import { moment, number } from "../ui/format.ts";
import { changeWord, kindWord, stuck } from "./words.ts";

interface DeedProps {
  readonly deed: AreaDeed;
  readonly marked: boolean;
  /** Left out for who may not take anything back. */
  readonly onMark?: (deed: AreaDeed) => void;
  readonly onBatch?: (deed: AreaDeed) => void;
  readonly onGo: (change: AreaChange) => void;
}

const few = 4;

/** One changeset: who, when, why, and the places it touched; each leads there. */
export function Deed({ deed, marked, onMark, onBatch, onGo }: DeedProps) {
  const [open, setOpen] = useState(false);
  const shown = open ? deed.changes : deed.changes.slice(0, few);
  const why = stuck(deed);
  const kind = kindWord(deed);
  return (
    <li className={deed.revertedBy === null ? "deed" : "deed deed-undone"}>
      {onMark && (
        <Tooltip title={why}>
          <Checkbox
            checked={marked}
            disabled={why !== null}
            onChange={() => onMark(deed)}
            aria-label={`选上变更 ${deed.seq}`}
          />
        </Tooltip>
      )}
      <div className="deed-head">
        <span className="figure">{moment(deed.at)}</span>
        <b>{whoOf(deed)}</b>
        {kind && <span className="fact-tag">{kind}</span>}
        {deed.reason && <span>{deed.reason}</span>}
        {deed.revertedBy !== null && <span className="quiet">{why}</span>}
        <span className="quiet figure deed-seq">变更 {deed.seq}</span>
        {deed.batch && onBatch && why === null && (
          <button type="button" className="link-button" onClick={() => onBatch(deed)}>
            选上同一批
          </button>
        )}
      </div>
      <ul className="deed-changes">
        {shown.map((change, i) => {
          const layer = layerById(change.feature.layer);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: what a changeset did never changes its order
            <li key={i}>
              <button type="button" className="deed-go" onClick={() => onGo(change)}>
                {layer && <LayerGlyph layer={layer} size={15} />}
                <span>{change.feature.name || "没有名称"}</span>
                <span className="quiet">{townName(change.feature.town)}</span>
                <span>{changeWord(change)}</span>
                {change.feature.deleted && <span className="quiet">（现已删除）</span>}
              </button>
            </li>
          );
        })}
        {!open && deed.changes.length > few && (
          <li>
            <button type="button" className="link-button" onClick={() => setOpen(true)}>
              展开全部 {number(deed.count)} 项
            </button>
          </li>
        )}
        {open && deed.count > deed.changes.length && (
          <li className="quiet">另有 {number(deed.count - deed.changes.length)} 项，用筛选缩小范围查看</li>
        )}
      </ul>
    </li>
  );
}
