import { IconArrowsMove, IconForms, IconLasso, IconMarquee2, IconTable, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { layers } from "#data/layers/registry.ts";
import type { MapState } from "../map/state.ts";
import { number } from "../ui/format.ts";
import { filterOfList, pick } from "./picking.ts";
import { clearSelection, useSelection } from "./store.ts";
import "./selection.css";

interface BarProps {
  readonly state: MapState;
  onBulk(): void;
  onMove(): void;
}

/** What is chosen, by layer, and what can be done with it. */
export function SelectionBar({ state, onBulk, onMove }: BarProps) {
  const { picked, tool, mode, note, use } = useSelection();
  if (!tool && picked.size === 0 && !note) return null;
  const own = [...picked.values()].filter(({ may }) => may).length;
  const byLayer = layers
    .map((layer) => ({ layer, n: [...picked.values()].filter((one) => one.layer === layer.id).length }))
    .filter(({ n }) => n > 0);
  const all = () => void pick({ filter: filterOfList(state.listQuery) }, "add");
  return (
    <section className="pick-bar card" aria-label="选择">
      <div className="pick-tools">
        {(["box", "lasso"] as const).map((one) => {
          const Icon = one === "box" ? IconMarquee2 : IconLasso;
          return (
            <button
              key={one}
              type="button"
              aria-pressed={tool === one}
              title={one === "box" ? "框选（按住 Shift 在图上拖）" : "套索：拖着圈，或逐点点出一圈，双击结束"}
              onClick={() => use(tool === one ? null : one)}
            >
              <Icon size={17} stroke={1.75} aria-hidden="true" /> {one === "box" ? "框选" : "套索"}
            </button>
          );
        })}
        {tool && (
          <button
            type="button"
            aria-pressed={mode === "remove"}
            title="圈到的从已选里去掉（或拖的时候按住 Alt）"
            onClick={() => useSelection.setState({ mode: mode === "remove" ? "add" : "remove" })}
          >
            去掉圈到的
          </button>
        )}
        <button type="button" title="打开的图层里符合筛选的全部选上" onClick={all}>
          全选符合筛选的
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="结束选择"
          onClick={() => {
            use(null);
            clearSelection();
          }}
        >
          <IconX size={17} stroke={1.75} />
        </button>
      </div>
      {note && (
        <p className="pick-note" role="alert">
          {note}
        </p>
      )}
      <div className="pick-count">
        <p role="status">
          已选 <b className="figure">{number(picked.size)}</b> 处{" "}
          {byLayer.map(({ layer, n }) => (
            <span key={layer.id} className="quiet">
              {layer.name} <span className="figure">{number(n)}</span>
            </span>
          ))}
          {own < picked.size && (
            <span className="pick-foreign">其中 {number(picked.size - own)} 处你不能改</span>
          )}
        </p>
        {picked.size > 0 && (
          <button type="button" className="link-button" onClick={clearSelection}>
            清空
          </button>
        )}
      </div>
      {picked.size > 0 && (
        <div className="pick-acts">
          <button type="button" className="button" disabled={own === 0} onClick={onBulk}>
            <IconForms size={17} stroke={1.75} aria-hidden="true" /> 批量修改
          </button>
          <Link to="/table" search={{ picked: "1", layer: byLayer[0]?.layer.id ?? "" }} className="button">
            <IconTable size={17} stroke={1.75} aria-hidden="true" /> 表格编辑
          </Link>
          <button type="button" className="button" disabled={own === 0} onClick={onMove}>
            <IconArrowsMove size={17} stroke={1.75} aria-hidden="true" /> 移动
          </button>
        </div>
      )}
    </section>
  );
}
