import { expect, test } from "vitest";
import { noLights } from "#data/domain/light.ts";
import { barParts } from "./marks.tsx";

test("one 滞后 among a thousand is still seen", () => {
  const late = barParts({ ...noLights(), done: 1000, late: 1 }, 44).find((part) => part.light === "late");
  expect(late?.width).toBeGreaterThanOrEqual(2);
});

test("the parts fill the bar; an empty layer has none", () => {
  const parts = barParts({ ...noLights(), done: 3, normal: 2, none: 1 }, 44);
  expect(parts.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(44);
  expect(barParts(noLights(), 44)).toEqual([]);
});
