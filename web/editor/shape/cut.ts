import type { Path, Position } from "#data/domain/paths.ts";
import {
  crossing,
  inside,
  type Point,
  pathLength,
  roundPosition,
  toDegrees,
  toPlane,
} from "#data/domain/plane.ts";
import { partArea, signedArea } from "./size.ts";

/** Where the cutting line meets a boundary. */
export interface Meeting {
  readonly at: Position;
  /** How far along the boundary path, and along the cutting line: segment number plus its fraction. */
  readonly edge: number;
  readonly cut: number;
}

const keyOf = ([lon, lat]: Position) => `${lon},${lat}`;
const rounded = (point: Point): Position => {
  const [lon = 0, lat = 0] = toDegrees(point);
  return roundPosition(lon, lat);
};

export function meetings(path: readonly Point[], closed: boolean, line: readonly Point[]): Meeting[] {
  const found: Meeting[] = [];
  const edges = closed ? path.length : path.length - 1;
  for (let i = 0; i < edges; i++)
    for (let j = 0; j + 1 < line.length; j++) {
      const [a, b, c, d] = [path[i]!, path[(i + 1) % path.length]!, line[j]!, line[j + 1]!];
      const at = crossing(a, b, c, d);
      if (!at) continue;
      const along = (p: Point, q: Point) => {
        const far = Math.hypot(q[0] - p[0], q[1] - p[1]);
        return far === 0 ? 0 : Math.hypot(at[0] - p[0], at[1] - p[1]) / far;
      };
      found.push({ at: rounded(at), edge: i + along(a, b), cut: j + along(c, d) });
    }
  return found;
}

/** A cutting line that crosses itself has no two sides; nor has a ring, whose last edge leads back to its first vertex. */
export function crossesItself(path: Path, ring = false): boolean {
  const points = (ring ? [...path, ...path.slice(0, 1)] : path).map(toPlane);
  for (let i = 0; i + 1 < points.length; i++)
    for (let j = i + 2; j + 1 < points.length; j++)
      if (
        !(ring && i === 0 && j + 2 === points.length) &&
        crossing(points[i]!, points[i + 1]!, points[j]!, points[j + 1]!)
      )
        return true;
  return false;
}

/** The path with the meetings put in as vertices. */
function withMeetings(path: Path, found: readonly Meeting[]): Position[] {
  const sorted = found.toSorted((a, b) => a.edge - b.edge);
  let next = 0;
  const out: Position[] = [];
  const push = (at: Position) => {
    if (out.length === 0 || keyOf(out[out.length - 1]!) !== keyOf(at)) out.push(at);
  };
  for (const [i, vertex] of path.entries()) {
    push(vertex);
    for (; next < sorted.length && sorted[next]!.edge < i + 1; next++) push(sorted[next]!.at);
    // A meeting on the next vertex itself is that vertex.
    for (; next < sorted.length && sorted[next]!.edge === i + 1; next++);
  }
  while (out.length > 1 && keyOf(out[0]!) === keyOf(out[out.length - 1]!)) out.pop();
  return out;
}

/** Pieces of a line cut where `line` crosses it, in its own order; the line alone when it is not crossed. */
export function cutLine(path: Path, line: Path): readonly Path[] {
  const found = meetings(path.map(toPlane), false, line.map(toPlane))
    .filter(({ edge }) => edge > 0 && edge < path.length - 1)
    .toSorted((a, b) => a.edge - b.edge);
  const pieces: Position[][] = [];
  let open: Position[] = [path[0]!];
  let from = 0;
  for (const { at, edge } of [...found, { at: path.at(-1)!, edge: path.length - 1 }]) {
    for (let i = Math.floor(from) + 1; i < edge; i++) open.push(path[i]!);
    if (keyOf(open[open.length - 1]!) !== keyOf(at)) open.push(at);
    if (open.length > 1) pieces.push(open);
    open = [at];
    from = edge;
  }
  return pieces.filter((piece) => pathLength(piece) > 0.01);
}

/**
 * Pieces of an area (shell first, then holes) cut by a line, largest first. What the line does not cut through stays
 * whole, so an end that stops inside cuts nothing. Every vertex that was there stays where it was.
 */
export function cutArea(part: readonly Path[], line: Path): readonly (readonly Path[])[] {
  const plane = part.map((ring) => ring.map(toPlane));
  const cutter = line.map(toPlane);
  const found = plane.map((ring) => meetings(ring, true, cutter));
  let chords = chordsOf(line, found.flat(), plane);
  for (;;) {
    if (chords.length === 0) return [part];
    const { faces, bridges } = trace(part, found, chords);
    if (bridges.size === 0) return assembled(faces).toSorted((a, b) => partArea(b) - partArea(a));
    // A chord with the same face on both sides joins shell and hole and cuts nothing.
    chords = chords.filter((_, i) => !bridges.has(i));
  }
}

/** Stretches of the cutting line that run inside from boundary to boundary. */
function chordsOf(
  line: Path,
  found: readonly Meeting[],
  rings: readonly (readonly Point[])[],
): readonly Path[] {
  const sorted = found.toSorted((a, b) => a.cut - b.cut);
  return sorted.slice(1).flatMap((end, i) => {
    const start = sorted[i]!;
    const between = line.filter((_, k) => k > start.cut && k < end.cut);
    const chord = [start.at, ...between, end.at].filter(
      (at, k, all) => k === 0 || keyOf(at) !== keyOf(all[k - 1]!),
    );
    if (chord.length < 2) return [];
    const [a, b] = [toPlane(chord[0]!), toPlane(chord[1]!)];
    return inside([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], rings) ? [chord] : [];
  });
}

interface HalfEdge {
  readonly from: string;
  readonly to: string;
  readonly at: Position;
  readonly angle: number;
  readonly chord: number | null;
}

/** Walks the faces of boundary and chords, each with its inside to the left. */
function trace(
  part: readonly Path[],
  found: readonly (readonly Meeting[])[],
  chords: readonly Path[],
): { faces: Position[][]; bridges: Set<number> } {
  const out = new Map<string, HalfEdge[]>();
  const add = (a: Position, b: Position, chord: number | null) => {
    const [p, q] = [toPlane(a), toPlane(b)];
    const edge = { from: keyOf(a), to: keyOf(b), at: a, angle: Math.atan2(q[1] - p[1], q[0] - p[0]), chord };
    const there = out.get(edge.from);
    if (there) there.push(edge);
    else out.set(edge.from, [edge]);
  };
  for (const [r, ring] of part.entries()) {
    const full = withMeetings(ring, found[r] ?? []);
    const turns = signedArea(full.map(toPlane)) > 0 === (r === 0);
    const path = turns ? full : full.toReversed();
    for (const [i, at] of path.entries()) add(at, path[(i + 1) % path.length]!, null);
  }
  for (const [c, chord] of chords.entries())
    for (let i = 0; i + 1 < chord.length; i++) {
      add(chord[i]!, chord[i + 1]!, c);
      add(chord[i + 1]!, chord[i]!, c);
    }
  const faces: Position[][] = [];
  const seen = new Set<HalfEdge>();
  const bridges = new Set<number>();
  for (const start of [...out.values()].flat()) {
    if (seen.has(start)) continue;
    const face: Position[] = [];
    const walked = new Set<string>();
    for (let edge: HalfEdge | undefined = start; edge && !seen.has(edge); edge = following(edge, out)) {
      seen.add(edge);
      face.push(edge.at);
      if (edge.chord === null) continue;
      if (walked.has(`${edge.to} ${edge.from}`)) bridges.add(edge.chord);
      walked.add(`${edge.from} ${edge.to}`);
    }
    faces.push(face);
  }
  return { faces, bridges };
}

/** The first edge clockwise from the way back: it bounds the same face. */
function following(edge: HalfEdge, out: ReadonlyMap<string, readonly HalfEdge[]>): HalfEdge | undefined {
  const choices = out.get(edge.to) ?? [];
  if (choices.length === 1) return choices[0];
  const back = edge.angle + Math.PI;
  const turn = (other: HalfEdge) => {
    const by = (back - other.angle) % (2 * Math.PI);
    const positive = by <= 0 ? by + 2 * Math.PI : by;
    // The way back itself comes last.
    return positive < 1e-9 ? 2 * Math.PI : positive;
  };
  return choices.reduce((best, each) => (turn(each) < turn(best) ? each : best));
}

/** Rings that run counter-clockwise are shells; the others are holes of the shell they lie in. */
function assembled(faces: readonly Position[][]): readonly (readonly Path[])[] {
  const rings = faces.map((ring) => ({ ring, plane: ring.map(toPlane) }));
  const shells = rings.filter(({ plane }) => signedArea(plane) > 0.01);
  const holes = rings.filter(({ plane }) => signedArea(plane) < -0.01);
  return shells.map(({ ring, plane }) => [
    ring,
    ...holes.filter((hole) => inside(hole.plane[0]!, [plane])).map((hole) => hole.ring),
  ]);
}
