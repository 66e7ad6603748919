import { expect, test } from "vitest";
import { fitStage } from "./fit.ts";

test.each([
  [3840, 2160, "normal", 3840, 1],
  [1920, 1080, "normal", 3840, 0.5],
  [3840, 1080, "wide", 3840, 1],
  [7680, 2160, "wide", 3840, 2],
] as const)("a wall of %i × %i is filled", (width, height, layout, stage, scale) => {
  expect(fitStage(width, height)).toMatchObject({ layout, width: stage, scale, left: 0, top: 0 });
});

test("21:9 gives the map the extra width", () => {
  expect(fitStage(2520, 1080)).toMatchObject({
    layout: "normal",
    width: 5040,
    height: 2160,
    left: 0,
    top: 0,
  });
});

test("narrower screens are letter-boxed, never scrolled", () => {
  const fit = fitStage(1366, 900);
  expect(fit.left).toBe(0);
  expect(fit.top).toBeGreaterThan(0);
  expect(fit.width * fit.scale).toBeLessThanOrEqual(1366);
  expect(fit.height * fit.scale + fit.top).toBeLessThanOrEqual(900);
});

test("beyond the widest stage there are bars at the sides", () => {
  const fit = fitStage(10_000, 1080);
  expect(fit).toMatchObject({ layout: "wide", width: 5760, scale: 1 });
  expect(fit.left).toBeGreaterThan(0);
});
