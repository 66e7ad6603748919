import type { Geometry } from "#data/domain/change.ts";
import type { Box } from "./town-boxes.ts";

type Nested = number | readonly Nested[];

/** The box round several geometries, at least one of them. */
export const boundsOfAll = (geometries: readonly Geometry[]): Box =>
  geometries
    .map(boundsOf)
    .reduce((sum, box) => [
      Math.min(sum[0], box[0]),
      Math.min(sum[1], box[1]),
      Math.max(sum[2], box[2]),
      Math.max(sum[3], box[3]),
    ]);

/** [west, south, east, north] of a geometry. */
export function boundsOf({ coordinates }: Geometry): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  const walk = (nested: readonly Nested[]): void => {
    const [lon, lat] = nested;
    if (typeof lon !== "number" || typeof lat !== "number") {
      for (const inner of nested) if (typeof inner !== "number") walk(inner);
      return;
    }
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  };
  walk(coordinates);
  return [west, south, east, north];
}
