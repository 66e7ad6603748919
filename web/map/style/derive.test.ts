import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { FeatureCollection } from "geojson";
import { expect, test } from "vitest";
import { type BaseMapFiles, deriveBaseMap, type SeedCollection, splitGaps } from "./derive.ts";
import { lengthOf } from "./geometry.ts";

const folder = new URL("../../../data/seed/geo/", import.meta.url);
const read = (name: string): SeedCollection =>
  JSON.parse(readFileSync(new URL(`${name}.geojson`, folder), "utf8"));

const derived = deriveBaseMap({
  townships: read("townships"),
  roads: read("roads"),
  water: read("water"),
  metroLines: read("metro_lines"),
  metroStations: read("metro_stations"),
  keyAreas: read("key_areas"),
  facilities: read("facilities"),
});
const names = ["ground", "water", "network", "labels"] as const satisfies readonly (keyof BaseMapFiles)[];
/** One feature a line, so that a change of the seed reads as a diff. */
const print = ({ features }: FeatureCollection) =>
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(",\n")}\n]}\n`;

// `npm run seed:basemap` records these again.
test.each(names)("derived/%s.geojson is in step with the seed", async (name) => {
  await expect(print(derived[name])).toMatchFileSnapshot(`../../../data/seed/geo/derived/${name}.geojson`);
});

test("the whole base map is below 150 kB compressed", () => {
  const bytes = names.reduce((sum, name) => sum + gzipSync(print(derived[name])).length, 0);
  expect(bytes).toBeLessThan(150_000);
});

test("a straight stretch over 3 km becomes a gap, and no vertex is lost", () => {
  const parts = splitGaps([
    [121, 31],
    [121.01, 31],
    [121.06, 31],
    [121.07, 31],
    [121.08, 31],
  ]);
  expect(parts.map((part) => [part.gap, part.line.length])).toEqual([
    [false, 2],
    [true, 2],
    [false, 3],
  ]);
});

test("the district is drawn without holes, and town borders only once", () => {
  const [district] = derived.ground.features;
  expect(district?.geometry.type).toBe("MultiPolygon");
  const borders = derived.ground.features.filter((f) => f.properties?.kind === "border");
  const metres = borders.reduce(
    (sum, f) => sum + (f.geometry.type === "LineString" ? lengthOf(f.geometry.coordinates) : 0),
    0,
  );
  expect(metres / 1000).toBeGreaterThan(120);
  expect(metres / 1000).toBeLessThan(220);
});
