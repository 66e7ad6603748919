import { expect, test } from "vitest";
import { framing } from "./framing.ts";
import type { Box } from "./town-boxes.ts";

const field: Box = [121.04, 31.1, 121.05, 31.105];

/** Px of the box at a zoom. */
const sizeAt = (zoom: number) => ({
  width: (0.01 / 360) * 512 * 2 ** zoom,
  height: (0.005 / 360 / Math.cos((31.1025 * Math.PI) / 180)) * 512 * 2 ** zoom,
});

test.each([
  ["over a half sheet", { width: 390, height: 180 }],
  ["over a full sheet", { width: 390, height: 44 }],
  ["beside a sheet at the side", { width: 484, height: 390 }],
])("a box fits %s", (_, free) => {
  const { center, zoom } = framing(field, free, 19);
  const size = sizeAt(zoom);
  expect(size.width).toBeLessThan(free.width);
  expect(size.height).toBeLessThan(free.height);
  expect(Math.max(size.width / free.width, size.height / free.height)).toBeGreaterThan(0.5);
  expect(center[0]).toBeCloseTo(121.045, 6);
  expect(center[1]).toBeCloseTo(31.1025, 4);
});

test("a point is not magnified beyond the nearest zoom asked for", () => {
  expect(framing([121, 31, 121, 31], { width: 390, height: 200 }, 16)).toEqual({
    center: [121, expect.closeTo(31, 9)],
    zoom: 16,
  });
});
