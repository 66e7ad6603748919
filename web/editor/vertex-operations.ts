import {
  IconChevronLeft,
  IconChevronRight,
  IconSquareMinus,
  IconVectorOff,
  IconVectorSpline,
  IconVectorTriangle,
} from "@tabler/icons-react";
import { roundPosition } from "#data/domain/plane.ts";
import type { GeometryKind } from "#data/layers/define.ts";
import { docParts, type VertexAt } from "./document.ts";
import { getState, noShape, type Operation, readOnly, type State } from "./operation.ts";
import { removePart } from "./shaping.ts";
import { useEditor } from "./store.ts";

const least: Record<GeometryKind, number> = { Point: 1, LineString: 2, Polygon: 3 };

const partsOf = ({ sketch }: State) => (sketch ? docParts(sketch.doc) : []);

/** Removing the selected vertex must leave a shape. */
function removalBlocked(state: State): string | null {
  const { selected, layer } = state;
  if (!layer) return "还没有画出来";
  const several = partsOf(state).length > 1;
  if (layer.geometry === "Point" && !several) return "只有一个点位，移动它，或删除整处";
  if (!selected) return layer.geometry === "Point" ? "先点选一个点位" : "先点选一个顶点";
  if (layer.geometry === "Point") return readOnly(state);
  const path = partsOf(state)[selected.part]?.[selected.ring];
  if (!path || path.length <= least[layer.geometry]) return `至少要留 ${least[layer.geometry]} 个顶点`;
  return readOnly(state);
}

function partBlocked(state: State): string | null {
  if (partsOf(state).length < 2) return "只有一块";
  return state.selected ? readOnly(state) : "先点选这一块上的一个顶点";
}

function insertBlocked(state: State): string | null {
  if (state.layer?.geometry === "Point") return "点位没有顶点可加";
  return state.selected ? readOnly(state) : "先点选一个顶点";
}

/** A vertex in the middle of the edge after the chosen one (before it at a line's end). */
function insert(): void {
  const { selected, layer, edit, sketch } = getState();
  const path = selected && sketch && docParts(sketch.doc)[selected.part]?.[selected.ring];
  if (!selected || !path || !layer) return;
  const last = selected.index === path.length - 1 && layer.geometry === "LineString";
  const from = last ? selected.index - 1 : selected.index;
  const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [path[from]!, path[(from + 1) % path.length]!];
  const at = { ...selected, index: from + 1 };
  edit({ kind: "insert", at, to: roundPosition((ax + bx) / 2, (ay + by) / 2) });
  useEditor.setState({ selected: at });
}

function remove(): void {
  const { selected, edit, layer } = getState();
  if (!selected) return;
  if (layer?.geometry === "Point") removePart();
  else edit({ kind: "remove", at: selected });
  useEditor.setState({ selected: null });
}

/** The vertex before or after the chosen one, through all rings and parts; the sheet follows. */
function step(by: 1 | -1): void {
  const state = getState();
  const all = partsOf(state).flatMap((part, p) =>
    part.flatMap((path, r) => path.map((_, index): VertexAt => ({ part: p, ring: r, index }))),
  );
  const { selected } = state;
  const at = all.findIndex(
    (each) => each.part === selected?.part && each.ring === selected.ring && each.index === selected.index,
  );
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  useEditor.setState({ selected: all[next] ?? null, tool: "select", drawing: [] });
}

export const vertexOperations: readonly Operation[] = [
  {
    id: "insert",
    label: "加顶点",
    icon: IconVectorSpline,
    keys: ["i"],
    hint: "I",
    rail: "more",
    blocked: insertBlocked,
    run: insert,
  },
  {
    id: "remove",
    label: "删顶点",
    icon: IconVectorOff,
    keys: ["delete", "backspace"],
    hint: "Del",
    rail: "more",
    blocked: removalBlocked,
    run: remove,
  },
  {
    id: "share",
    label: "共边",
    icon: IconVectorTriangle,
    keys: ["g"],
    hint: "G",
    rail: "more",
    pressed: ({ sharing }) => sharing,
    blocked: (state) => (state.layer?.geometry === "Point" ? "点位没有边" : readOnly(state)),
    run: () => {
      const sharing = !getState().sharing;
      const text = sharing ? "共边已开：移动顶点时，同层相邻图形的同一顶点跟着动" : "共边已关";
      useEditor.setState({ sharing, note: { tone: "ok", text } });
    },
  },
  {
    id: "remove-part",
    label: "删这一块",
    icon: IconSquareMinus,
    keys: ["Shift+delete", "Shift+backspace"],
    hint: "Shift Del",
    rail: "more",
    blocked: partBlocked,
    run: removePart,
  },
  {
    id: "next-vertex",
    label: "下一个顶点",
    icon: IconChevronRight,
    keys: ["]", "】"],
    hint: "]",
    rail: null,
    blocked: noShape,
    run: () => step(1),
  },
  {
    id: "previous-vertex",
    label: "上一个顶点",
    icon: IconChevronLeft,
    keys: ["[", "【"],
    hint: "[",
    rail: null,
    blocked: noShape,
    run: () => step(-1),
  },
];
