import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowMerge,
  IconArrowsMove,
  IconCircleDashed,
  IconCircleOff,
  IconKeyboard,
  IconLine,
  IconMagnet,
  IconPoint,
  IconPointer,
  IconPolygon,
  IconScissors,
  IconVectorBezier2,
  IconVectorOff,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { GeometryKind } from "#data/layers/define.ts";
import { docParts } from "./document.ts";
import { fillHole, proposeSimpler } from "./shaping.ts";
import { useEditor } from "./store.ts";

type State = ReturnType<typeof useEditor.getState>;

/** What a person can do to the shape. Rail, hotkeys and the list of shortcuts read this one table. */
export interface Operation {
  readonly id: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** As the keyboard event names it, lower case; with `Ctrl+` in front when it needs it. */
  readonly keys: readonly string[];
  readonly hint: string;
  /** Rail group; `null`: not on the rail. */
  readonly group: number | null;
  pressed?(state: State): boolean;
  /** Why it cannot be done now; `null` when it can. */
  blocked(state: State): string | null;
  run(): void;
}

const { getState } = useEditor;

const readOnly = ({ view, saving }: State): string | null => {
  if (saving.kind === "sending") return "正在保存";
  return view && !view.may.edit && !view.may.propose ? (view.may.why ?? "你不能改这一处") : null;
};

const shapeName: Record<GeometryKind, string> = { Point: "点", LineString: "线", Polygon: "面" };

const draw = (kind: GeometryKind, key: string, icon: Operation["icon"]): Operation => ({
  id: `draw-${kind}`,
  label: shapeName[kind],
  icon,
  keys: [key],
  hint: key,
  group: 0,
  pressed: ({ tool, layer }) => tool === "draw" && layer?.geometry === kind,
  blocked: (state) =>
    state.layer?.geometry === kind
      ? readOnly(state)
      : `${state.layer?.name ?? "这个图层"}只能画${shapeName[state.layer?.geometry ?? "Point"]}`,
  run: () => getState().use("draw"),
});

const least: Record<GeometryKind, number> = { Point: 1, LineString: 2, Polygon: 3 };

/** Removing the selected vertex must leave a shape. */
function removalBlocked(state: State): string | null {
  const { selected, sketch, layer } = state;
  if (layer?.geometry === "Point") return "点位没有顶点可删";
  if (!selected || !sketch || !layer) return "先点选一个顶点";
  const path = docParts(sketch.doc)[selected.part]?.[selected.ring];
  if (!path || path.length <= least[layer.geometry]) return `至少要留 ${least[layer.geometry]} 个顶点`;
  return readOnly(state);
}

const noShape = (state: State): string | null =>
  state.sketch?.doc.geometry ? readOnly(state) : "还没有画出来";

function splitBlocked(state: State): string | null {
  return state.layer?.geometry === "Point" ? "点位不能分割" : noShape(state);
}

function mergeBlocked(state: State): string | null {
  if (state.layer?.geometry === "Point") return "点位不能合并";
  if (!state.view) return "先保存这一处，再合并别的";
  return noShape(state);
}

const holeBlocked = (state: State): string | null =>
  state.layer?.geometry === "Polygon" ? noShape(state) : "只有面能挖洞";

function fillBlocked(state: State): string | null {
  if (state.layer?.geometry !== "Polygon") return "只有面有洞";
  return (state.selected?.ring ?? 0) > 0 ? readOnly(state) : "先点选洞上的一个顶点";
}

function simplerBlocked(state: State): string | null {
  if (state.layer?.geometry === "Point") return "点位没有顶点可简化";
  return noShape(state);
}

const firstTolerance = 2;

export const operations: readonly Operation[] = [
  {
    id: "select",
    label: "选择",
    icon: IconPointer,
    keys: ["v"],
    hint: "V",
    group: 0,
    pressed: ({ tool }) => tool === "select",
    blocked: () => null,
    run: () => getState().use("select"),
  },
  draw("Point", "1", IconPoint),
  draw("LineString", "2", IconLine),
  draw("Polygon", "3", IconPolygon),
  {
    id: "shift",
    label: "移动",
    icon: IconArrowsMove,
    keys: ["m"],
    hint: "M",
    group: 1,
    pressed: ({ tool }) => tool === "shift",
    blocked: (state) => (state.sketch?.doc.geometry ? readOnly(state) : "还没有画出来"),
    run: () => getState().use("shift"),
  },
  {
    id: "remove",
    label: "删顶点",
    icon: IconVectorOff,
    keys: ["delete", "backspace"],
    hint: "Del",
    group: 1,
    blocked: removalBlocked,
    run: () => {
      const { selected, edit } = getState();
      if (!selected) return;
      edit({ kind: "remove", at: selected });
      useEditor.setState({ selected: null });
    },
  },
  {
    id: "split",
    label: "分割",
    icon: IconScissors,
    keys: ["x"],
    hint: "X",
    group: 1,
    pressed: ({ tool }) => tool === "split",
    blocked: splitBlocked,
    run: () => getState().use("split"),
  },
  {
    id: "merge",
    label: "合并",
    icon: IconArrowMerge,
    keys: ["c"],
    hint: "C",
    group: 1,
    pressed: ({ tool }) => tool === "merge",
    blocked: mergeBlocked,
    run: () => getState().use("merge"),
  },
  {
    id: "hole",
    label: "挖洞",
    icon: IconCircleDashed,
    keys: ["h"],
    hint: "H",
    group: 1,
    pressed: ({ tool }) => tool === "hole",
    blocked: holeBlocked,
    run: () => getState().use("hole"),
  },
  {
    id: "fill",
    label: "填洞",
    icon: IconCircleOff,
    keys: ["f"],
    hint: "F",
    group: null,
    blocked: fillBlocked,
    run: fillHole,
  },
  {
    id: "simplify",
    label: "简化",
    icon: IconVectorBezier2,
    keys: ["j"],
    hint: "J",
    group: 1,
    pressed: ({ proposal }) => proposal?.tolerance !== undefined,
    blocked: simplerBlocked,
    run: () => proposeSimpler(firstTolerance),
  },
  {
    id: "snap",
    label: "吸附",
    icon: IconMagnet,
    keys: ["s"],
    hint: "S",
    group: 2,
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
    group: null,
    blocked: readOnly,
    run: () => getState().put({ typing: !getState().typing }),
  },
  {
    id: "undo",
    label: "撤销",
    icon: IconArrowBackUp,
    keys: ["Ctrl+z"],
    hint: "Ctrl Z",
    group: null,
    blocked: ({ sketch, drawing }) => (sketch?.done.length || drawing.length ? null : "没有可以撤销的"),
    run: () => (getState().drawing.length > 0 ? getState().drawBack() : getState().undo()),
  },
  {
    id: "redo",
    label: "重做",
    icon: IconArrowForwardUp,
    keys: ["Ctrl+y", "Ctrl+Shift+z"],
    hint: "Ctrl Y",
    group: null,
    blocked: ({ sketch }) => (sketch?.undone.length ? null : "没有可以重做的"),
    run: () => getState().redo(),
  },
];

export const helpIcon = IconKeyboard;

/** `Ctrl+Shift+z` of a key event; Command counts as Ctrl. */
export function chordOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const shift = event.shiftKey && ctrl ? "Shift+" : "";
  return ctrl + shift + key;
}

/** A key press belongs to the input method or to a text box, not to the map. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  if (event.ctrlKey || event.metaKey) return false;
  return (
    event.target instanceof Element &&
    event.target.closest("input,textarea,select,[contenteditable]") !== null
  );
}
