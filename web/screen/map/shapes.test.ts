import { expect, test } from "vitest";
import { towns } from "#data/programme/towns.ts";
import { lakeShapes, townShapes } from "./shapes.ts";

test("eleven towns with few enough points for a wall, each closed", () => {
  const shapes = townShapes();
  expect(shapes.map(({ code }) => code)).toEqual(towns.map(({ code }) => code));
  const points = shapes.flatMap(({ parts }) => parts).reduce((sum, ring) => sum + ring.length, 0);
  expect(points).toBeLessThan(1200);
  for (const { parts } of shapes) for (const ring of parts) expect(ring.at(0)).toEqual(ring.at(-1));
});

test("淀山湖 is among the lakes", () => {
  expect(lakeShapes().length).toBeGreaterThan(1);
});
