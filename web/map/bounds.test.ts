import { expect, test } from "vitest";
import { boundsOf } from "./bounds.ts";

test("bounds of a point, of a line and of an area in two parts", () => {
  expect(boundsOf({ type: "Point", coordinates: [121.1, 31.1] })).toEqual([121.1, 31.1, 121.1, 31.1]);
  const ring = (x: number) => [
    [
      [x, 31],
      [x + 0.25, 31],
      [x + 0.25, 31.1],
      [x, 31],
    ],
  ];
  expect(boundsOf({ type: "MultiPolygon", coordinates: [ring(121), ring(121.5)] })).toEqual([
    121, 31, 121.75, 31.1,
  ]);
});
