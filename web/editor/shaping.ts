import type { Geometry } from "#data/domain/change.ts";
import { geometryOf, type Parts, type Path, type Position, partsOf } from "#data/domain/paths.ts";
import type { FeatureView } from "#data/domain/wire.ts";
import { send } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import { faultsOf } from "./checks.ts";
import { docParts } from "./document.ts";
import { sizeText } from "./measures.tsx";
import { cleaned, simplified } from "./shape/clean.ts";
import { crossesItself, cutArea, cutLine } from "./shape/cut.ts";
import { withHole, withoutHole } from "./shape/hole.ts";
import { pathLength } from "./shape/size.ts";
import { type Proposal, useEditor } from "./store.ts";
import { uuid7 } from "./uid.ts";

const { getState, setState } = useEditor;

/** Boolean operations on areas come with their library only when first used. */
const clipping = () => import("./shape/clip.ts");

/** What is open, or null while there is no shape to work on. */
function open() {
  const { layer, sketch } = getState();
  return layer && sketch?.doc.geometry ? { layer, doc: sketch.doc, parts: docParts(sketch.doc) } : null;
}

const say = (hint: string) => setState({ hint, drawing: [] });

function propose(parts: Parts, name: string, tolerance?: number) {
  const now = open();
  if (!now) return;
  if (parts.length === 0) return say(`${name}之后什么也不剩，请改手动调整`);
  const { layer } = now;
  const told = (of: Parts) => `${sizeText(layer, of)}、${of.flat(2).length} 个顶点`;
  // A self-crossing area has no size to speak of.
  const tangled = faultsOf(layer.geometry, now.parts, null).some((fault) => fault.kind === "crossing");
  const blocks = parts.length > now.parts.length ? `，分成 ${parts.length} 块` : "";
  const proposal: Proposal = {
    name,
    text: `原来${tangled ? "自相交" : ` ${told(now.parts)}`}；${name}后 ${told(parts)}${blocks}`,
    geometry: geometryOf(layer.geometry, parts),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
  setState({ proposal, preview: proposal.geometry, selected: null, tool: "select", drawing: [] });
}

/** Repeated vertices, spikes and self-crossings taken out; shown before it is done. */
export async function proposeRepair(): Promise<void> {
  const now = open();
  if (!now) return;
  const { layer, parts, doc } = now;
  const clean = cleaned(layer.geometry, parts);
  const tangled = faultsOf(layer.geometry, clean, null).some((fault) => fault.kind === "crossing");
  const mended = tangled ? (await clipping()).untangled(clean) : clean;
  if (getState().sketch?.doc === doc) propose(mended, "一键修复");
}

/** What lies outside the own town cut away; shown before it is done. */
export async function proposeClip(): Promise<void> {
  const now = open();
  const { border } = getState();
  if (!now || !border || now.layer.geometry === "Point") return;
  const { clippedArea, clippedLine } = await clipping();
  if (getState().sketch?.doc !== now.doc) return;
  const clip = now.layer.geometry === "Polygon" ? clippedArea : clippedLine;
  propose(clip(now.parts, border), "裁到镇界");
}

export function proposeSimpler(metres: number): void {
  const now = open();
  if (now) propose(simplified(now.layer.geometry, now.parts, metres), "简化", metres);
}

export function takeProposal(): void {
  const { proposal, edit } = getState();
  if (!proposal) return;
  const by = proposal.tolerance === undefined ? "" : `，容差 ${proposal.tolerance} 米`;
  edit({ kind: "shape", geometry: proposal.geometry, name: proposal.name + by });
}

export const leaveProposal = () => setState({ proposal: null, preview: null });

/** Ends what is being sketched: a new shape, a cutting line or a hole. */
export function finishSketch(): void {
  const { tool, drawing, finishDrawing } = getState();
  if (tool === "split" && drawing.length >= 2) split(drawing);
  else if (tool === "hole" && drawing.length >= 3) void cutHole(drawing);
  else if (tool === "draw") finishDrawing();
}

/** The largest piece stays this place; each other one becomes a place of its own. */
function split(line: Path) {
  const now = open();
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
    name: `分割成 ${pieces.length + 1} 处`,
  });
  setState({ tool: "select", drawing: [] });
}

async function cutHole(ring: Path): Promise<void> {
  const now = open();
  if (!now) return;
  if (crossesItself(ring)) return say("洞的边界和自己交叉了，请重画");
  const whole = withHole(now.parts, ring);
  const left = whole ?? (await clipping()).without(now.parts, [[ring]]);
  if (getState().sketch?.doc !== now.doc) return;
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
  if (tool !== "select") return drawTo(to);
  if (!layer || !sketch) return;
  if (layer.geometry !== "Point" && selected) edit({ kind: "move", at: selected, to });
  else if (layer.geometry === "Point")
    edit({ kind: "shape", geometry: geometryOf("Point", [[[to]]]), name: "键入坐标" });
}

/** Takes away the hole whose vertex is chosen. */
export function fillHole(): void {
  const now = open();
  const { selected, edit } = getState();
  if (!now || !selected || selected.ring === 0) return;
  edit({
    kind: "shape",
    geometry: geometryOf("Polygon", withoutHole(now.parts, selected.part, selected.ring)),
    name: "填掉洞",
  });
  setState({ selected: null });
}

/** Chooses another place for merging, or lets it go. Says why when it may not be. */
export async function pick(feature: number): Promise<void> {
  const { view, picked, layer } = getState();
  if (!view || !layer || feature === view.feature.id) return;
  if (picked.some((each) => each.feature.id === feature))
    return setState({ picked: picked.filter((each) => each.feature.id !== feature), hint: null });
  try {
    const other = await send<FeatureView>(`/api/features/${feature}/view`);
    const { name } = other.feature.properties;
    const why = mergeBlocked(view, other);
    if (why) return setState({ hint: `“${String(name)}”${why}` });
    if (getState().tool === "merge") setState((old) => ({ picked: [...old.picked, other], hint: null }));
  } catch (error) {
    setState({ hint: asProblem(error).message });
  }
}

function mergeBlocked(view: FeatureView, other: FeatureView): string | null {
  if (other.feature.guatu.layer !== view.feature.guatu.layer) return "不在同一个图层，不能合并";
  if (other.feature.guatu.town !== view.feature.guatu.town) return "不在同一个镇街，不能合并";
  return other.may.delete ? null : (other.may.why ?? "你不能改，所以不能合并");
}

/** This place takes the shapes of the chosen ones, which are deleted with the same save. */
export async function mergePicked(): Promise<void> {
  const now = open();
  const { picked } = getState();
  if (!now || picked.length === 0) return;
  const { joined, united } = await clipping();
  if (getState().sketch?.doc !== now.doc) return;
  const all = [...now.parts, ...picked.flatMap((other) => partsOf(other.feature.geometry))];
  const parts = now.layer.geometry === "Polygon" ? united(all) : joined(all.flat()).map((line) => [line]);
  const geometry: Geometry = geometryOf(now.layer.geometry, parts);
  const others = picked.map(({ feature }) => ({
    feature: feature.id,
    version: feature.guatu.version,
    name: String(feature.properties.name ?? feature.id),
  }));
  getState().edit({
    kind: "regroup",
    geometry,
    pieces: now.doc.pieces,
    absorbed: [...(now.doc.absorbed ?? []), ...others],
    name: `合并 ${others.length + 1} 处${parts.length > 1 ? `，不相连，分 ${parts.length} 块` : ""}`,
  });
  setState({ tool: "select", picked: [] });
}
