import fc from "fast-check";
import { expect, test } from "vitest";
import { boxSpots, outlineOf, type Spot, thinned } from "./lasso.ts";

test("a straight stretch needs no corners in between, a corner stays", () => {
  const path: Spot[] = [
    [0, 0],
    [5, 0.2],
    [10, 0],
    [10, 5],
    [10, 10],
  ];
  expect(thinned(path, 1)).toEqual([
    [0, 0],
    [10, 0],
    [10, 10],
  ]);
  expect(boxSpots([1, 9], [4, 2])).toHaveLength(4);
});

test("however long a lasso is drawn, it keeps its ends and stays within the limit", () => {
  const spot = fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 1200 }));
  fc.assert(
    fc.property(fc.array(spot, { minLength: 3, maxLength: 1500 }), (path) => {
      const outline = outlineOf(path, 200);
      expect(outline.length).toBeLessThanOrEqual(200);
      expect([outline[0], outline.at(-1)]).toEqual([path[0], path.at(-1)]);
    }),
    { numRuns: 30 },
  );
});
