import type { Geometry } from "#data/domain/change.ts";
import { type Path, type Position, partsOf } from "#data/domain/paths.ts";
import { between, crossing, nearestOn, type Point, toDegrees, toPlane } from "#data/domain/plane.ts";

/** The own town's border, ready for questions. Open rings of all parts, in degrees and on the plane. */
export interface Border {
  readonly code: string;
  readonly name: string;
  readonly geometry: Geometry;
  readonly rings: readonly Path[];
  readonly plane: readonly (readonly Point[])[];
}

export function borderOf(code: string, name: string, geometry: Geometry): Border {
  const rings = partsOf(geometry).flat();
  return { code, name, geometry, rings, plane: rings.map((ring) => ring.map(toPlane)) };
}

interface Strips {
  readonly south: number;
  readonly height: number;
  /** Border edges by the strips of latitude they pass through. */
  readonly edges: readonly (readonly (readonly [Point, Point])[])[];
}

const stripCount = 256;
const indexed = new WeakMap<Border, Strips>();

/** Made once a border: 10,000 vertices against 3,000 border edges would stop the page for seconds. */
function stripsOf(border: Border): Strips {
  const known = indexed.get(border);
  if (known) return known;
  let [south, north] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [, y] of border.plane.flat()) {
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const height = Math.max(1e-6, (north - south) / stripCount);
  const frame = { south, height };
  const edges = Array.from({ length: stripCount }, (): [Point, Point][] => []);
  for (const ring of border.plane)
    for (const [i, p] of ring.entries()) {
      const q = ring[(i + 1) % ring.length]!;
      const [low, high] = [Math.min(p[1], q[1]), Math.max(p[1], q[1])];
      for (let k = stripAt(frame, low); k <= stripAt(frame, high); k++) edges[k]!.push([p, q]);
    }
  const made = { ...frame, edges };
  indexed.set(border, made);
  return made;
}

const stripAt = ({ south, height }: Pick<Strips, "south" | "height">, y: number) =>
  Math.max(0, Math.min(stripCount - 1, Math.floor((y - south) / height)));

/** Even-odd rule, as in `inside`, over the edges at this latitude only. */
export function covers(border: Border, position: Position): boolean {
  const strips = stripsOf(border);
  const [x, y] = toPlane(position);
  let odd = false;
  for (const [p, q] of strips.edges[stripAt(strips, y)]!)
    if (p[1] > y !== q[1] > y && x < ((q[0] - p[0]) * (y - p[1])) / (q[1] - p[1]) + p[0]) odd = !odd;
  return odd;
}

/** Metres from a position to the border line. */
export function distanceTo(border: Border, position: Position): number {
  const p = toPlane(position);
  let least = Number.POSITIVE_INFINITY;
  for (const ring of border.plane)
    for (const [i, a] of ring.entries())
      least = Math.min(least, between(p, nearestOn(p, a, ring[(i + 1) % ring.length]!)));
  return least;
}

/** First place where the edge a–b crosses the border line. */
export function crossesAt(border: Border, a: Position, b: Position): Position | null {
  const strips = stripsOf(border);
  const [p, q] = [toPlane(a), toPlane(b)];
  const [west, east] = [Math.min(p[0], q[0]), Math.max(p[0], q[0])];
  const last = stripAt(strips, Math.max(p[1], q[1]));
  for (let k = stripAt(strips, Math.min(p[1], q[1])); k <= last; k++)
    for (const [c, d] of strips.edges[k]!) {
      if (Math.max(c[0], d[0]) < west || Math.min(c[0], d[0]) > east) continue;
      const at = crossing(p, q, c, d);
      if (at) return toDegrees(at);
    }
  return null;
}

/** Twice the rounding of a stored coordinate. */
const nudge = 2e-7;

/** A snapped place moved 2 cm into the town: on the line itself the database's arithmetic may see it outside. */
export function justInside(border: Border, position: Position): Position {
  const [lon = 0, lat = 0] = position;
  for (const far of [1, 2, 4, 8, 16, 32])
    for (let turn = 0; turn < 32; turn++) {
      const angle = (turn * Math.PI) / 16;
      const candidate = [lon + Math.cos(angle) * nudge * far, lat + Math.sin(angle) * nudge * far];
      if (covers(border, candidate) && distanceTo(border, candidate) > 0.01) return candidate;
    }
  return position;
}
