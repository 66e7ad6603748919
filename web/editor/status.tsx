import { IconAlertTriangle, IconKeyboard, IconMagnet } from "@tabler/icons-react";
import { useState } from "react";
import { useWho } from "../api/session.ts";
import type { Fault } from "./checks.ts";
import { type Datum, datumName, datums, showPosition } from "./coordinates.ts";
import { choiceText, useSnapChoice } from "./snap-choice.ts";
import { useEditor } from "./store.ts";
import { TypedPlace } from "./typed-place.tsx";
import { useWork } from "./worker/call.ts";

/** The line at the foot: where the pointer is in which datum, what is snapped to, what is still wrong. */
export function StatusLine({ faults, errors }: { faults: readonly Fault[]; errors: number }) {
  const pointer = useEditor((s) => s.pointer);
  const snapping = useEditor((s) => s.snapping);
  const typing = useEditor((s) => s.typing);
  const [datum, setDatum] = useState<Datum>("WGS84");
  const { demo } = useWho();
  const layer = useEditor((s) => s.layer);
  const snapTo = useSnapChoice((s) => s.to);
  const snapText = layer ? choiceText(layer, snapTo) : "";
  const busy = useWork((s) => s.pending > 0);
  const open = faults.length + errors;
  return (
    <footer className="edit-status">
      <select
        className="edit-datum"
        aria-label="坐标系"
        value={datum}
        onChange={(event) => setDatum(datums.find((each) => each === event.target.value) ?? "WGS84")}
      >
        {datums.map((each) => (
          <option key={each} value={each}>
            {datumName[each]}
          </option>
        ))}
      </select>
      <b className="figure edit-coordinates">{pointer ? showPosition(datum, pointer) : "—"}</b>
      <button
        type="button"
        className="edit-type-place"
        aria-expanded={typing}
        onClick={() => useEditor.getState().put({ typing: !typing })}
      >
        <IconKeyboard size={15} stroke={1.75} aria-hidden="true" /> 键入坐标
      </button>
      {typing && <TypedPlace datum={datum} />}
      <span className="edit-status-snap">
        <IconMagnet size={15} stroke={1.75} aria-hidden="true" />
        {!snapping ? "吸附已关" : snapText ? `吸附：${snapText} 12 px` : "吸附：没有选图层"}
      </span>
      {busy && <span className="edit-status-busy">正在检查图形</span>}
      {open > 0 && (
        <span className="edit-status-open">
          <IconAlertTriangle size={15} stroke={1.75} aria-hidden="true" />
          {open} 处要处理
        </span>
      )}
      <span className="edit-gap" />
      <span className="quiet edit-status-credit">
        {demo && <>演示数据 · </>}内部资料 示意图 不作为划界依据 · © OpenStreetMap contributors
      </span>
    </footer>
  );
}
