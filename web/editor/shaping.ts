import { geometryOf, type Path, type Position } from "#data/domain/paths.ts";
import { pathLength } from "#data/domain/plane.ts";
import { openShape, proposeBuffer, say } from "./proposals.ts";
import { crossesItself, cutArea, cutLine } from "./shape/cut.ts";
import { withHole, withoutHole } from "./shape/hole.ts";
import { reshaped } from "./shape/reshape.ts";
import { fewestOf, isSketch, type SketchTool } from "./sketching.ts";
import { useEditor } from "./store.ts";
import { uuid7 } from "./uid.ts";
import { inWorker } from "./worker/call.ts";

const { getState, setState } = useEditor;

/** Metres on each side of a centre line, before the person says otherwise. */
const firstBand = 5;

const finishers: Record<SketchTool, (path: Path) => void> = {
  draw: () => getState().finishDrawing(),
  part: (path) => void addPart(path),
  hole: (path) => void cutHole(path),
  split,
  reshape,
  band: (path) =>
    void proposeBuffer(
      firstBand,
      path.length === 1 ? { shape: "Point", parts: [[path]] } : { shape: "LineString", parts: [[path]] },
    ),
};

/** Ends what is being sketched: a new shape, another part, a cutting line, a hole … */
export function finishSketch(): void {
  const { tool, drawing, layer } = getState();
  if (layer && isSketch(tool) && drawing.length >= fewestOf(tool, layer)) finishers[tool](drawing);
}

/** The largest piece stays this place; each other one becomes a place of its own. */
function split(line: Path) {
  const now = openShape();
  if (!now) return;
  if (crossesItself(line)) return say("分割线和自己交叉了，请重画一条");
  const { layer, parts, doc } = now;
  const area = layer.geometry === "Polygon";
  const cut = parts.map((part) => {
    if (area) return cutArea(part, line);
    return cutLine(part[0] ?? [], line)
      .toSorted((a, b) => pathLength(b) - pathLength(a))
      .map((path) => [path]);
  });
  const off = cut.flatMap((pieces) => pieces.slice(1));
  if (off.length === 0)
    return say(area ? "没有切开：分割线要从边界外画到边界外" : "没有切开：分割线要穿过这条线");
  const kept = cut.map((pieces, p) => (pieces.length > 1 ? pieces[0]! : parts[p]!));
  const pieces = off.map((part) => ({
    uid: uuid7(Date.now()),
    geometry: geometryOf(layer.geometry, [part]),
  }));
  getState().edit({
    kind: "regroup",
    geometry: geometryOf(layer.geometry, kept),
    pieces: [...(doc.pieces ?? []), ...pieces],
    absorbed: doc.absorbed,
    along: doc.along,
    name: `分割成 ${pieces.length + 1} 处`,
  });
  setState({ tool: "select", drawing: [] });
}

/** A stretch of the boundary, or of a line, takes the course of the sketch. */
function reshape(line: Path) {
  const now = openShape();
  if (!now) return;
  if (crossesItself(line)) return say("重绘的线和自己交叉了，请重画一条");
  const { layer, parts } = now;
  const next = reshaped(layer.geometry, parts, line);
  if (!next)
    return say(
      layer.geometry === "Polygon" ? "没有重绘：线要从边界画到同一条边界" : "没有重绘：线要两次碰到原来的线",
    );
  getState().edit({ kind: "shape", geometry: geometryOf(layer.geometry, next), name: "重绘一段" });
  setState({ tool: "select", drawing: [] });
}

/** Another part of the same place; areas that touch become one part. */
async function addPart(path: Path): Promise<void> {
  const now = openShape();
  if (!now) return;
  const { layer, parts, doc } = now;
  const area = layer.geometry === "Polygon";
  if (area && crossesItself(path, true)) return say("这一块的边界和自己交叉了，请重画");
  const all = [...parts, [path]];
  const next = area ? await inWorker("merged", "Polygon", all).catch(() => null) : all;
  if (getState().sketch?.doc !== doc) return;
  if (!next || next.length === 0) return say("没有加上，请先处理图上标出的问题");
  const joined = next.length <= parts.length;
  const name = joined
    ? "加一块，和原来的连成一块"
    : `加一${area ? "块" : "段"}，共 ${next.length} ${area ? "块" : "段"}`;
  getState().edit({ kind: "shape", geometry: geometryOf(layer.geometry, next), name });
  setState({ tool: "select", drawing: [] });
}

/** Takes away the part whose vertex is chosen; the last one stays. */
export function removePart(): void {
  const now = openShape();
  const { selected, edit } = getState();
  if (!now || !selected || now.parts.length < 2) return;
  const left = now.parts.toSpliced(selected.part, 1);
  edit({
    kind: "shape",
    geometry: geometryOf(now.layer.geometry, left),
    name: `删去一块，还有 ${left.length} 块`,
  });
  setState({ selected: null });
}

async function cutHole(ring: Path): Promise<void> {
  const now = openShape();
  if (!now) return;
  if (crossesItself(ring, true)) return say("洞的边界和自己交叉了，请重画");
  const whole = withHole(now.parts, ring);
  const left = whole ?? (await inWorker("without", now.parts, [[ring]]).catch(() => null));
  if (getState().sketch?.doc !== now.doc) return;
  if (!left) return say("没有挖成，请先处理图上标出的问题");
  if (left.length === 0) return say("这样挖什么也不剩了，洞要比面小");
  const geometry = geometryOf("Polygon", left);
  if (!whole && JSON.stringify(geometry) === JSON.stringify(now.doc.geometry))
    return say("洞画在面外面了，请画在面里");
  getState().edit({ kind: "shape", geometry, name: whole ? "挖洞" : "从边上挖去一块" });
  setState({ tool: "select", drawing: [] });
}

/** A place given in numbers: the next vertex while sketching, else the point or the chosen vertex moves there. */
export function placeTyped(to: Position) {
  const { tool, layer, selected, edit, drawTo, sketch } = getState();
  if (isSketch(tool)) return drawTo(to);
  if (!layer || !sketch) return;
  if (selected) edit({ kind: "move", at: selected, to });
  else if (layer.geometry === "Point")
    edit({ kind: "shape", geometry: geometryOf("Point", [[[to]]]), name: "键入坐标" });
}

/** Takes away the hole whose vertex is chosen. */
export function fillHole(): void {
  const now = openShape();
  const { selected, edit } = getState();
  if (!now || !selected || selected.ring === 0) return;
  edit({
    kind: "shape",
    geometry: geometryOf("Polygon", withoutHole(now.parts, selected.part, selected.ring)),
    name: "填掉洞",
  });
  setState({ selected: null });
}
