import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { towns } from "#data/programme/towns.ts";
import { boxOfTown, viewOfBox } from "./town-boxes.ts";

type Nested = number | Nested[];
const file = new URL("../../data/seed/geo/townships.geojson", import.meta.url);
const townships: { features: { properties: { code: string }; geometry: { coordinates: Nested[] } }[] } =
  JSON.parse(readFileSync(file, "utf8"));
const positions = (nested: Nested[]): number[][] =>
  typeof nested[0] === "number"
    ? [nested as number[]]
    : nested.flatMap((inner) => positions(inner as Nested[]));

test.each(towns)("the box of $name holds its outline", ({ code }) => {
  const [west, south, east, north] = boxOfTown(code)!;
  const outline = positions(townships.features.find((f) => f.properties.code === code)!.geometry.coordinates);
  const lons = outline.map(([lon = 0]) => lon);
  const lats = outline.map(([, lat = 0]) => lat);
  expect(west).toBeCloseTo(Math.min(...lons), 2);
  expect(east).toBeCloseTo(Math.max(...lons), 2);
  expect(south).toBeCloseTo(Math.min(...lats), 2);
  expect(north).toBeCloseTo(Math.max(...lats), 2);
});

test("a small town is looked at more closely than a large one", () => {
  const zoom = (code: string) => Number(viewOfBox(boxOfTown(code)!).split(",")[2]);
  expect(zoom("310118002")).toBeGreaterThan(zoom("310118104"));
});
