import type { Geometry } from "./change.ts";
import type { FieldKind } from "./field.ts";
import { geometryOf, type Parts, type Path, type Position, partsOf, shapeOf } from "./paths.ts";

/** Three-way merge of one feature: what I started from, what I made of it, what is stored now (core design §8). Pure; the server never merges. */
export interface Side {
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly geometry: Geometry;
}

/** unchanged; one side changed; both did and it fits (`both`); both did and a person must choose (`conflict`). */
export type Outcome = "same" | "mine" | "theirs" | "both" | "conflict";

export interface FieldMerge {
  readonly field: string;
  readonly outcome: Outcome;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** What to store; of a conflict, mine until a person chooses. */
  readonly value: unknown;
}

export interface GeometryMerge {
  readonly outcome: Outcome;
  /** Of a conflict: mine until a person chooses. */
  readonly value: Geometry;
  /** Vertices of the base each side moved, added or took away. */
  readonly movedByMe: number;
  readonly movedByThem: number;
}

export interface Merged {
  /** Only fields that differ somewhere, in the order of `base`, then mine, then theirs. */
  readonly fields: readonly FieldMerge[];
  readonly geometry: GeometryMerge;
  /** No conflict: may be sent again with the new base. */
  readonly clean: boolean;
}

export interface MergeOptions {
  /** `choices` fields merge as sets; everything else as a whole. */
  readonly kindOf?: (field: string) => FieldKind | undefined;
  /** Is a vertex-wise merge still a sound shape? When not, it is a conflict. */
  readonly sound?: (geometry: Geometry) => boolean;
}

/** Merges both sides over their common base. Swapping the sides swaps `mine` and `theirs` and changes nothing else but the stand-in value of a conflict. */
export function merge(base: Side, mine: Side, theirs: Side, options: MergeOptions = {}): Merged {
  const names = new Set([base, mine, theirs].flatMap((side) => Object.keys(side.attrs)));
  const fields = [...names]
    .map((field) => mergeField(field, base.attrs[field], mine.attrs[field], theirs.attrs[field], options))
    .filter((merged) => merged.outcome !== "same");
  const geometry = mergeGeometry(base.geometry, mine.geometry, theirs.geometry, options.sound);
  const clean = geometry.outcome !== "conflict" && fields.every((f) => f.outcome !== "conflict");
  return { fields, geometry, clean };
}

/** The merged side; `choose` decides conflicts by field id, `geometry` for the shape. Undecided ones stay mine. */
export function mergedSide(
  theirs: Side,
  merged: Merged,
  choose: Readonly<Record<string, "base" | "mine" | "theirs">> = {},
): Side["attrs"] {
  const attrs: Record<string, unknown> = { ...theirs.attrs };
  for (const field of merged.fields) {
    const chosen = choose[field.field];
    attrs[field.field] = chosen ? field[chosen] : field.value;
  }
  return attrs;
}

/** Missing and empty are the same to a form: an untouched field is not a change. */
const blank = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Same value? Lists (choices) compare as sets. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (blank(a) || blank(b)) return blank(a) && blank(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item) => b.includes(item));
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

function mergeField(
  field: string,
  base: unknown,
  mine: unknown,
  theirs: unknown,
  { kindOf }: MergeOptions,
): FieldMerge {
  const result = (outcome: Outcome, value: unknown): FieldMerge => ({
    field,
    outcome,
    base,
    mine,
    theirs,
    value,
  });
  const mineSame = sameValue(base, mine);
  const theirsSame = sameValue(base, theirs);
  if (mineSame && theirsSame) return result("same", theirs);
  if (mineSame) return result("theirs", theirs);
  if (theirsSame) return result("mine", mine);
  if (sameValue(mine, theirs)) return result("both", theirs);
  if (kindOf?.(field) === "choices") return result("both", mergeSets(base, mine, theirs));
  return result("conflict", mine);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Nobody can add what the base holds or remove what it lacks, so sets never conflict. */
function mergeSets(base: unknown, mine: unknown, theirs: unknown): unknown[] {
  const [b, m, t] = [listOf(base), listOf(mine), listOf(theirs)];
  const kept = b.filter((item) => m.includes(item) && t.includes(item));
  const added = [...m, ...t].filter((item) => !b.includes(item));
  return [...new Set([...kept, ...added.map(String).sort()])];
}

/** Centimetres: the database may return a coordinate rounded, which is no change. */
const place = (p: Position) => `${(p[0] ?? 0).toFixed(7)},${(p[1] ?? 0).toFixed(7)}`;
const samePath = (a: Path, b: Path) => a.length === b.length && a.every((p, i) => place(p) === place(b[i]!));
const sameParts = (a: Parts, b: Parts) =>
  a.length === b.length &&
  a.every((part, i) => part.length === b[i]!.length && part.every((path, k) => samePath(path, b[i]![k]!)));

export const sameGeometry = (a: Geometry, b: Geometry): boolean =>
  shapeOf(a) === shapeOf(b) && sameParts(partsOf(a), aligned(partsOf(a), b));

/** Three-way merge of a shape: one side, or vertex by vertex where both moved different ones. */
export function mergeGeometry(
  base: Geometry,
  mine: Geometry,
  theirs: Geometry,
  sound: MergeOptions["sound"] = () => true,
): GeometryMerge {
  const from = partsOf(base);
  const a = aligned(from, mine);
  const b = aligned(from, theirs);
  const movedByMe = movedCount(from, a);
  const movedByThem = movedCount(from, b);
  const result = (outcome: Outcome, value: Geometry): GeometryMerge => ({
    outcome,
    value,
    movedByMe,
    movedByThem,
  });
  const mineSame = sameGeometry(base, mine);
  const theirsSame = sameGeometry(base, theirs);
  if (mineSame && theirsSame) return result("same", theirs);
  if (mineSame) return result("theirs", theirs);
  if (theirsSame) return result("mine", mine);
  if (sameGeometry(mine, theirs)) return result("both", theirs);
  const shape = shapeOf(base);
  if (shapeOf(mine) !== shape || shapeOf(theirs) !== shape) return result("conflict", mine);
  const parts = mergeParts(from, a, b);
  if (!parts) return result("conflict", mine);
  const merged = geometryOf(shape, parts);
  return sound(merged) ? result("both", merged) : result("conflict", mine);
}

/** Rings may come back from the database turned or started elsewhere: bring them to the base's start and direction first. */
function aligned(base: Parts, geometry: Geometry): Parts {
  const parts = partsOf(geometry);
  if (shapeOf(geometry) !== "Polygon") return parts;
  return parts.map((part, i) => part.map((ring, k) => alignRing(base[i]?.[k], ring)));
}

function alignRing(base: Path | undefined, ring: Path): Path {
  if (!base?.length) return ring;
  const asIs = turned(base, ring);
  if (samePath(base, asIs)) return asIs;
  const back = turned(base, [...ring].reverse());
  return commonVertices(base, back).length > commonVertices(base, asIs).length ? back : asIs;
}

/** The ring started so that the first vertex it shares with the base stands at the same index. */
function turned(base: Path, ring: Path): Path {
  const places = ring.map(place);
  const anchor = base.findIndex((p) => places.includes(place(p)));
  if (anchor < 0 || anchor >= ring.length) return ring;
  const start = (places.indexOf(place(base[anchor]!)) - anchor + ring.length) % ring.length;
  return [...ring.slice(start), ...ring.slice(0, start)];
}

/** What one side did to a base path: to each vertex (kept, moved, taken away) and into each gap before it. */
interface Script {
  /** `undefined` kept, `null` taken away, else moved there. */
  readonly vertex: readonly (Position | null | undefined)[];
  /** Inserted before base vertex i; the last is after the end. */
  readonly gap: readonly Path[];
}

function scriptOf(base: Path, side: Path): Script {
  const vertex: (Position | null | undefined)[] = base.map(() => undefined);
  const gap: Path[] = Array.from({ length: base.length + 1 }, () => []);
  let i = 0;
  let k = 0;
  for (const [bi, si] of [...commonVertices(base, side), [base.length, side.length] as const]) {
    const paired = Math.min(bi - i, si - k);
    for (let step = 0; step < paired; step++) vertex[i + step] = side[k + step]!;
    for (let rest = i + paired; rest < bi; rest++) vertex[rest] = null;
    gap[bi] = side.slice(k + paired, si);
    i = bi + 1;
    k = si + 1;
  }
  return { vertex, gap };
}

/** Index pairs of the longest common run of vertices, in order. The common head and tail are taken first: an edit is local. */
function commonVertices(base: Path, side: Path): [number, number][] {
  const b = base.map(place);
  const s = side.map(place);
  let head = 0;
  while (head < b.length && head < s.length && b[head] === s[head]) head++;
  let tail = 0;
  while (tail < b.length - head && tail < s.length - head && b.at(-1 - tail) === s.at(-1 - tail)) tail++;
  const pairs: [number, number][] = Array.from({ length: head }, (_, n) => [n, n]);
  pairs.push(...longestCommon(b.slice(head, b.length - tail), s.slice(head, s.length - tail), head));
  for (let n = tail; n > 0; n--) pairs.push([b.length - n, s.length - n]);
  return pairs;
}

function longestCommon(b: string[], s: string[], offset: number): [number, number][] {
  if (b.length === 0 || s.length === 0 || b.length * s.length > 4_000_000) return [];
  const width = s.length + 1;
  const best = new Uint16Array((b.length + 1) * width);
  for (let i = b.length - 1; i >= 0; i--)
    for (let k = s.length - 1; k >= 0; k--)
      best[i * width + k] =
        b[i] === s[k]
          ? best[(i + 1) * width + k + 1]! + 1
          : Math.max(best[(i + 1) * width + k]!, best[i * width + k + 1]!);
  const pairs: [number, number][] = [];
  let i = 0;
  let k = 0;
  while (i < b.length && k < s.length) {
    if (b[i] === s[k]) pairs.push([offset + i++, offset + k++]);
    else if (best[(i + 1) * width + k]! >= best[i * width + k + 1]!) i++;
    else k++;
  }
  return pairs;
}

/**
 * Vertex by vertex, mine where both touched the same one: what the conflict dialog offers beside either side.
 * `null` when the shapes are built differently (other parts or holes).
 */
export function mergeVertices(base: Geometry, mine: Geometry, theirs: Geometry): Geometry | null {
  const shape = shapeOf(base);
  if (shapeOf(mine) !== shape || shapeOf(theirs) !== shape) return null;
  const from = partsOf(base);
  const parts = mergeParts(from, aligned(from, mine), aligned(from, theirs), true);
  return parts && geometryOf(shape, parts);
}

/** `null`: both touched the same vertex or gap, differently, and mine is not preferred. */
function mergePath(base: Path, mine: Path, theirs: Path, preferMine: boolean): Path | null {
  const a = scriptOf(base, mine);
  const b = scriptOf(base, theirs);
  const out: Position[] = [];
  for (let i = 0; i <= base.length; i++) {
    const [ga, gb] = [a.gap[i]!, b.gap[i]!];
    if (ga.length > 0 && gb.length > 0 && !samePath(ga, gb) && !preferMine) return null;
    out.push(...(ga.length > 0 ? ga : gb));
    if (i === base.length) break;
    const [va, vb] = [a.vertex[i], b.vertex[i]];
    const collide = va !== undefined && vb !== undefined && (va && place(va)) !== (vb && place(vb));
    if (collide && !preferMine) return null;
    const moved = va === undefined ? vb : va;
    if (moved !== null) out.push(moved ?? base[i]!);
  }
  return out;
}

function mergeParts(base: Parts, mine: Parts, theirs: Parts, preferMine = false): Parts | null {
  const shapesAgree = [mine, theirs].every(
    (side) => side.length === base.length && side.every((part, i) => part.length === base[i]!.length),
  );
  if (!shapesAgree) return null;
  const parts: Path[][] = [];
  for (const [i, part] of base.entries()) {
    const paths: Path[] = [];
    for (const [k, path] of part.entries()) {
      const merged = mergePath(path, mine[i]![k]!, theirs[i]![k]!, preferMine);
      if (!merged) return null;
      paths.push(merged);
    }
    parts.push(paths);
  }
  return parts;
}

function movedCount(base: Parts, side: Parts): number {
  const a = base.flat();
  const b = side.flat();
  return Array.from({ length: Math.max(a.length, b.length) }, (_, n) => {
    const script = scriptOf(a[n] ?? [], b[n] ?? []);
    return script.vertex.filter((v) => v !== undefined).length + script.gap.flat().length;
  }).reduce((sum, n) => sum + n, 0);
}
