import type { Geometry } from "./change.ts";
import { geometryOf, type Parts, type Path, type Position, partsOf, type Shape, shapeOf } from "./paths.ts";

/** unchanged; one side changed; both did and it fits (`both`); both did and a person must choose (`conflict`). */
export type Outcome = "same" | "mine" | "theirs" | "both" | "conflict";

/** Three-way merge of a shape, in a time that grows with the number of vertices: 10,000 of them while somebody edits. */
export interface GeometryMerge {
  readonly outcome: Outcome;
  /** Of a conflict: mine until a person chooses. */
  readonly value: Geometry;
  /** Vertices of the base each side moved, added or took away. */
  readonly movedByMe: number;
  readonly movedByThem: number;
}

/** A path with the names of its places, which are written once. */
interface Named {
  readonly path: Path;
  readonly places: readonly string[];
}
type NamedParts = readonly (readonly Named[])[];

/** Centimetres: the database may return a coordinate rounded, which is no change. */
const place = (p: Position) => `${Math.round((p[0] ?? 0) * 1e7)},${Math.round((p[1] ?? 0) * 1e7)}`;
const named = (path: Path): Named => ({ path, places: path.map(place) });
const nothing: Named = { path: [], places: [] };
const namedParts = (geometry: Geometry): NamedParts => partsOf(geometry).map((part) => part.map(named));

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, i) => each === b[i]);
const sameParts = (a: NamedParts, b: NamedParts) =>
  a.length === b.length &&
  a.every(
    (part, i) =>
      part.length === b[i]!.length && part.every(({ places }, k) => sameList(places, b[i]![k]!.places)),
  );

export function sameGeometry(a: Geometry, b: Geometry): boolean {
  const from = namedParts(a);
  return shapeOf(a) === shapeOf(b) && sameParts(from, aligned(shapeOf(b), from, namedParts(b)));
}

/** Three-way merge of a shape: one side, or vertex by vertex where both moved different ones. */
export function mergeGeometry(
  base: Geometry,
  mine: Geometry,
  theirs: Geometry,
  sound: (geometry: Geometry) => boolean = () => true,
): GeometryMerge {
  const shape = shapeOf(base);
  const from = namedParts(base);
  const a = aligned(shapeOf(mine), from, namedParts(mine));
  const b = aligned(shapeOf(theirs), from, namedParts(theirs));
  const movedByMe = movedCount(from, a);
  const movedByThem = movedCount(from, b);
  const result = (outcome: Outcome, value: Geometry): GeometryMerge => ({
    outcome,
    value,
    movedByMe,
    movedByThem,
  });
  const mineSame = shapeOf(mine) === shape && sameParts(from, a);
  const theirsSame = shapeOf(theirs) === shape && sameParts(from, b);
  if (mineSame && theirsSame) return result("same", theirs);
  if (mineSame) return result("theirs", theirs);
  if (theirsSame) return result("mine", mine);
  if (shapeOf(mine) === shapeOf(theirs) && sameParts(a, aligned(shapeOf(mine), a, b)))
    return result("both", theirs);
  if (shapeOf(mine) !== shape || shapeOf(theirs) !== shape) return result("conflict", mine);
  const parts = mergeParts(from, a, b);
  if (!parts) return result("conflict", mine);
  const merged = geometryOf(shape, parts);
  return sound(merged) ? result("both", merged) : result("conflict", mine);
}

/**
 * Vertex by vertex, mine where both touched the same one: what the conflict dialog offers beside either side.
 * `null` when the shapes are built differently (other parts or holes).
 */
export function mergeVertices(base: Geometry, mine: Geometry, theirs: Geometry): Geometry | null {
  const shape = shapeOf(base);
  if (shapeOf(mine) !== shape || shapeOf(theirs) !== shape) return null;
  const from = namedParts(base);
  const parts = mergeParts(
    from,
    aligned(shape, from, namedParts(mine)),
    aligned(shape, from, namedParts(theirs)),
    true,
  );
  return parts && geometryOf(shape, parts);
}

/** Rings may come back from the database turned or started elsewhere: bring them to the base's start and direction first. */
function aligned(shape: Shape, base: NamedParts, parts: NamedParts): NamedParts {
  if (shape !== "Polygon") return parts;
  return parts.map((part, i) => part.map((ring, k) => alignRing(base[i]?.[k], ring)));
}

function alignRing(base: Named | undefined, ring: Named): Named {
  if (!base || base.path.length === 0) return ring;
  const asIs = turned(base, ring);
  if (sameList(base.places, asIs.places)) return asIs;
  const back = turned(base, { path: ring.path.toReversed(), places: ring.places.toReversed() });
  return commonVertices(base, back).length > commonVertices(base, asIs).length ? back : asIs;
}

/** The ring started so that the first vertex it shares with the base stands at the same index. */
function turned(base: Named, ring: Named): Named {
  const first = new Map<string, number>();
  for (const [i, each] of ring.places.entries()) if (!first.has(each)) first.set(each, i);
  const anchor = base.places.findIndex((each) => first.has(each));
  const { length } = ring.path;
  if (anchor < 0 || anchor >= length) return ring;
  const start = (first.get(base.places[anchor]!)! - anchor + length) % length;
  const from = <T>(list: readonly T[]) => [...list.slice(start), ...list.slice(0, start)];
  return { path: from(ring.path), places: from(ring.places) };
}

/** What one side did to a base path: to each vertex (kept, moved, taken away) and into each gap before it. */
interface Script {
  /** `undefined` kept, `null` taken away, else moved there. */
  readonly vertex: readonly (Position | null | undefined)[];
  /** Inserted before base vertex i; the last is after the end. */
  readonly gap: readonly Path[];
}

const noGap: Path = [];

function scriptOf(base: Named, side: Named): Script {
  const vertex: (Position | null | undefined)[] = base.path.map(() => undefined);
  const gap: Path[] = Array.from({ length: base.path.length + 1 }, () => noGap);
  let i = 0;
  let k = 0;
  const end = [base.path.length, side.path.length] as const;
  for (const [bi, si] of [...commonVertices(base, side), end]) {
    const paired = Math.min(bi - i, si - k);
    for (let step = 0; step < paired; step++) vertex[i + step] = side.path[k + step]!;
    for (let rest = i + paired; rest < bi; rest++) vertex[rest] = null;
    if (si > k + paired) gap[bi] = side.path.slice(k + paired, si);
    i = bi + 1;
    k = si + 1;
  }
  return { vertex, gap };
}

/** Index pairs of the longest common run of vertices, in order. The common head and tail are taken first: an edit is local. */
function commonVertices({ places: b }: Named, { places: s }: Named): [number, number][] {
  let head = 0;
  while (head < b.length && head < s.length && b[head] === s[head]) head++;
  let tail = 0;
  while (tail < b.length - head && tail < s.length - head && b.at(-1 - tail) === s.at(-1 - tail)) tail++;
  const pairs: [number, number][] = Array.from({ length: head }, (_, n) => [n, n]);
  pairs.push(...longestCommon(between(b, head, tail), between(s, head, tail)));
  for (let n = tail; n > 0; n--) pairs.push([b.length - n, s.length - n]);
  return pairs;
}

/** A place with its index in the path. */
type At = readonly [place: string, index: number];

const between = (places: readonly string[], head: number, tail: number): At[] =>
  places.slice(head, places.length - tail).map((each, i) => [each, head + i]);

/** More pairs than this are not compared: the two have too little order in common to be told apart vertex by vertex. */
const mostPairs = 4_000_000;

function longestCommon(base: readonly At[], side: readonly At[]): [number, number][] {
  // What only one of them has is in no common run, and it is what a long edit mostly consists of.
  const [inBase, inSide] = [base, side].map((places) => new Set(places.map(([each]) => each)));
  const b = base.filter(([each]) => inSide!.has(each));
  const s = side.filter(([each]) => inBase!.has(each));
  if (b.length === 0 || b.length * s.length > mostPairs) return [];
  const width = s.length + 1;
  const best = new Uint16Array((b.length + 1) * width);
  for (let i = b.length - 1; i >= 0; i--)
    for (let k = s.length - 1; k >= 0; k--)
      best[i * width + k] =
        b[i]![0] === s[k]![0]
          ? best[(i + 1) * width + k + 1]! + 1
          : Math.max(best[(i + 1) * width + k]!, best[i * width + k + 1]!);
  const pairs: [number, number][] = [];
  let i = 0;
  let k = 0;
  while (i < b.length && k < s.length) {
    if (b[i]![0] === s[k]![0]) pairs.push([b[i++]![1], s[k++]![1]]);
    else if (best[(i + 1) * width + k]! >= best[i * width + k + 1]!) i++;
    else k++;
  }
  return pairs;
}

const sameGap = (a: Path, b: Path) => a.length === b.length && a.every((p, i) => place(p) === place(b[i]!));

/** `null`: both touched the same vertex or gap, differently, and mine is not preferred. */
function mergePath(base: Named, mine: Named, theirs: Named, preferMine: boolean): Path | null {
  const a = scriptOf(base, mine);
  const b = scriptOf(base, theirs);
  const out: Position[] = [];
  for (let i = 0; i <= base.path.length; i++) {
    const [ga, gb] = [a.gap[i]!, b.gap[i]!];
    if (ga.length > 0 && gb.length > 0 && !sameGap(ga, gb) && !preferMine) return null;
    for (const position of ga.length > 0 ? ga : gb) out.push(position);
    if (i === base.path.length) break;
    const [va, vb] = [a.vertex[i], b.vertex[i]];
    const collide = va !== undefined && vb !== undefined && (va && place(va)) !== (vb && place(vb));
    if (collide && !preferMine) return null;
    const moved = va === undefined ? vb : va;
    if (moved !== null) out.push(moved ?? base.path[i]!);
  }
  return out;
}

function mergeParts(
  base: NamedParts,
  mine: NamedParts,
  theirs: NamedParts,
  preferMine = false,
): Parts | null {
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

function movedCount(base: NamedParts, side: NamedParts): number {
  const a = base.flat();
  const b = side.flat();
  return Array.from({ length: Math.max(a.length, b.length) }, (_, n) => {
    const { vertex, gap } = scriptOf(a[n] ?? nothing, b[n] ?? nothing);
    return vertex.filter((v) => v !== undefined).length + gap.reduce((sum, path) => sum + path.length, 0);
  }).reduce((sum, n) => sum + n, 0);
}
