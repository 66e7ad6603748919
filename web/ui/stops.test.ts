import { expect, test } from "vitest";
import { settle, stopsOf } from "./stops.ts";

test("three stops, the middle one leaves the map a third of a low screen", () => {
  expect(stopsOf(844)).toEqual([96, 542, 800]);
  expect(stopsOf(640)).toEqual([96, 416, 596]);
});

test("a released sheet goes to the nearest stop, a flick to the next one", () => {
  const stops = stopsOf(844);
  expect(settle(500, 0, stops)).toBe(1);
  expect(settle(200, 0, stops)).toBe(0);
  expect(settle(200, 1, stops)).toBe(1);
  expect(settle(500, -1, stops)).toBe(0);
  expect(settle(790, -1, stops)).toBe(1);
});
