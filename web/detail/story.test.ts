import { expect, test } from "vitest";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
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
    reason: "盲道仍被占用",
    version: null,
    mood: "late",
  });
});

test("a clerk is named only when the server names one", () => {
  expect(line({ op: "patch", person: "王明" }).who).toBe("绿化市容局 王明");
});

test("a 撤回 is told on both sides, and a version of the place can be brought back", () => {
  expect(line({ op: "patch", version: 3, revertedBy: 12, geometry: true })).toMatchObject({
    notes: ["已由变更 12 撤回"],
    version: 3,
    shape: true,
  });
  expect(line({ op: "patch", reverts: [7, 8] }).notes).toEqual(["撤回变更 7、8"]);
  expect(line({ op: "delete", version: 4 }).version).toBeNull();
});

test("what became so earlier than it was recorded says when it was recorded", () => {
  const told = line({
    op: "correct",
    from: "2025-06-30T12:00:00+08:00",
    fields: { relapsed: [false, true] },
  });
  expect(told).toMatchObject({
    day: "06-30",
    what: "更正",
    recorded: "2025-09-02",
    diffs: [{ label: "返潮", before: "否", after: "是" }],
  });
});

test("photos are counted by side, filed and taken down", () => {
  const filed = line({ op: "photo", target: 11, fields: { after: [null, 1], before: [null, 2] } });
  expect([filed.what, filed.notes]).toEqual(["上传照片", ["整治前 2 张、整治后 1 张"]]);
  const gone = line({ op: "photo-remove", target: 11, reason: "拍错了", fields: { after: [1, null] } });
  expect([gone.what, gone.reason, gone.notes]).toEqual(["撤下照片", "拍错了", ["整治后 1 张"]]);
});
