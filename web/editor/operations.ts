import { IconArrowBackUp, IconArrowForwardUp, IconKeyboard, IconMagnet, IconRoad } from "@tabler/icons-react";
import { composing } from "../ui/composing.ts";
import { getState, type Operation, readOnly } from "./operation.ts";
import { shapeOperations } from "./shape-operations.ts";
import { useEditor } from "./store.ts";
import { vertexOperations } from "./vertex-operations.ts";

export const operations: readonly Operation[] = [
  ...shapeOperations,
  ...vertexOperations,
  {
    id: "snap",
    label: "吸附",
    icon: IconMagnet,
    keys: ["s"],
    hint: "S",
    rail: 2,
    pressed: ({ snapping }) => snapping,
    blocked: () => null,
    run: () => getState().toggleSnapping(),
  },
  {
    id: "type",
    label: "键入坐标",
    icon: IconKeyboard,
    keys: ["k"],
    hint: "K",
    rail: null,
    blocked: readOnly,
    run: () => getState().put({ typing: !getState().typing }),
  },
  {
    id: "stretch",
    label: "按桩号",
    icon: IconRoad,
    keys: ["l"],
    hint: "L",
    rail: "more",
    pressed: ({ staking }) => staking,
    blocked: readOnly,
    run: () =>
      useEditor.setState((old) => ({ staking: !old.staking, proposal: null, preview: null, drawing: [] })),
  },
  {
    id: "undo",
    label: "撤销",
    icon: IconArrowBackUp,
    keys: ["Ctrl+z"],
    hint: "Ctrl Z",
    rail: null,
    blocked: ({ sketch, drawing }) => (sketch?.done.length || drawing.length ? null : "没有可以撤销的"),
    run: () => (getState().drawing.length > 0 ? getState().drawBack() : getState().undo()),
  },
  {
    id: "redo",
    label: "重做",
    icon: IconArrowForwardUp,
    keys: ["Ctrl+y", "Ctrl+Shift+z"],
    hint: "Ctrl Y",
    rail: null,
    blocked: ({ sketch }) => (sketch?.undone.length ? null : "没有可以重做的"),
    run: () => getState().redo(),
  },
];

/** `Ctrl+Shift+z` of a key event; Command counts as Ctrl. Shift is told only with Ctrl and with keys that write nothing. */
export function chordOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const shift = event.shiftKey && (ctrl || key.length > 1) ? "Shift+" : "";
  return ctrl + shift + key;
}

/** A key press belongs to the input method or to a text box, not to the map. */
export function isTyping(event: KeyboardEvent): boolean {
  if (composing(event)) return true;
  if (event.ctrlKey || event.metaKey) return false;
  return (
    event.target instanceof Element &&
    event.target.closest("input,textarea,select,[contenteditable]") !== null
  );
}
