import { expect, test } from "vitest";
import { distance } from "./measure.ts";
import { metresTo } from "./near.ts";

const ring = (lon: number, lat: number, size: number) => [
  [lon, lat],
  [lon + size, lat],
  [lon + size, lat + size],
  [lon, lat + size],
  [lon, lat],
];
const field = { type: "Polygon" as const, coordinates: [ring(121, 31, 0.01), ring(121.004, 31.004, 0.002)] };

test("inside an area it is no distance, in its hole the way to the hole's edge", () => {
  expect(metresTo(field, [121.001, 31.001])).toBe(0);
  expect(metresTo(field, [121.005, 31.0041])).toBeCloseTo(distance([121.005, 31.0041], [121.005, 31.004]), 0);
});

test("outside it is the way to the nearest edge or corner", () => {
  expect(metresTo(field, [120.999, 31.005])).toBeCloseTo(distance([120.999, 31.005], [121, 31.005]), 0);
  expect(metresTo(field, [120.999, 30.999])).toBeCloseTo(distance([120.999, 30.999], [121, 31]), 0);
});

test("of points and lines of several parts the nearest counts", () => {
  const points = {
    type: "MultiPoint" as const,
    coordinates: [
      [121.1, 31.1],
      [121, 31],
    ],
  };
  expect(metresTo(points, [121, 31.001])).toBeCloseTo(distance([121, 31], [121, 31.001]), 0);
  const line = {
    type: "LineString" as const,
    coordinates: [
      [121, 31],
      [121.01, 31],
    ],
  };
  expect(metresTo(line, [121.005, 31.002])).toBeCloseTo(distance([121.005, 31], [121.005, 31.002]), 0);
  expect(metresTo(line, [121.02, 31])).toBeCloseTo(distance([121.01, 31], [121.02, 31]), -1);
});
