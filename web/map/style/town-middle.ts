import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from "geojson";
import { innerCentre } from "./geometry.ts";

/** [west, south, east, north] in degrees. */
export type Bounds = readonly [number, number, number, number];
export type Towns = FeatureCollection<Polygon | MultiPolygon>;

const within = ([lon = 0, lat = 0]: Position, [west, south, east, north]: Bounds) =>
  lon >= west && lon <= east && lat >= south && lat <= north;

/**
 * Where to write the name of each town whose own label point is off screen: the middle of what is seen of it.
 * A sliver narrower than 150 m gets no name.
 */
export function townMiddles(towns: Towns, bounds: Bounds): FeatureCollection<Point> {
  const features = towns.features.flatMap(({ properties, geometry }): Feature<Point>[] => {
    if (within([Number(properties?.label_lon), Number(properties?.label_lat)], bounds)) return [];
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const centres = parts
      .map(([outer = []]) => clip(outer, bounds))
      .filter((ring) => ring.length > 3)
      .map((ring) => innerCentre([ring]));
    const best = centres.sort((a, b) => b.radius - a.radius)[0];
    if (!best || best.radius < 75) return [];
    const point: Point = { type: "Point", coordinates: best.point };
    return [{ type: "Feature", properties: { kind: "town", name: properties?.name }, geometry: point }];
  });
  return { type: "FeatureCollection", features };
}

/** A ring cut to a box (Sutherland-Hodgman), closed; empty when they do not meet. */
function clip(ring: readonly Position[], [west, south, east, north]: Bounds): Position[] {
  const sides: [axis: 0 | 1, limit: number, keep: 1 | -1][] = [
    [0, west, 1],
    [0, east, -1],
    [1, south, 1],
    [1, north, -1],
  ];
  const open = sides.reduce<Position[]>(
    (points, [axis, limit, keep]) => {
      const inside = (p: Position) => (p[axis]! - limit) * keep >= 0;
      return points.flatMap((point, i) => {
        const previous = points[(i + points.length - 1) % points.length]!;
        const cut = inside(point) === inside(previous) ? [] : [crossing(previous, point, axis, limit)];
        return inside(point) ? [...cut, point] : cut;
      });
    },
    ring.slice(0, -1),
  );
  return open.length < 3 ? [] : [...open, open[0]!];
}

function crossing(a: Position, b: Position, axis: 0 | 1, limit: number): Position {
  const t = (limit - a[axis]!) / (b[axis]! - a[axis]!);
  return a.map((value, i) => value + (b[i]! - value) * t);
}
