import type { Shape } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";

/** Tools with which a click on the sheet sets a vertex. */
const sketchTools = ["draw", "part", "hole", "split", "reshape", "band"] as const;
export type SketchTool = (typeof sketchTools)[number];

interface SketchRule {
  /** What is drawn; `own`: what the layer takes. */
  readonly shape: Shape | "own";
  /** Vertices before it can be ended, where the shape does not say. */
  readonly fewest?: number;
  /** On the button that ends it. */
  readonly finish: string;
  /** On the button that lets it be. */
  readonly leave: string;
  /** Before the first vertex. */
  prompt(layer: LayerDef): string;
}

const ofLayer = (area: string, line: string, point: string) => (layer: LayerDef) =>
  layer.geometry === "Polygon" ? area : layer.geometry === "LineString" ? line : point;

/** Every sketching tool: the drawing, the bar below it and the gestures read this one table. */
export const sketchRules: Record<SketchTool, SketchRule> = {
  draw: {
    shape: "own",
    finish: "画完",
    leave: "不画了",
    prompt: ofLayer("依次点出边界的顶点", "依次点出线的顶点", "在图上点一下放置"),
  },
  part: {
    shape: "own",
    finish: "加上这一块",
    leave: "不加了",
    prompt: ofLayer("点出要加的一块的边界", "点出要加的一段的顶点", "点出要加的点位"),
  },
  hole: { shape: "Polygon", finish: "挖洞", leave: "不挖了", prompt: () => "依次点出洞的边界" },
  split: {
    shape: "LineString",
    finish: "分割",
    leave: "不分割了",
    prompt: ofLayer("画一条穿过整个面的线", "画一条穿过这条线的线", ""),
  },
  reshape: {
    shape: "LineString",
    finish: "重绘",
    leave: "不重绘了",
    prompt: ofLayer("从边界上画到边界上，代替这一段", "从线上画到线上，代替这一段", ""),
  },
  band: {
    shape: "LineString",
    fewest: 1,
    finish: "缓冲",
    leave: "不缓冲了",
    prompt: () => "点出中心线（或一个点），再定宽度",
  },
};

export const isSketch = (tool: string): tool is SketchTool =>
  (sketchTools as readonly string[]).includes(tool);

export const sketchShape = (tool: SketchTool, layer: LayerDef): Shape => {
  const { shape } = sketchRules[tool];
  return shape === "own" ? layer.geometry : shape;
};

const least: Record<Shape, number> = { Point: 1, LineString: 2, Polygon: 3 };

export const fewestOf = (tool: SketchTool, layer: LayerDef): number =>
  sketchRules[tool].fewest ?? least[sketchShape(tool, layer)];
