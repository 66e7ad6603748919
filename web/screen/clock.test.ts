import { expect, test } from "vitest";
import { anchorOfDay, productNow, shanghaiTime, untilNextMinute } from "./clock.ts";

test("the wall writes Shanghai's time", () => {
  expect(shanghaiTime(new Date("2025-09-15T02:42:10Z"))).toEqual({
    year: 2025,
    month: 9,
    date: 15,
    weekday: "星期一",
    time: "10:42",
  });
  expect(shanghaiTime(new Date("2025-09-14T16:00:00Z"))).toMatchObject({ date: 15, time: "00:00" });
});

test("the product's clock ticks on from where it was seen", () => {
  const anchor = { at: "2025-09-15T02:42:10.000Z", seen: 1000 };
  const now = productNow(anchor, 61_000);
  expect(now.toISOString()).toBe("2025-09-15T02:43:10.000Z");
  expect(untilNextMinute(now)).toBe(50_000);
});

test("before the first answer it is the product's day at this machine's hour", () => {
  const { at } = anchorOfDay("2025-09-15", Date.parse("2026-11-23T16:30:00Z"));
  expect(at).toBe("2025-09-14T16:30:00.000Z");
});
