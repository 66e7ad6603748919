import townshipsText from "#data/seed/geo/townships.geojson?raw";
import waterText from "#data/seed/geo/water.geojson?raw";
import { type Point, type Ring, simplifyTogether } from "./simplify.ts";

export interface TownShape {
  readonly code: string;
  /** One outline a part, in degrees; towns have no holes. */
  readonly parts: readonly Ring[];
  /** Where its name stands, in degrees. */
  readonly label: Point;
}

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry:
    | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] }
    | { readonly type: "LineString"; readonly coordinates: Ring };
}

const featuresOf = (text: string): readonly Feature[] =>
  (JSON.parse(text) as { readonly features: readonly Feature[] }).features;

const partsOf = ({ geometry }: Feature): Ring[] => {
  if (geometry.type === "Polygon") return geometry.coordinates.slice(0, 1);
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flatMap((part) => part.slice(0, 1));
  return [];
};

/** A wall is read from five metres: borders within 100 m are the same line. */
const tolerance = 100 / 111_320;
/** Smaller lakes would be specks. */
const leastLake = 0.9;
const shrink = Math.cos((31.1 * Math.PI) / 180);
const toSquare = (ring: Ring): Ring => ring.map(([x, y]) => [x * shrink, y]);
const fromSquare = (ring: Ring): Ring => ring.map(([x, y]) => [x / shrink, y]);

/** The eleven towns, simplified together so that neighbours keep one border. */
export function townShapes(): TownShape[] {
  const features = featuresOf(townshipsText);
  const parts = features.flatMap((feature, town) => partsOf(feature).map((ring) => ({ town, ring })));
  const thinned = simplifyTogether(
    parts.map(({ ring }) => toSquare(ring)),
    tolerance,
  ).map(fromSquare);
  return features.map(({ properties }, town) => ({
    code: String(properties.code),
    parts: thinned.filter((ring, i) => parts[i]?.town === town && ring.length > 3),
    label: [Number(properties.label_lon), Number(properties.label_lat)],
  }));
}

/** The larger lakes, which darken the top of the slabs. */
export const lakeShapes = (): Ring[] =>
  featuresOf(waterText)
    .filter(({ properties }) => properties.kind === "lake" && Number(properties.area_km2) >= leastLake)
    .flatMap(partsOf);
