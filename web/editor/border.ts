import type { Geometry } from "#data/domain/change.ts";
import { type Path, type Position, partsOf } from "#data/domain/paths.ts";
import { between, crossing, inside, nearestOn, type Point, toDegrees, toPlane } from "./plane.ts";

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

export const covers = (border: Border, position: Position): boolean =>
  inside(toPlane(position), border.plane);

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
  const [p, q] = [toPlane(a), toPlane(b)];
  for (const ring of border.plane)
    for (const [i, c] of ring.entries()) {
      const at = crossing(p, q, c, ring[(i + 1) % ring.length]!);
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
