import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { seedBounds, seedFiles } from "./manifest.ts";

const folder = new URL("./geo/", import.meta.url);
const collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(
    z.object({
      geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }),
      properties: z.looseObject({
        name: z.string().min(1),
        source: z.string().min(1),
        licence: z.string().min(1),
        accuracy_m: z.number().positive(),
        method: z.string().min(1),
        datum: z.literal("WGS84"),
      }),
    }),
  ),
});
const read = (file: string) => collection.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));

function positions(value: unknown): [number, number][] {
  if (!Array.isArray(value)) return [];
  if (typeof value[0] === "number") return [value as [number, number]];
  return value.flatMap(positions);
}

test("the manifest lists every file of data/seed/geo", () => {
  const onDisk = readdirSync(folder).filter((name) => name.endsWith(".geojson"));
  expect(onDisk.sort()).toEqual(seedFiles.map((row) => row.file).sort());
});

test.each(seedFiles)("$file agrees with its manifest row", (row) => {
  const { features } = read(row.file);
  expect(features).toHaveLength(row.rows);
  const accuracy = features.map((feature) => feature.properties.accuracy_m);
  expect([Math.min(...accuracy), Math.max(...accuracy)]).toEqual(row.accuracy);
});

test.each(seedFiles)("$file lies inside the bounds of the district and is lon before lat", (row) => {
  const outside = read(row.file)
    .features.flatMap((feature) => positions(feature.geometry.coordinates))
    .filter(
      ([lon, lat]) =>
        lon < seedBounds.west || lon > seedBounds.east || lat < seedBounds.south || lat > seedBounds.north,
    );
  expect(outside).toEqual([]);
});

test("what was placed from text says 示意 or carries an accuracy of 250 m or worse", () => {
  const silent = seedFiles
    .flatMap((row) => read(row.file).features)
    .filter(({ properties }) => properties.licence.startsWith("own schematic"))
    .filter(({ properties }) => !properties.name.includes("示意") && properties.accuracy_m < 250);
  expect(silent.map((feature) => feature.properties.name)).toEqual([]);
});
