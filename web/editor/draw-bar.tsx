import type { Map as MapLibre } from "maplibre-gl";
import { geometryOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { roundPosition } from "./document.ts";
import { useMiddle } from "./middle.ts";
import {
  fillHole,
  finishSketch,
  leaveProposal,
  mergePicked,
  proposeSimpler,
  takeProposal,
} from "./shaping.ts";
import { type Proposal, sketches, useEditor } from "./store.ts";

interface Props {
  readonly layer: LayerDef;
  readonly map: MapLibre;
  readonly phone: boolean;
  readonly editable: boolean;
}

const least = { Point: 1, LineString: 2, Polygon: 3 } as const;

/** What to do next with the tool in hand, with buttons for who has no keyboard; on a phone also the move by centring. */
export function DrawBar({ layer, map, phone, editable }: Props) {
  const tool = useEditor((s) => s.tool);
  const proposal = useEditor((s) => s.proposal);
  const inHole = useEditor((s) => (s.selected?.ring ?? 0) > 0);
  if (!editable) return null;
  if (proposal) return <ProposalBar proposal={proposal} />;
  if (tool === "merge") return <MergeBar />;
  if (layer.geometry === "Point") {
    if (phone) return <Centring map={map} />;
    return tool === "draw" ? <p className="edit-draw-bar card">在图上点一下放置{layer.name}</p> : null;
  }
  if (sketches(tool)) return <SketchBar layer={layer} />;
  return inHole && !phone ? (
    <div className="edit-draw-bar card">
      <span>选中的是洞的边界</span>
      <button type="button" className="edit-button" onClick={fillHole}>
        填掉这个洞 <kbd>F</kbd>
      </button>
    </div>
  ) : null;
}

function SketchBar({ layer }: { layer: LayerDef }) {
  const tool = useEditor((s) => s.tool);
  const count = useEditor((s) => s.drawing.length);
  const hint = useEditor((s) => s.hint);
  const { drawBack, use } = useEditor.getState();
  const fewest = tool === "split" ? 2 : tool === "hole" ? 3 : least[layer.geometry];
  return (
    <div className="edit-draw-bar card" data-hint={hint !== null || undefined}>
      <span role={hint ? "alert" : undefined}>{hint ?? sketchText(tool, layer, count, fewest)}</span>
      {tool !== "draw" && count === 0 && (
        <button type="button" className="edit-button" onClick={() => use("select")}>
          不{tool === "split" ? "分割" : "挖"}了
        </button>
      )}
      <button type="button" className="edit-button" disabled={count === 0} onClick={drawBack}>
        退一点
      </button>
      <button
        type="button"
        className="edit-button edit-primary"
        disabled={count < fewest}
        onClick={finishSketch}
      >
        {tool === "split" ? "分割" : tool === "hole" ? "挖洞" : "画完"}
      </button>
    </div>
  );
}

function sketchText(tool: string, layer: LayerDef, count: number, fewest: number): string {
  const area = tool === "hole" || (tool === "draw" && layer.geometry === "Polygon");
  if (count === 0) {
    if (tool === "split")
      return layer.geometry === "Polygon" ? "画一条穿过整个面的线" : "画一条穿过这条线的线";
    return tool === "hole" ? "依次点出洞的边界" : `依次点出${area ? "边界" : "线"}的顶点`;
  }
  if (count < fewest) return `已点 ${count} 个，至少 ${fewest} 个`;
  return area ? "点回第一个顶点，或按 Enter 画完" : "再点一次末点，或按 Enter 画完";
}

/** Before (dotted) and after (violet) are on the map; here what changes, and the choice. */
function ProposalBar({ proposal }: { proposal: Proposal }) {
  const { tolerance } = proposal;
  return (
    <div className="edit-draw-bar edit-proposal card">
      <p>{proposal.text}</p>
      {tolerance !== undefined && (
        <label>
          容差
          <input
            type="range"
            min={0.5}
            max={30}
            step={0.5}
            value={tolerance}
            onChange={(event) => proposeSimpler(Number(event.target.value))}
          />
          <b className="figure">{tolerance} 米</b>
        </label>
      )}
      <button type="button" className="edit-button" onClick={leaveProposal}>
        不用
      </button>
      <button type="button" className="edit-button edit-primary" onClick={takeProposal}>
        采用
      </button>
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
