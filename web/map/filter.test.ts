import { expect, test } from "vitest";
import { dateOf, dayNumber } from "#data/domain/time.ts";
import type { PointRow } from "#data/domain/wire/list.ts";
import { layerById } from "#data/layers/registry.ts";
import { dueWindow, filterOf, passes } from "./filter.ts";

const today = dayNumber("2025-09-15");
const layer = layerById("signboard")!;
const row = (state: number, due: string | null, town = "310118102", target = 10): PointRow => [
  1,
  layer.no,
  121,
  31,
  state,
  due === null ? null : dayNumber(due),
  town,
  target,
  "招牌",
];
const shows = (search: Parameters<typeof filterOf>[0], point: PointRow) =>
  passes(point, layer, filterOf(search), today);

test("without chips everything is drawn", () => {
  expect(shows({}, row(0, null))).toBe(true);
});

test("towns, campaigns, targets and lead units narrow", () => {
  expect(shows({ town: "310118001" }, row(1, "2025-12-31"))).toBe(false);
  expect(shows({ campaign: "4" }, row(1, "2025-12-31"))).toBe(true);
  expect(shows({ campaign: "5" }, row(1, "2025-12-31"))).toBe(false);
  expect(shows({ campaign: "4", target: "13" }, row(1, "2025-12-31"))).toBe(false);
  expect(shows({ lead: "shuiwu" }, row(1, "2025-12-31"))).toBe(false);
});

test("a light is of the day that is looked at", () => {
  expect(shows({ light: "late" }, row(1, "2025-09-14"))).toBe(true);
  expect(shows({ light: "late" }, row(1, "2025-09-15"))).toBe(false);
  expect(shows({ light: "warn" }, row(1, "2025-09-15"))).toBe(true);
  expect(shows({ hide: "signboard:late" }, row(1, "2025-09-14"))).toBe(false);
  expect(shows({ hide: "weak_area:late" }, row(1, "2025-09-14"))).toBe(true);
});

test("only open tasks are due", () => {
  expect(shows({ due: "overdue" }, row(3, "2025-06-30"))).toBe(false);
  expect(shows({ due: "overdue" }, row(2, "2025-06-30"))).toBe(true);
  expect(shows({ due: "month" }, row(0, "2025-09-30"))).toBe(true);
  expect(shows({ due: "month" }, row(0, "2025-10-01"))).toBe(false);
  expect(shows({ due: "year" }, row(0, null))).toBe(false);
});

test("a month ends on its last day", () => {
  expect(dueWindow("month", dayNumber("2024-02-10")).map(dateOf)).toEqual(["2024-02-01", "2024-02-29"]);
  expect(dueWindow("month", dayNumber("2025-12-10")).map(dateOf)).toEqual(["2025-12-01", "2025-12-31"]);
});
