import { expect, test } from "vitest";
import type { Path, Position } from "#data/domain/paths.ts";
import { pathLength, toDegrees } from "#data/domain/plane.ts";
import { buffered } from "./buffer.ts";
import { beside, overlapsOf } from "./overlap.ts";
import { reshaped } from "./reshape.ts";
import { partArea } from "./size.ts";

/** Metres east and north of a place in Qingpu. */
const at = (x: number, y: number): Position => {
  const [lon = 0, lat = 0] = toDegrees([x, y]);
  return [121.05 + lon, 31.1 + lat];
};
const ring = (...points: readonly (readonly [number, number])[]): Path => points.map(([x, y]) => at(x, y));
const box = (x: number, y: number, w: number, h: number) =>
  ring([x, y], [x + w, y], [x + w, y + h], [x, y + h]);
const area = (part: readonly Path[] | undefined) => Math.round(partArea(part ?? []));
const square = [[box(0, 0, 100, 100)]];

test("a line that bulges out of a boundary replaces the stretch it spans, and the area grows by the bulge", () => {
  const bulge = ring([20, 100], [20, 130], [60, 130], [60, 100]);
  const [part] = reshaped("Polygon", square, bulge) ?? [];
  expect(area(part)).toBe(10_000 + 40 * 30);
});

test("a line through the inside cuts the smaller side off, also across a corner and across the first vertex", () => {
  expect(area(reshaped("Polygon", square, ring([-5, 30], [105, 30]))?.[0])).toBe(7000);
  expect(area(reshaped("Polygon", square, ring([-10, 20], [20, -10]))?.[0])).toBe(10_000 - 50);
  expect(area(reshaped("Polygon", square, ring([20, -10], [-10, 20]))?.[0])).toBe(10_000 - 50);
});

test("a line drawn exactly from vertex to vertex takes the place of what lies between them", () => {
  const [part] = reshaped("Polygon", square, ring([0, 100], [50, 150], [100, 100])) ?? [];
  expect(area(part)).toBe(10_000 + 2500);
});

test("a stretch of a line takes the new course, whichever way it was drawn", () => {
  const road = [[ring([0, 0], [100, 0], [200, 0])]];
  const detour = ring([50, 0], [50, 40], [150, 40], [150, 0]);
  for (const sketch of [detour, detour.toReversed()])
    expect(pathLength(reshaped("LineString", road, sketch)?.[0]?.[0] ?? [])).toBeCloseTo(280, 0);
});

test("a line that meets the boundary once, or not at all, reshapes nothing", () => {
  expect(reshaped("Polygon", square, ring([50, 50], [150, 50]))).toBeNull();
  expect(reshaped("Polygon", square, ring([300, 50], [400, 50]))).toBeNull();
});

test("a point, a line and an area are widened by metres; an area drawn in by more than it has leaves nothing", () => {
  expect(area(buffered("Point", [[[at(0, 0)]]], 10)[0])).toBeGreaterThan(Math.PI * 100 * 0.97);
  expect(area(buffered("Point", [[[at(0, 0)]]], 10)[0])).toBeLessThan(Math.PI * 100 * 1.01);
  const band = area(buffered("LineString", [[ring([0, 0], [1000, 0])]], 5)[0]);
  expect(band).toBeGreaterThan(10_000);
  expect(band).toBeLessThan(10_150);
  expect(Math.abs(area(buffered("Polygon", square, -10)[0]) - 6400)).toBeLessThan(15);
  expect(buffered("Polygon", square, -60)).toEqual([]);
});

test("the ground that two places share is found and cut away; a shared edge is no overlap", () => {
  const neighbour = { id: 7, name: "乙", parts: [[box(80, -20, 100, 300)]] };
  const touching = { id: 8, name: "丙", parts: [[box(-100, 0, 100, 100)]] };
  const [overlap, ...rest] = overlapsOf(square, [neighbour, touching], 1);
  expect(rest).toEqual([]);
  expect([overlap?.name, Math.round(overlap?.metres ?? 0)]).toEqual(["乙", 2000]);
  const left = beside(square, [neighbour, touching], 1);
  expect(Math.abs(area(left[0]) - 8000)).toBeLessThan(3);
  expect(overlapsOf(left, [neighbour, touching], 1)).toEqual([]);
});

test("what is cut along a slanted edge of a kilometre does not overlap it by rounding", () => {
  const neighbour = { id: 7, name: "乙", parts: [[ring([0, 0], [1000, 337], [1000, 900], [0, 900])]] };
  const crossing = [[box(100, -300, 700, 450)]];
  expect(overlapsOf(beside(crossing, [neighbour], 1), [neighbour], 0.5)).toEqual([]);
});
