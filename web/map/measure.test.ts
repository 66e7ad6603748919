import { expect, test } from "vitest";
import { distance, lineLength, ringArea } from "./measure.ts";

// Reference values: Vincenty's inverse formula, iterated to convergence; the area from both radii of curvature.
test("a distance across the district agrees with the geodesic to a few centimetres", () => {
  expect(distance([121.0, 31.1], [121.2, 31.1])).toBeCloseTo(19_080.888, 1);
  expect(distance([121.1, 31.1], [121.1, 31.2])).toBeCloseTo(11_087.205, 0);
  expect(distance([121.1, 31.1], [121.1, 31.1])).toBe(0);
});

test("a line is the sum of its edges", () => {
  const line = [
    [121.0, 31.1],
    [121.1, 31.1],
    [121.2, 31.1],
  ];
  expect(lineLength(line)).toBeCloseTo(distance(line[0]!, line[1]!) + distance(line[1]!, line[2]!), 6);
});

test("an area does not depend on direction, closing or where it starts", () => {
  const ring = [
    [121.0, 31.1],
    [121.01, 31.1],
    [121.01, 31.11],
    [121.0, 31.11],
  ];
  const area = ringArea(ring);
  expect(area / 1e6).toBeCloseTo(1.057706, 4);
  expect(ringArea([...ring].reverse())).toBeCloseTo(area, 3);
  expect(ringArea([...ring, ring[0]!])).toBeCloseTo(area, 3);
});
