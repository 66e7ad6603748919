import { area, featureCollection, multiPolygon, polygon, union } from "@turf/turf";
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from "geojson";
import {
  along,
  distance,
  innerCentre,
  lengthOf,
  round5,
  segmentsOf,
  simplify,
  smooth,
  stitch,
  toSegment,
} from "./geometry.ts";

/** What the base map draws, computed from the seed once (`npm run seed:basemap`), never in the browser. */
export interface BaseMapFiles {
  readonly ground: FeatureCollection;
  readonly water: FeatureCollection;
  readonly network: FeatureCollection;
  readonly labels: FeatureCollection;
}

type Properties = Record<string, string | number | boolean | null | undefined | string[]>;
export type SeedCollection = FeatureCollection<Geometry, Properties>;

export interface BaseMapSeed {
  readonly townships: SeedCollection;
  readonly roads: SeedCollection;
  readonly water: SeedCollection;
  readonly metroLines: SeedCollection;
  readonly metroStations: SeedCollection;
  readonly keyAreas: SeedCollection;
  readonly facilities: SeedCollection;
}

/** Straight stretches longer than this are guesses between two known vertices: drawn as 示意. */
const gapMetres = 3000;
/** Two towns' borders closer than this are one border (their outlines do not share every vertex). */
const sameBorderMetres = 60;

export function deriveBaseMap(seed: BaseMapSeed): BaseMapFiles {
  return {
    ground: featureCollection([...district(seed), ...borders(seed), ...urban(seed)] as Feature[]),
    water: featureCollection(seed.water.features.map(water) as Feature[]),
    network: featureCollection([
      ...seed.roads.features.flatMap(road),
      ...seed.metroLines.features.map(metro),
    ] as Feature[]),
    labels: featureCollection(labels(seed)),
  };
}

const feature = (properties: Properties, geometry: Geometry): Feature => ({
  type: "Feature",
  properties,
  geometry,
});
const line = (properties: Properties, coordinates: Position[]): Feature =>
  feature(properties, { type: "LineString", coordinates: coordinates.map(round5) });
const point = (properties: Properties, coordinates: Position): Feature =>
  feature(properties, { type: "Point", coordinates: round5(coordinates) });
const text = (value: Properties[string]) => (typeof value === "string" ? value : "");
const isSchematic = ({ name, method }: Properties) =>
  text(method).startsWith("schematic") || text(name).includes("示意");
/** 淀浦河: without what stands in brackets or after a slash. */
const shortName = (name: Properties[string]) => text(name).replace(/（.*?）|\/.*$/g, "");
const lineOf = (f: Feature<Geometry, Properties>) =>
  f.geometry.type === "LineString" ? f.geometry.coordinates : [];
const polygonsOf = (geometry: Geometry): Position[][][] =>
  geometry.type === "Polygon"
    ? [geometry.coordinates]
    : geometry.type === "MultiPolygon"
      ? geometry.coordinates
      : [];

function outline({ townships }: BaseMapSeed): Position[][] {
  const towns = townships.features.map((town) => town as Feature<Polygon | MultiPolygon>);
  const merged = union(featureCollection(towns));
  // Holes of the union are slivers between outlines that do not share every vertex; the district has none.
  return merged ? polygonsOf(merged.geometry).map((rings) => rings[0]!.map(round5)) : [];
}

function district(seed: BaseMapSeed): Feature[] {
  return [feature({ kind: "district" }, multiPolygon(outline(seed).map((ring) => [ring])).geometry)];
}

function borders(seed: BaseMapSeed): Feature[] {
  const edge = outline(seed).flatMap(segmentsOf);
  const onEdge = (p: Position) => edge.some(([a, b]) => toSegment(p, a, b) < sameBorderMetres / 4);
  const key = (a: Position, b: Position) => [a.join(), b.join()].sort().join(" ");
  const drawn = new Map<string, { town: number; segment: [Position, Position] }>();
  seed.townships.features.forEach((town, i) => {
    for (const [a, b] of polygonsOf(town.geometry).flatMap((rings) => rings.flatMap(segmentsOf))) {
      const middle = a.map((value, k) => (value + b[k]!) / 2);
      if (drawn.has(key(a, b)) || (onEdge(a) && onEdge(b) && onEdge(middle))) continue;
      const near = [a, b, middle].every((p) =>
        [...drawn.values()].some((d) => d.town !== i && toSegment(p, ...d.segment) < sameBorderMetres),
      );
      if (!near) drawn.set(key(a, b), { town: i, segment: [a, b] });
    }
  });
  return stitch([...drawn.values()].map((d) => d.segment)).map((coordinates) =>
    line({ kind: "border" }, coordinates),
  );
}

const urbanNames = ["青浦新城城区", "西虹桥商务区", "朱家角古镇"];

function urban({ keyAreas }: BaseMapSeed): Feature[] {
  return keyAreas.features
    .filter((f) => urbanNames.includes(shortName(f.properties.name)))
    .map((f) =>
      feature(
        { kind: "urban", name: shortName(f.properties.name), wide: Number(f.properties.area_km2) > 5 },
        f.geometry,
      ),
    );
}

function water(f: Feature<Geometry, Properties>): Feature {
  const name = shortName(f.properties.name);
  const schematic = isSchematic(f.properties);
  if (f.geometry.type === "LineString") {
    return line({ kind: "river", name, schematic }, simplify(smooth(f.geometry.coordinates), 1.5));
  }
  const rings = polygonsOf(f.geometry)[0] ?? [];
  const km2 = area(polygon(rings)) / 1e6;
  const ripple = km2 > 5 ? 1.8 : km2 < 0.5 ? 0.62 : 1;
  const rippleFrom = rippleZoom(innerCentre(rings).radius, ripple);
  const properties = { kind: "lake", name, schematic, km2: Math.round(km2 * 100) / 100, ripple, rippleFrom };
  return feature(properties, { type: "Polygon", coordinates: rings.map((ring) => ring.map(round5)) });
}

/** The integer zoom from which the third ripple (3.1 units) still fits into a lake of this inner radius (metres). */
function rippleZoom(radius: number, factor: number): number {
  const units = [3, 4, 5, 7, 9, 12.5, 16];
  const zoom = units.findIndex((unit, i) => (radius * 1.1) / metresPerPixel(10 + i) > 3.1 * unit * factor);
  return zoom < 0 ? 17 : 10 + zoom;
}

/** At 31.1° north, 512 px tiles. */
const metresPerPixel = (zoom: number) => (40_075_017 * Math.cos((31.1 * Math.PI) / 180)) / (512 * 2 ** zoom);

/** Splits a line into known stretches and straight gaps; both keep their end vertices. */
export function splitGaps(coordinates: readonly Position[]): { gap: boolean; line: Position[] }[] {
  const parts: { gap: boolean; line: Position[] }[] = [];
  for (const [a, b] of segmentsOf(coordinates)) {
    const gap = distance(a, b) > gapMetres;
    const last = parts[parts.length - 1];
    if (last && !gap && !last.gap) last.line.push(b);
    else parts.push({ gap, line: [a, b] });
  }
  return parts;
}

const roadClass = (value: Properties[string]) =>
  text(value) === "motorway" ? "motorway" : text(value).startsWith("expressway") ? "elevated" : "road";

function road(f: Feature<Geometry, Properties>): Feature[] {
  const { name, road_class, ref } = f.properties;
  const wholeIsSchematic = isSchematic(f.properties);
  return splitGaps(lineOf(f)).map((part) =>
    line(
      {
        kind: "road",
        class: roadClass(road_class),
        name: shortName(name),
        ref: text(ref),
        gap: part.gap || wholeIsSchematic,
      },
      part.gap ? part.line : simplify(smooth(part.line), 1.5),
    ),
  );
}

const metro = (f: Feature<Geometry, Properties>): Feature =>
  line({ kind: "metro", line: text(f.properties.line) }, simplify(smooth(lineOf(f)), 1.5));

function labels(seed: BaseMapSeed): Feature[] {
  return [
    ...seed.townships.features.map(({ properties: p }) =>
      point({ kind: "town", name: text(p.name) }, [Number(p.label_lon), Number(p.label_lat)]),
    ),
    ...seed.water.features.flatMap(waterLabels),
    ...seed.roads.features.flatMap(roadLabels),
    ...seed.metroStations.features
      // Line 2 has no line of its own here yet: a station floating on the land would only puzzle.
      .filter((f) => text(f.properties.district) === "青浦区" && f.properties.seq17 !== undefined)
      .map((f) => point({ kind: "station", name: shortName(f.properties.name) }, pointOf(f))),
    ...seed.facilities.features.flatMap(landmark),
  ];
}

const pointOf = (f: Feature) => (f.geometry.type === "Point" ? f.geometry.coordinates : []);

function waterLabels(f: Feature<Geometry, Properties>): Feature[] {
  const name = shortName(f.properties.name);
  const schematic = isSchematic(f.properties);
  if (f.geometry.type === "LineString") {
    const rank = lengthOf(f.geometry.coordinates) > 10_000 ? 0 : 1;
    return [
      point(
        { kind: "river", name, schematic, rank },
        along(f.geometry.coordinates, lengthOf(f.geometry.coordinates) / 2),
      ),
    ];
  }
  const rings = polygonsOf(f.geometry)[0] ?? [];
  const km2 = area(polygon(rings)) / 1e6;
  return [
    point({ kind: "lake", name, schematic, km2: Math.round(km2 * 100) / 100 }, innerCentre(rings).point),
  ];
}

/** Shields every 3 km (the middle one leads, it is the only one below z11), names of roads without a number every 4 km. */
function roadLabels(f: Feature<Geometry, Properties>): Feature[] {
  // Along the drawn curve: a tag beside its road would be read as another road's.
  const coordinates = splitGaps(lineOf(f)).flatMap((part) => (part.gap ? part.line : smooth(part.line)));
  const length = lengthOf(coordinates);
  const ref = text(f.properties.ref).replace(/^G(318)$/, "$1");
  const count = Math.max(1, Math.round(length / (ref ? 3000 : 4000)));
  const middle = Math.floor(count / 2);
  return Array.from({ length: count }, (_, i) => {
    const at = along(coordinates, (length * (i + 0.5)) / count);
    const rank = i === middle ? 0 : 1;
    return ref
      ? point({ kind: "shield", ref, rank }, at)
      : point(
          { kind: "road", name: shortName(f.properties.name), schematic: isSchematic(f.properties), rank },
          at,
        );
  });
}

/** Facilities people steer by. The rest of the list is offices and car parks. */
const landmarkKinds = ["government", "mall", "museum", "library", "exhibition", "landmark", "hospital"];
const landmarkName: Record<string, string> = {
  青浦区人民政府: "区政府",
  青浦区图书馆: "图书馆",
  桥梓湾购物中心: "桥梓湾",
  青浦吾悦广场: "吾悦广场",
  朱家角放生桥: "放生桥",
  国家会展中心: "国家会展中心",
  复旦大学附属中山医院青浦分院: "中山医院青浦分院",
};

function landmark(f: Feature<Geometry, Properties>): Feature[] {
  const { kind, accuracy_m } = f.properties;
  if (!landmarkKinds.includes(text(kind)) || Number(accuracy_m) > 700) return [];
  const name = shortName(f.properties.name);
  const schematic = isSchematic(f.properties);
  return [
    point(
      { kind: "landmark", name: landmarkName[name] ?? name, schematic, rank: Number(accuracy_m) },
      pointOf(f),
    ),
  ];
}
