import { expect, test } from "vitest";
import { type Towns, townMiddles } from "./town-middle.ts";

const ring = [
  [121, 31],
  [121.1, 31],
  [121.1, 31.1],
  [121, 31.1],
  [121, 31],
];
const towns: Towns = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { name: "朱家角镇", label_lon: 121.05, label_lat: 31.05 },
      geometry: { type: "Polygon", coordinates: [ring] },
    },
  ],
};

test("a town whose label point is on screen keeps its own label", () => {
  expect(townMiddles(towns, [121.04, 31.04, 121.06, 31.06]).features).toEqual([]);
});

test("otherwise its name stands in the middle of what is seen", () => {
  const [label] = townMiddles(towns, [121.08, 31.08, 121.14, 31.09]).features;
  expect(label?.properties?.name).toBe("朱家角镇");
  const [lon = 0, lat = 0] = label?.geometry.coordinates ?? [];
  expect(lon).toBeGreaterThan(121.08);
  expect(lon).toBeLessThan(121.1);
  expect(lat).toBeCloseTo(31.085, 3);
});

test("a town off screen, or a sliver of it, has no name", () => {
  expect(townMiddles(towns, [121.2, 31, 121.3, 31.1]).features).toEqual([]);
  expect(townMiddles(towns, [121.0995, 31, 121.3, 31.1]).features).toEqual([]);
});
