import fc from "fast-check";
import { expect, test } from "vitest";
import type { Geometry } from "#data/domain/change.ts";
import { degreesOf, metresOf, shifted } from "./moving.ts";

test("a shape is moved whole, holes too, and moved back it is where it was", () => {
  const degree = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((n) => n / 1e7);
  const square: Geometry = {
    type: "Polygon",
    coordinates: [
      [
        [121, 31],
        [121.001, 31],
        [121.001, 31.001],
        [121, 31],
      ],
      [
        [121.0002, 31.0001],
        [121.0004, 31.0001],
        [121.0004, 31.0002],
        [121.0002, 31.0001],
      ],
    ],
  };
  fc.assert(
    fc.property(degree, degree, (east, north) => {
      const there = shifted(square, [east, north]);
      expect(there.coordinates[1]?.[0]?.[0]).toBeCloseTo(121.0002 + east, 6);
      expect(shifted(there, [-east, -north])).toEqual(square);
    }),
  );
});

test("metres and degrees agree both ways", () => {
  const [east, north] = metresOf(degreesOf([120, -35]));
  expect([Math.round(east), Math.round(north)]).toEqual([120, -35]);
  expect(degreesOf([0, 111_320])[1]).toBeCloseTo(1, 6);
});
