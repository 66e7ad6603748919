import type { Geometry } from "#data/domain/change.ts";
import { type Position, partsOf } from "#data/domain/paths.ts";

type Flat = readonly [x: number, y: number];

/** Metres in a degree at Qingpu, on the ellipsoid; of longitude before the cosine. */
const [eastOf, northOf] = [111_413, 110_870];

/** Metres from a place to a geometry, 0 inside an area; flat, good to 0.1 % within a town. Both WGS84. */
export function metresTo(geometry: Geometry, [lon, lat]: readonly [number, number]): number {
  const east = eastOf * Math.cos((lat * Math.PI) / 180);
  const flat = ([x = 0, y = 0]: Position): Flat => [(x - lon) * east, (y - lat) * northOf];
  const closed = geometry.type === "Polygon" || geometry.type === "MultiPolygon";
  let best = Number.POSITIVE_INFINITY;
  for (const part of partsOf(geometry)) {
    let inside = false;
    for (const path of part) {
      const points = path.map(flat);
      if (points.length === 1) best = Math.min(best, Math.hypot(...points[0]!));
      for (let i = closed ? 0 : 1; i < points.length; i++) {
        const [a, b] = [points.at(i - 1)!, points[i]!];
        best = Math.min(best, toSegment(a, b));
        if (a[1] > 0 !== b[1] > 0 && 0 < a[0] - (a[1] * (b[0] - a[0])) / (b[1] - a[1])) inside = !inside;
      }
    }
    if (closed && inside) return 0;
  }
  return best;
}

/** From the origin to a segment. */
function toSegment([ax, ay]: Flat, [bx, by]: Flat): number {
  const [dx, dy] = [bx - ax, by - ay];
  const far = dx * dx + dy * dy;
  const t = far === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / far));
  return Math.hypot(ax + t * dx, ay + t * dy);
}
