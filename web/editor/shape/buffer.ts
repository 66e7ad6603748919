import { buffer, multiLineString, multiPoint, multiPolygon } from "@turf/turf";
import { type Parts, partsOf, type Shape } from "#data/domain/paths.ts";
import { roundPosition } from "#data/domain/plane.ts";
import { cleaned, simplified } from "./clean.ts";
import { partArea } from "./size.ts";

const featureOf = (shape: Shape, parts: Parts) => {
  const copied = parts.map((part) => part.map((path) => path.map((at) => [...at])));
  if (shape === "Point") return multiPoint(copied.flat(2));
  if (shape === "LineString") return multiLineString(copied.flat());
  return multiPolygon(copied.map((part) => part.map((ring) => [...ring, ring[0]!])));
};

/** Corners of a quarter circle; the outline stays within 1 % of the distance. */
const quarterSteps = 8;

/**
 * The area within `metres` of points, lines or an area; a negative distance draws an area in, and may leave nothing.
 * Measured on a plane laid at the shape's middle, so it holds to a thousandth inside the district.
 */
export function buffered(shape: Shape, parts: Parts, metres: number): Parts {
  const area = buffer(featureOf(shape, parts), metres, { units: "meters", steps: quarterSteps });
  if (!area) return [];
  const rounded = partsOf(area.geometry).map((part) =>
    part.map((ring) => ring.map(([lon = 0, lat = 0]) => roundPosition(lon, lat))),
  );
  return simplified("Polygon", cleaned("Polygon", rounded), Math.min(0.1, Math.abs(metres) / 100))
    .filter((part) => partArea(part) > 1)
    .toSorted((a, b) => partArea(b) - partArea(a));
}
