import type { Map as MapLibre } from "maplibre-gl";
import { geometryOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { roundPosition } from "./document.ts";
import { operations } from "./operations.ts";
import { useEditor } from "./store.ts";

interface Props {
  readonly layer: LayerDef;
  readonly map: MapLibre;
  readonly phone: boolean;
  readonly editable: boolean;
}

const least = { Point: 1, LineString: 2, Polygon: 3 } as const;

/** What to do next while drawing, with buttons for who has no keyboard; on a phone also the move by centring. */
export function DrawBar({ layer, map, phone, editable }: Props) {
  const tool = useEditor((s) => s.tool);
  const drawing = useEditor((s) => s.drawing);
  const { drawBack, finishDrawing } = useEditor.getState();
  if (!editable) return null;
  if (layer.geometry === "Point") {
    if (phone) return <Centring map={map} />;
    return tool === "draw" ? <p className="edit-draw-bar card">在图上点一下放置{layer.name}</p> : null;
  }
  if (tool !== "draw") return phone ? <PhoneTools /> : null;
  const count = drawing.length;
  const text =
    count === 0
      ? `依次点出${layer.geometry === "Polygon" ? "边界" : "线"}的顶点`
      : count < least[layer.geometry]
        ? `已点 ${count} 个，至少 ${least[layer.geometry]} 个`
        : layer.geometry === "Polygon"
          ? "点回第一个顶点，或按 Enter 画完"
          : "再点一次末点，或按 Enter 画完";
  return (
    <div className="edit-draw-bar card">
      <span>{text}</span>
      <button type="button" className="edit-button" disabled={count === 0} onClick={drawBack}>
        退一点
      </button>
      <button
        type="button"
        className="edit-button edit-primary"
        disabled={count < least[layer.geometry]}
        onClick={finishDrawing}
      >
        画完
      </button>
    </div>
  );
}

/** What the rail and the undo list offer on a desk, as far as a thumb needs it. */
function PhoneTools() {
  const state = useEditor();
  return (
    <div className="edit-phone-tools">
      {operations
        .filter(({ id }) => id === "undo" || id === "remove")
        .filter((operation) => operation.blocked(state) === null)
        .map(({ id, label, icon: Icon, run }) => (
          <button key={id} type="button" className="edit-button" onClick={run}>
            <Icon size={18} stroke={1.75} /> {label}
          </button>
        ))}
    </div>
  );
}

/** A finger hides what it points at; moving the sheet under a cross does not. */
function Centring({ map }: { map: MapLibre }) {
  const place = () => {
    const { lng, lat } = map.getCenter();
    const geometry = geometryOf("Point", [[[roundPosition(lng, lat)]]]);
    const name = useEditor.getState().sketch?.doc.geometry ? "移动点位到图中央" : "放置点位";
    useEditor.getState().edit({ kind: "shape", geometry, name });
    useEditor.setState({ tool: "select" });
  };
  return (
    <>
      <i className="edit-cross" aria-hidden="true" />
      <PhoneTools />
      <div className="edit-draw-bar card">
        <button type="button" className="edit-button edit-primary" onClick={place}>
          把位置移到图中央
        </button>
      </div>
    </>
  );
}
