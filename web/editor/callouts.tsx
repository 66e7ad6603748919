import { IconAlertTriangle, IconInfoCircle, IconMagnet } from "@tabler/icons-react";
import { useAsking } from "../proposals/asking.ts";
import type { Aim } from "./aim.ts";
import { covers } from "./border.ts";
import type { Fault } from "./checks.ts";
import { useParts } from "./derived.ts";
import { useNeighbours } from "./neighbours.ts";
import type { Projection } from "./projection.ts";
import { proposeBeside, proposeClip, proposeRepair } from "./proposals.ts";
import { useEditor } from "./store.ts";

/** The first fault with what to do, at the place where it is. */
export function FaultCallout({ fault, projection }: { fault: Fault | undefined; projection: Projection }) {
  const dragging = useEditor((s) => s.preview !== null);
  const shape = useEditor((s) => s.layer?.geometry);
  const open = useEditor((s) => s.layer?.townWritable);
  const canUndo = useEditor((s) => (s.sketch?.done.length ?? 0) > 0);
  if (!fault?.at || dragging) return null;
  const [x, y] = projection.project(fault.at);
  const { width, height } = projection;
  if (x < 0 || y < 0 || x > width || y > height) return null;
  const below = y < height - 180;
  // Beside the rail and the panel, never under them.
  const right = width > 767 ? 640 : 258;
  const left = Math.max(width > 767 ? 96 : 8, Math.min(width - right, x - 120));
  return (
    <div
      className="edit-callout"
      role="alert"
      style={below ? { left, top: y + 26 } : { left, bottom: height - y + 26 }}
    >
      <b>
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
        {fault.title}
      </b>
      <p>{fault.detail}</p>
      <div className="edit-row">
        {repairable(fault) && (
          <button type="button" className="edit-button edit-primary" onClick={() => void proposeRepair()}>
            一键修复
          </button>
        )}
        {fault.kind === "outside-town" && shape !== "Point" && !fault.elsewhere && (
          <button type="button" className="edit-button edit-primary" onClick={() => void proposeClip()}>
            一键裁到镇界
          </button>
        )}
        {fault.kind === "outside-town" && open && (
          <button type="button" className="edit-button" onClick={() => useAsking.getState().ask(true)}>
            发起会签
          </button>
        )}
        {fault.kind === "overlap" && <TrimButton />}
        {canUndo && (
          <button type="button" className="edit-button" onClick={() => useEditor.getState().undo()}>
            撤销上一步
          </button>
        )}
      </div>
    </div>
  );
}

/** A lone part too small to be meant has nothing to be repaired to. */
function repairable({ kind, elsewhere }: Fault): boolean {
  const several = (useEditor.getState().sketch?.doc.geometry?.type ?? "").startsWith("Multi");
  return !elsewhere && (kind === "crossing" || kind === "untidy" || (kind === "small" && several));
}

function TrimButton() {
  const layer = useEditor((s) => s.layer);
  const neighbours = useNeighbours(layer, useParts());
  return (
    <button type="button" className="edit-button edit-primary" onClick={() => void proposeBeside(neighbours)}>
      一键裁掉
    </button>
  );
}

/** About as wide as a hint. */
const hintPx = 232;

/** Beside the pointer: what it holds on to, or that it has left the town. */
export function AimHint({ aim, projection }: { aim: Aim | null; projection: Projection }) {
  const border = useEditor((s) => s.border);
  const pointer = useEditor((s) => s.pointer);
  const tool = useEditor((s) => s.tool);
  // To the left of the pointer where the panel begins.
  const edge = projection.width - (projection.width > 767 ? 384 : 0);
  const place = (x: number, y: number) => ({
    left: x + 22 + hintPx > edge ? Math.max(4, x - 22 - hintPx) : x + 22,
    top: y - 12,
  });
  if (aim?.snapped)
    return (
      <div className="edit-hint edit-hint-dark" style={place(...aim.pixel)}>
        <IconMagnet size={15} stroke={1.75} aria-hidden="true" />
        已吸附 <b>{aim.snapped.label}</b> <kbd>Alt</kbd> 暂停吸附
      </div>
    );
  if (!border || !pointer || covers(border, pointer) || (tool !== "draw" && !aim)) return null;
  const [x, y] = projection.project(pointer);
  return (
    <div className="edit-hint" style={place(x, y + 16)}>
      <IconInfoCircle size={16} stroke={1.75} aria-hidden="true" />
      <span>
        <b>镇外不可编辑</b>
        <br />
        跨镇的发起会签
      </span>
    </div>
  );
}
