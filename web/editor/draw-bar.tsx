import type { Map as MapLibre } from "maplibre-gl";
import { useState } from "react";
import { geometryOf } from "#data/domain/paths.ts";
import { roundPosition } from "#data/domain/plane.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { mergePicked } from "./merging.ts";
import { useMiddle } from "./middle.ts";
import { leaveProposal, redial, takeProposal } from "./proposals.ts";
import { fillHole, finishSketch } from "./shaping.ts";
import { fewestOf, isSketch, type SketchTool, sketchRules, sketchShape } from "./sketching.ts";
import { type Dial, type Proposal, useEditor } from "./store.ts";
import { StretchBar } from "./stretch-bar.tsx";

interface Props {
  readonly layer: LayerDef;
  readonly map: MapLibre;
  readonly phone: boolean;
  readonly editable: boolean;
}

/** What to do next with the tool in hand, with buttons for who has no keyboard; on a phone also the move by centring. */
export function DrawBar({ layer, map, phone, editable }: Props) {
  const tool = useEditor((s) => s.tool);
  const proposal = useEditor((s) => s.proposal);
  const staking = useEditor((s) => s.staking);
  const inHole = useEditor((s) => (s.selected?.ring ?? 0) > 0);
  if (!editable) return null;
  if (staking) return <StretchBar layer={layer} map={map} />;
  if (proposal) return <ProposalBar proposal={proposal} />;
  if (tool === "merge") return <MergeBar />;
  if (tool === "part") return <SketchBar layer={layer} tool={tool} />;
  if (layer.geometry === "Point") {
    if (phone) return <Centring map={map} />;
    return tool === "draw" ? <p className="edit-draw-bar card">在图上点一下放置{layer.name}</p> : null;
  }
  if (isSketch(tool)) return <SketchBar layer={layer} tool={tool} />;
  return inHole && !phone ? (
    <div className="edit-draw-bar card">
      <span>选中的是洞的边界</span>
      <button type="button" className="edit-button" onClick={fillHole}>
        填掉这个洞 <kbd>F</kbd>
      </button>
    </div>
  ) : null;
}

function SketchBar({ layer, tool }: { layer: LayerDef; tool: SketchTool }) {
  const count = useEditor((s) => s.drawing.length);
  const hint = useEditor((s) => s.hint);
  const standing = useEditor((s) => s.sketch?.doc.geometry != null);
  const { drawBack, use } = useEditor.getState();
  const fewest = fewestOf(tool, layer);
  const { finish, leave } = sketchRules[tool];
  const points = sketchShape(tool, layer) === "Point";
  return (
    <div className="edit-draw-bar card" data-hint={hint !== null || undefined}>
      <span role={hint ? "alert" : undefined}>{hint ?? sketchText(tool, layer, count, fewest)}</span>
      {(standing || tool === "band") && count === 0 && (
        <button type="button" className="edit-button" onClick={() => use(standing ? "select" : "draw")}>
          {points ? "加完了" : leave}
        </button>
      )}
      {!points && (
        <>
          <button type="button" className="edit-button" disabled={count === 0} onClick={drawBack}>
            退一点
          </button>
          <button
            type="button"
            className="edit-button edit-primary"
            disabled={count < fewest}
            onClick={finishSketch}
          >
            {finish}
          </button>
        </>
      )}
    </div>
  );
}

function sketchText(tool: SketchTool, layer: LayerDef, count: number, fewest: number): string {
  if (count === 0) return sketchRules[tool].prompt(layer);
  if (count < fewest) return `已点 ${count} 个，至少 ${fewest} 个`;
  return sketchShape(tool, layer) === "Polygon"
    ? "点回第一个顶点，或按 Enter 画完"
    : "再点一次末点，或按 Enter 画完";
}

/** Before (dotted) and after (violet) are on the map; here what changes, and the choice. */
function ProposalBar({ proposal }: { proposal: Proposal }) {
  const { dial, empty, text } = proposal;
  return (
    <div className="edit-draw-bar edit-proposal card">
      <p role={empty ? "alert" : undefined}>{empty ? "这样什么也不剩了，请改小一些" : text}</p>
      {dial && <DialInput dial={dial} />}
      <button type="button" className="edit-button" onClick={leaveProposal}>
        不用
      </button>
      <button type="button" className="edit-button edit-primary" disabled={empty} onClick={takeProposal}>
        采用 <kbd>Enter</kbd>
      </button>
    </div>
  );
}

/** Wider than this is another place, not a margin. */
const mostBuffer = 1000;

/** A value to slide, to type, or both. */
interface DialRange {
  readonly label: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly slides: boolean;
  readonly typed: boolean;
}

function rangeOf(dial: Dial): DialRange {
  if (dial.kind === "simplify")
    return { label: "容差", unit: "米", least: 0.5, most: 30, step: 0.5, slides: true, typed: false };
  if (dial.kind === "rotate")
    return { label: "顺时针", unit: "度", least: -180, most: 180, step: 1, slides: true, typed: true };
  const grows = dial.of === "Polygon";
  return {
    label: grows ? "外扩（负数内缩）" : "两侧各",
    unit: "米",
    least: grows ? -mostBuffer : 0.5,
    most: mostBuffer,
    step: grows ? 1 : 0.5,
    slides: false,
    typed: true,
  };
}

function DialInput({ dial }: { dial: Dial }) {
  const [written, setWritten] = useState(String(dial.value));
  const { label, unit, least, most, step, slides, typed } = rangeOf(dial);
  const change = (text: string) => {
    setWritten(text);
    const value = Number(text);
    if (text.trim() !== "" && value !== 0 && value >= least && value <= most) redial(dial, value);
  };
  return (
    <div className="edit-dial">
      <span>{label}</span>
      {slides && (
        <input
          type="range"
          min={least}
          max={most}
          step={step}
          value={dial.value}
          aria-label={label}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {typed ? (
        <input
          type="number"
          className="form-input edit-metres"
          min={least}
          max={most}
          step={step}
          value={written}
          aria-label={`${label}，${unit}`}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") takeProposal();
            if (event.key === "Escape") leaveProposal();
          }}
        />
      ) : (
        <b className="figure">{dial.value}</b>
      )}
      <span>{unit}</span>
    </div>
  );
}

function MergeBar() {
  const picked = useEditor((s) => s.picked);
  const hint = useEditor((s) => s.hint);
  const names = picked.map(({ feature }) => String(feature.properties.name)).join("、");
  const text = picked.length === 0 ? "点选要并进来的同图层图形" : `${names} 并进这一处，保存时删除，可以恢复`;
  return (
    <div className="edit-draw-bar card" data-hint={hint !== null || undefined}>
      <span role={hint ? "alert" : undefined}>{hint ?? text}</span>
      <button type="button" className="edit-button" onClick={() => useEditor.getState().use("select")}>
        不合并了
      </button>
      <button
        type="button"
        className="edit-button edit-primary"
        disabled={picked.length === 0}
        onClick={() => void mergePicked()}
      >
        合并
      </button>
    </div>
  );
}

/** A finger hides what it points at; moving the sheet under a cross does not. */
function Centring({ map }: { map: MapLibre }) {
  const middle = useMiddle(map);
  const place = () => {
    const { lng, lat } = map.getCenter();
    const geometry = geometryOf("Point", [[[roundPosition(lng, lat)]]]);
    const name = useEditor.getState().sketch?.doc.geometry ? "移动点位到图中央" : "放置点位";
    useEditor.getState().edit({ kind: "shape", geometry, name });
    useEditor.setState({ tool: "select" });
  };
  return (
    <>
      <i className="edit-cross" style={{ left: middle.x, top: middle.y }} aria-hidden="true" />
      <div className="edit-draw-bar card">
        <button type="button" className="edit-button edit-primary" onClick={place}>
          把位置移到图中央
        </button>
      </div>
    </>
  );
}
