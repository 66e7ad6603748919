import { IconAlertTriangle, IconMagnet } from "@tabler/icons-react";
import { useWho } from "../api/session.ts";
import type { Fault } from "./checks.ts";
import { useEditor } from "./store.ts";

/** The line at the foot: where the pointer is in which datum, what is snapped to, what is still wrong. */
export function StatusLine({ faults, errors }: { faults: readonly Fault[]; errors: number }) {
  const pointer = useEditor((s) => s.pointer);
  const snapping = useEditor((s) => s.snapping);
  const { demo } = useWho();
  const open = faults.length + errors;
  return (
    <footer className="edit-status">
      <span className="quiet">WGS84</span>
      <b className="figure edit-coordinates">
        {pointer ? `${pointer[0]?.toFixed(5)}, ${pointer[1]?.toFixed(5)}` : "—"}
      </b>
      <span className="edit-status-snap">
        <IconMagnet size={15} stroke={1.75} aria-hidden="true" />
        {snapping ? "吸附：镇界、同层 12 px" : "吸附已关"}
      </span>
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
