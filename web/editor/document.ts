import type { Geometry } from "#data/domain/change.ts";
import { sameValue } from "#data/domain/merge.ts";
import { geometryOf, type Parts, type Path, type Position, partsOf, shapeOf } from "#data/domain/paths.ts";
import { roundPosition } from "#data/domain/plane.ts";
import { type LayerDef, stakesField } from "#data/layers/define.ts";
import { isBlank, labelOf, showValue } from "../forms/value.ts";

/** What is being edited. `progress` is per cent by task id; a place still to be drawn has no geometry. */
export interface Doc {
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly geometry: Geometry | null;
  readonly progress: Readonly<Record<string, number>>;
  /** Places cut off from this one, stored beside it in the same list of changes. */
  readonly pieces?: readonly Piece[] | undefined;
  /** Places merged into this one, deleted in the same list of changes. */
  readonly absorbed?: readonly Absorbed[] | undefined;
  /** Neighbours whose shared edge moved with this one, patched in the same list of changes. */
  readonly along?: readonly Along[] | undefined;
}

/** The place by itself: what it did to others is on its way, and is not done again. */
export const alone = ({ attrs, geometry, progress }: Doc): Doc => ({ attrs, geometry, progress });

interface Piece {
  readonly uid: string;
  readonly geometry: Geometry;
}

interface Absorbed {
  readonly feature: number;
  readonly version: number;
  readonly name: string;
}

export interface Along extends Absorbed {
  /** As it is to be stored. */
  readonly geometry: Geometry;
}

/** A vertex: part, ring of the part, index in the open ring. */
export interface VertexAt {
  readonly part: number;
  readonly ring: number;
  readonly index: number;
}

export type Edit =
  | { readonly kind: "set"; readonly field: string; readonly value: unknown }
  | { readonly kind: "progress"; readonly task: number; readonly value: number }
  | { readonly kind: "move"; readonly at: VertexAt; readonly to: Position; readonly snapped?: string }
  | { readonly kind: "insert"; readonly at: VertexAt; readonly to: Position }
  | { readonly kind: "remove"; readonly at: VertexAt }
  /** Degrees. */
  | { readonly kind: "shift"; readonly by: Position }
  /** `set`: fields that say where the shape is. */
  | {
      readonly kind: "shape";
      readonly geometry: Geometry | null;
      readonly name: string;
      readonly set?: Readonly<Record<string, unknown>>;
    }
  /** Splitting, merging and moving a shared edge: the shape, and what becomes of other places with it. */
  | {
      readonly kind: "regroup";
      readonly geometry: Geometry | null;
      readonly pieces: Doc["pieces"];
      readonly absorbed: Doc["absorbed"];
      readonly along?: Doc["along"];
      readonly name: string;
    };

/** Every edit returns its own undo, and the name under which 撤销记录 lists it. */
export interface Applied {
  readonly doc: Doc;
  readonly undo: Edit;
  readonly name: string;
}

/** Throws RangeError when the edit names a vertex that is not there. */
export function apply(layer: LayerDef, doc: Doc, edit: Edit): Applied {
  const applied = applyOne(layer, doc, edit);
  const field = stakesField(layer);
  const said = field === undefined ? undefined : doc.attrs[field];
  if (field === undefined || said === undefined || applied.doc.geometry === doc.geometry) return applied;
  if (edit.kind === "shape" && edit.set && field in edit.set) return applied;
  // Moved by hand it no longer lies where the stakes say.
  const { [field]: _, ...attrs } = applied.doc.attrs;
  const undo: Edit = { kind: "shape", geometry: doc.geometry, name: applied.name, set: { [field]: said } };
  return { ...applied, doc: { ...applied.doc, attrs }, undo };
}

function applyOne(layer: LayerDef, doc: Doc, edit: Edit): Applied {
  switch (edit.kind) {
    case "set": {
      const before = doc.attrs[edit.field];
      const { [edit.field]: _, ...rest } = doc.attrs;
      const attrs = edit.value === undefined ? rest : { ...doc.attrs, [edit.field]: edit.value };
      return {
        doc: { ...doc, attrs },
        undo: { kind: "set", field: edit.field, value: before },
        name: nameOfSet(layer, edit.field, before, edit.value),
      };
    }
    case "progress": {
      const before = doc.progress[edit.task] ?? 0;
      return {
        doc: { ...doc, progress: { ...doc.progress, [edit.task]: edit.value } },
        undo: { kind: "progress", task: edit.task, value: before },
        name: `进度 ${before}% → ${edit.value}%`,
      };
    }
    case "move": {
      const before = vertexAt(doc, edit.at);
      return {
        doc: withPath(doc, edit.at, (path) => path.with(edit.at.index, edit.to)),
        undo: { kind: "move", at: edit.at, to: before },
        name: `${layer.geometry === "Point" ? "移动点位" : `移动顶点 ${edit.at.index + 1}`}${edit.snapped ? `，吸附${edit.snapped}` : ""}`,
      };
    }
    case "insert":
      return {
        doc: withPath(doc, edit.at, (path) => path.toSpliced(edit.at.index, 0, edit.to)),
        undo: { kind: "remove", at: edit.at },
        name: `插入顶点 ${edit.at.index + 1}`,
      };
    case "remove":
      return {
        doc: withPath(doc, edit.at, (path) => path.toSpliced(edit.at.index, 1)),
        undo: { kind: "insert", at: edit.at, to: vertexAt(doc, edit.at) },
        name: `删除顶点 ${edit.at.index + 1}`,
      };
    case "shift": {
      const geometry = doc.geometry && shifted(doc.geometry, edit.by);
      // Adding and taking away a decimal need not give the first number back, so the undo keeps the shape itself.
      const undo: Edit = { kind: "shape", geometry: doc.geometry, name: "移动整体" };
      return { doc: { ...doc, geometry }, undo, name: "移动整体" };
    }
    case "shape": {
      const { geometry, name, set } = edit;
      if (!set)
        return { doc: { ...doc, geometry }, undo: { kind: "shape", geometry: doc.geometry, name }, name };
      const before = Object.fromEntries(Object.keys(set).map((field) => [field, doc.attrs[field]]));
      return {
        doc: { ...doc, geometry, attrs: known({ ...doc.attrs, ...set }) },
        undo: { kind: "shape", geometry: doc.geometry, name, set: before },
        name,
      };
    }
    case "regroup": {
      const { geometry, pieces, absorbed, along, name } = edit;
      return {
        doc: { ...doc, geometry, pieces, absorbed, along },
        undo: {
          kind: "regroup",
          geometry: doc.geometry,
          pieces: doc.pieces,
          absorbed: doc.absorbed,
          along: doc.along,
          name,
        },
        name,
      };
    }
  }
}

/** Without the fields that hold nothing. */
const known = (attrs: Doc["attrs"]): Doc["attrs"] =>
  Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== undefined));

function shifted(geometry: Geometry, [dx = 0, dy = 0]: Position): Geometry {
  const move = ([x = 0, y = 0]: Position): Position => roundPosition(x + dx, y + dy);
  return geometryOf(
    shapeOf(geometry),
    partsOf(geometry).map((part) => part.map((path) => path.map(move))),
  );
}

export const docParts = (doc: Doc): Parts => (doc.geometry ? partsOf(doc.geometry) : []);

function vertexAt(doc: Doc, at: VertexAt): Position {
  const position = docParts(doc)[at.part]?.[at.ring]?.[at.index];
  if (!position) throw new RangeError(`no vertex ${at.part}/${at.ring}/${at.index}`);
  return position;
}

function withPath(doc: Doc, at: VertexAt, change: (path: Path) => Path): Doc {
  const path = docParts(doc)[at.part]?.[at.ring];
  if (!doc.geometry || !path) throw new RangeError(`no path ${at.part}/${at.ring}`);
  const parts = docParts(doc).map((part, p) =>
    p === at.part ? part.map((each, r) => (r === at.ring ? change(each) : each)) : part,
  );
  return { ...doc, geometry: geometryOf(shapeOf(doc.geometry), parts) };
}

function nameOfSet(layer: LayerDef, id: string, before: unknown, after: unknown): string {
  const field = layer.fields[id];
  const label = field?.label ?? id;
  if (field?.kind === "choices") {
    const [was, is] = [before, after].map((v) => (Array.isArray(v) ? v : []));
    const added = is!.filter((item) => !was!.includes(item)).map((item) => labelOf(field, item));
    const gone = was!.filter((item) => !is!.includes(item)).map((item) => labelOf(field, item));
    if (added.length > 0) return `${label}：加“${added.join("、")}”`;
    if (gone.length > 0) return `${label}：去掉“${gone.join("、")}”`;
  }
  if (isBlank(before)) return `填写${label}：${short(showValue(field, after))}`;
  if (isBlank(after)) return `清空${label}`;
  return `${label} ${short(showValue(field, before))} → ${short(showValue(field, after))}`;
}

const short = (text: string) => (text.length > 12 ? `${text.slice(0, 11)}…` : text);

/** Attribute fields, tasks and shape that differ; the number is what 改动 N 项 says. */
export interface Dirty {
  readonly fields: readonly string[];
  readonly tasks: readonly number[];
  readonly geometry: boolean;
  readonly count: number;
}

export function dirtyOf(before: Doc, now: Doc): Dirty {
  const names = new Set([...Object.keys(before.attrs), ...Object.keys(now.attrs)]);
  const fields = [...names].filter((name) => !sameValue(before.attrs[name], now.attrs[name]));
  const tasks = Object.keys(now.progress)
    .filter((task) => now.progress[task] !== before.progress[task])
    .map(Number);
  const geometry = !sameShape(before.geometry, now.geometry);
  const others = (now.pieces?.length ?? 0) + (now.absorbed?.length ?? 0) + (now.along?.length ?? 0);
  return { fields, tasks, geometry, count: fields.length + tasks.length + (geometry ? 1 : 0) + others };
}

/** Equal coordinates, without writing 10,000 of them out as text. */
function sameShape(a: Geometry | null, b: Geometry | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.type === b.type && sameNested(a.coordinates, b.coordinates);
}

type Nested = number | readonly Nested[];

const sameNested = (a: Nested, b: Nested): boolean =>
  typeof a === "number" || typeof b === "number"
    ? a === b
    : a.length === b.length && a.every((each, i) => sameNested(each, b[i]!));
