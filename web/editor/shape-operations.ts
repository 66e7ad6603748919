import {
  IconAngle,
  IconArrowMerge,
  IconArrowsMove,
  IconCircleDashed,
  IconCircleOff,
  IconLine,
  IconPoint,
  IconPointer,
  IconPolygon,
  IconRipple,
  IconRotateClockwise,
  IconRoute2,
  IconScissors,
  IconShape,
  IconVectorBezier2,
} from "@tabler/icons-react";
import type { GeometryKind } from "#data/layers/define.ts";
import { getState, noShape, type Operation, readOnly, type State } from "./operation.ts";
import { proposeBuffer, proposeRotated, proposeSimpler, proposeSquared } from "./proposals.ts";
import { fillHole } from "./shaping.ts";
import type { SketchTool } from "./sketching.ts";

const shapeName: Record<GeometryKind, string> = { Point: "点", LineString: "线", Polygon: "面" };

const draw = (kind: GeometryKind, key: string, icon: Operation["icon"]): Operation => ({
  id: `draw-${kind}`,
  label: shapeName[kind],
  icon,
  keys: [key],
  hint: key,
  rail: 0,
  pressed: ({ tool, layer }) => tool === "draw" && layer?.geometry === kind,
  blocked: (state) =>
    state.layer?.geometry === kind
      ? readOnly(state)
      : `${state.layer?.name ?? "这个图层"}只能画${shapeName[state.layer?.geometry ?? "Point"]}`,
  run: () => getState().use("draw"),
});

/** An operation that takes a tool in hand. */
const tool = (
  id: SketchTool | "select" | "shift" | "merge",
  rest: Omit<Operation, "id" | "pressed" | "run" | "hint" | "keys"> & { key: string },
): Operation => ({
  ...rest,
  id,
  keys: [rest.key.toLowerCase()],
  hint: rest.key,
  pressed: (state) => state.tool === id,
  run: () => getState().use(id),
});

/** Points have no boundary to work on. */
const notOfPoints = (why: string) => (state: State) =>
  state.layer?.geometry === "Point" ? why : noShape(state);

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

const bufferBlocked = (state: State): string | null =>
  state.layer?.geometry === "Polygon"
    ? readOnly(state)
    : `${state.layer?.name ?? "这个图层"}不收面，不能缓冲`;

const firstTolerance = 2;
const firstBuffer = 5;
const firstTurn = 15;

export const shapeOperations: readonly Operation[] = [
  tool("select", { label: "选择", icon: IconPointer, key: "V", rail: 0, blocked: () => null }),
  draw("Point", "1", IconPoint),
  draw("LineString", "2", IconLine),
  draw("Polygon", "3", IconPolygon),
  tool("shift", { label: "移动", icon: IconArrowsMove, key: "M", rail: 1, blocked: noShape }),
  tool("split", {
    label: "分割",
    icon: IconScissors,
    key: "X",
    rail: 1,
    blocked: notOfPoints("点位不能分割"),
  }),
  tool("merge", { label: "合并", icon: IconArrowMerge, key: "C", rail: 1, blocked: mergeBlocked }),
  tool("reshape", {
    label: "重绘",
    icon: IconRoute2,
    key: "R",
    rail: 1,
    blocked: notOfPoints("点位没有边界可重绘"),
  }),
  tool("hole", { label: "挖洞", icon: IconCircleDashed, key: "H", rail: 1, blocked: holeBlocked }),
  {
    id: "buffer",
    label: "缓冲",
    icon: IconRipple,
    keys: ["b"],
    hint: "B",
    rail: 1,
    pressed: ({ tool, proposal }) => tool === "band" || proposal?.dial?.kind === "buffer",
    blocked: bufferBlocked,
    run: () => (getState().sketch?.doc.geometry ? void proposeBuffer(firstBuffer) : getState().use("band")),
  },
  tool("part", { label: "加一块", icon: IconShape, key: "A", rail: "more", blocked: noShape }),
  {
    id: "fill",
    label: "填洞",
    icon: IconCircleOff,
    keys: ["f"],
    hint: "F",
    rail: "more",
    blocked: fillBlocked,
    run: fillHole,
  },
  {
    id: "simplify",
    label: "简化",
    icon: IconVectorBezier2,
    keys: ["j"],
    hint: "J",
    rail: "more",
    pressed: ({ proposal }) => proposal?.dial?.kind === "simplify",
    blocked: notOfPoints("点位没有顶点可简化"),
    run: () => void proposeSimpler(firstTolerance),
  },
  {
    id: "square",
    label: "正交",
    icon: IconAngle,
    keys: ["q"],
    hint: "Q",
    rail: "more",
    blocked: notOfPoints("点位没有角"),
    run: () => void proposeSquared(),
  },
  {
    id: "rotate",
    label: "旋转",
    icon: IconRotateClockwise,
    keys: ["o"],
    hint: "O",
    rail: "more",
    pressed: ({ proposal }) => proposal?.dial?.kind === "rotate",
    blocked: notOfPoints("点位不用旋转"),
    run: () => void proposeRotated(firstTurn),
  },
];
