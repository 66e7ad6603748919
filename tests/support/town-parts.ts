import {
  area,
  bbox,
  booleanPointInPolygon,
  buffer,
  featureCollection,
  intersect,
  length,
  lineString,
} from "@turf/turf";
import type { Feature, LineString, MultiPolygon, Polygon, Position } from "geojson";

/**
 * Cuts the plan's key roads and key areas by town, once, into data/demo/places/town-parts.geojson: data may not import turf.
 * Ends and edges stand `insetM` inside the border, so that rounding never puts a part across it.
 */
const insetM = 4;
const shortestM = 120;
const smallestHa = 0.5;

type Town = Feature<Polygon | MultiPolygon, { name: string; code: string }>;
type Source = Feature<LineString, { name: string; accuracy_m: number }>;
type AreaSource = Feature<Polygon | MultiPolygon, { name: string; accuracy_m: number }>;

export interface TownPart {
  type: "Feature";
  properties: {
    kind: "key_road" | "key_area";
    parent: string;
    town: string;
    length_m?: number;
    area_ha?: number;
    accuracy_m: number;
  };
  geometry:
    | { type: "LineString"; coordinates: Position[] }
    | { type: "MultiLineString"; coordinates: Position[][] }
    | Polygon
    | MultiPolygon;
}

const round = (value: number) => Math.round(value * 1e5) / 1e5;
const roundAt = (position: Position): Position => position.map(round);

/** The road as a chain of points at most `stepM` apart, its own vertices kept. */
function densify(road: Position[], stepM: number): Position[] {
  const chain: Position[] = [];
  road.forEach((to, i) => {
    const from = road[i - 1];
    if (from) {
      const pieces = Math.max(1, Math.ceil((length(lineString([from, to])) * 1000) / stepM));
      for (let k = 1; k < pieces; k++)
        chain.push([
          from[0]! + ((to[0]! - from[0]!) * k) / pieces,
          from[1]! + ((to[1]! - from[1]!) * k) / pieces,
        ]);
    }
    chain.push(to);
  });
  return chain;
}

function roadPiece(
  road: Source,
  parent: string,
  town: Town,
  inner: Feature<Polygon | MultiPolygon>,
): TownPart | null {
  const vertices = new Set(road.geometry.coordinates.map((at) => at.join()));
  const runs: Position[][] = [];
  let run: Position[] = [];
  for (const at of densify(road.geometry.coordinates, 10)) {
    if (booleanPointInPolygon(at, inner)) run.push(at);
    else {
      runs.push(run);
      run = [];
    }
  }
  runs.push(run);
  const lines = runs
    .filter((points) => points.length > 1 && length(lineString(points)) * 1000 >= shortestM)
    .map((points) =>
      points.filter((at, i) => i === 0 || i === points.length - 1 || vertices.has(at.join())).map(roundAt),
    );
  if (lines.length === 0) return null;
  const metres = lines.reduce((sum, points) => sum + length(lineString(points)) * 1000, 0);
  const [only] = lines;
  return {
    type: "Feature",
    properties: {
      kind: "key_road",
      parent,
      town: town.properties.code,
      length_m: Math.round(metres),
      accuracy_m: road.properties.accuracy_m,
    },
    geometry:
      lines.length === 1 && only
        ? { type: "LineString", coordinates: only }
        : { type: "MultiLineString", coordinates: lines },
  };
}

function areaPiece(
  source: AreaSource,
  parent: string,
  town: Town,
  inner: Feature<Polygon | MultiPolygon>,
): TownPart | null {
  const cut = intersect(featureCollection([source, inner]));
  if (!cut || area(cut) < smallestHa * 10_000) return null;
  const rings = cut.geometry.type === "Polygon" ? [cut.geometry.coordinates] : cut.geometry.coordinates;
  const large = rings
    .filter((polygon) => area({ type: "Polygon", coordinates: polygon }) >= smallestHa * 10_000)
    .map((polygon) => polygon.map((ring) => withoutRepeats(ring.map(roundAt))));
  const geometry: Polygon | MultiPolygon =
    large.length === 1
      ? { type: "Polygon", coordinates: large[0]! }
      : { type: "MultiPolygon", coordinates: large };
  return {
    type: "Feature",
    properties: {
      kind: "key_area",
      parent,
      town: town.properties.code,
      area_ha: Math.round(area(geometry) / 1000) / 10,
      accuracy_m: source.properties.accuracy_m,
    },
    geometry,
  };
}

const withoutRepeats = (ring: Position[]) =>
  ring.filter((at, i) => i === 0 || at.join() !== ring[i - 1]!.join());

/** `roads`, `areas`: [source name, name in the plan]. */
export function townParts(
  towns: Town[],
  roads: (readonly [Source, string])[],
  areas: (readonly [AreaSource, string])[],
): TownPart[] {
  const inner = towns.map((town) => ({
    town,
    ground: buffer(town, -insetM, { units: "meters", steps: 1 })!,
  }));
  const overlaps = (a: Feature, b: Feature) => {
    const [aw, as, ae, an] = bbox(a);
    const [bw, bs, be, bn] = bbox(b);
    return aw! <= be! && bw! <= ae! && as! <= bn! && bs! <= an!;
  };
  const parts = <S extends Feature>(
    sources: (readonly [S, string])[],
    cut: (source: S, parent: string, town: Town, ground: Feature<Polygon | MultiPolygon>) => TownPart | null,
  ) =>
    sources.flatMap(([source, parent]) =>
      inner
        .filter(({ ground }) => overlaps(source, ground))
        .map(({ town, ground }) => cut(source, parent, town, ground))
        .filter((part) => part !== null),
    );
  return [...parts(roads, roadPiece), ...parts(areas, areaPiece)];
}
