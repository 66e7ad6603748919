import { expect, it } from "vitest";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import { themAmong } from "./them.ts";

const stored = (seq: number, version: number, more: Partial<HistoryEntry>): HistoryEntry => ({
  seq,
  at: "2025-09-15T01:05:00Z",
  from: "2025-09-15T01:05:00Z",
  op: "patch",
  unit: "朱家角镇",
  reason: null,
  version,
  fields: {},
  geometry: false,
  ...more,
});
const mine = { person: "朱家角镇 经办", own: true };
const colleague = { person: "朱家角镇 审核" };
const started = new Map<number | null, number>([
  [null, 3],
  [11, 2],
]);
const now = new Map<number | null, number>([
  [null, 6],
  [11, 9],
]);

it("calls the second window of the same person by what it is", () => {
  expect(themAmong([stored(9, 4, mine), stored(8, 3, colleague)], started, now)).toEqual({
    name: "你自己（另一个窗口）",
    unit: "",
    at: "09:05",
    reason: null,
  });
});

it("names the colleague when both stored something in between, and the unit of who is from elsewhere", () => {
  expect(themAmong([stored(10, 5, mine), stored(9, 4, colleague)], started, now).name).toBe("同事");
  expect(themAmong([stored(9, 4, { unit: "绿化市容局", reason: "复核" })], started, now)).toMatchObject({
    name: "绿化市容局",
    reason: "复核",
  });
});

it("leaves out what the edit started from, steps of its tasks too", () => {
  const step = { op: "task", target: 11 };
  expect(
    themAmong(
      [stored(9, 4, mine), stored(8, 2, { ...step, ...colleague }), stored(7, 3, colleague)],
      started,
      now,
    ).name,
  ).toBe("你自己（另一个窗口）");
  expect(themAmong([stored(9, 3, { ...step, ...colleague })], started, now).name).toBe("同事");
});

it("leaves out what came later, and a deletion that was taken back", () => {
  const later = [stored(12, 7, colleague), stored(9, 4, mine)];
  expect(themAmong(later, started, now).name).toBe("你自己（另一个窗口）");
  const back = [
    stored(11, 6, { ...mine, op: "restore" }),
    stored(10, 5, { ...colleague, op: "delete" }),
    stored(9, 4, mine),
  ];
  expect(themAmong(back, started, now).name).toBe("你自己（另一个窗口）");
});

it("names nobody while nothing is known", () => {
  expect(themAmong([], started, now).name).toBe("有人");
});
