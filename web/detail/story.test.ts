import { expect, test } from "vitest";
import type { HistoryEntry } from "#data/domain/wire.ts";
import { layerById } from "#data/layers/registry.ts";
import { lineOf } from "./story.ts";

const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
  seq: 9,
  at: "2025-09-02T03:00:00Z",
  from: "2025-09-02T03:00:00Z",
  op: "task",
  unit: "绿化市容局",
  reason: null,
  fields: {},
  geometry: false,
  ...change,
});
const line = (change: Partial<HistoryEntry>) => lineOf(entry(change), layerById("weak_area"), 0);

test("a refused submission reads as 退回 with its reason", () => {
  expect(
    line({ target: 11, reason: "盲道仍被占用", fields: { state: ["review", "underway"] } }),
  ).toMatchObject({
    day: "09-02",
    what: "退回办理",
    who: "绿化市容局",
    more: ["盲道仍被占用"],
    mood: "late",
  });
});

test("a clerk is named only when the server names one", () => {
  expect(line({ op: "patch", person: "王明" }).who).toBe("绿化市容局 王明");
});

test("what became so earlier than it was recorded says when it was recorded", () => {
  const told = line({
    op: "correct",
    from: "2025-06-30T12:00:00+08:00",
    fields: { relapsed: [false, true] },
  });
  expect(told).toMatchObject({ day: "06-30", what: "更正", recorded: "2025-09-02", more: ["返潮：否 → 是"] });
});

test("photos are counted by side, filed and taken down", () => {
  const filed = line({ op: "photo", target: 11, fields: { after: [null, 1], before: [null, 2] } });
  expect([filed.what, filed.more]).toEqual(["上传照片", ["整治前 2 张、整治后 1 张"]]);
  const gone = line({ op: "photo-remove", target: 11, reason: "拍错了", fields: { after: [1, null] } });
  expect([gone.what, gone.more]).toEqual(["撤下照片", ["拍错了", "整治后 1 张"]]);
});
