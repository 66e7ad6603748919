import { expect, test } from "vitest";
import type { AreaChange, AreaDeed } from "#data/domain/wire/history.ts";
import { changeWord, kindWord, partNames, revertRows, stuck } from "./words.ts";

const change = (more: Partial<AreaChange>): AreaChange => ({
  kind: "feature",
  op: "patch",
  feature: { id: 7, name: "甲", layer: "finding", town: null, deleted: false },
  box: null,
  ...more,
});
const deed = (more: Partial<AreaDeed>): AreaDeed => ({
  seq: 9,
  at: "2025-09-15T01:00:00Z",
  unit: "徐泾镇",
  reason: null,
  kind: "edit",
  batch: null,
  reverts: [],
  revertedBy: null,
  count: 1,
  changes: [change({})],
  ...more,
});

test("a change is told in the words of the flow", () => {
  const task = { target: 1, state: "closed" as const, progress: 100 };
  expect(changeWord(change({ op: "delete" }))).toBe("删除");
  expect(changeWord(change({ kind: "task", op: "accept", task }))).toBe("任务 1 核查通过，销项");
  expect(changeWord(change({ kind: "observation", op: "observe" }))).toBe("填报监测值");
});

test("what cannot be taken back says why", () => {
  expect(stuck(deed({}))).toBeNull();
  expect(stuck(deed({ revertedBy: 12 }))).toBe("已由变更 12 撤回");
  expect(stuck(deed({ changes: [change({ op: "correct" })] }))).toContain("再更正一次");
  expect(kindWord(deed({ kind: "revert", reverts: [3, 4] }))).toBe("撤回变更 3、4");
});

test("a preview reads field by field with the layer's labels", () => {
  const rows = revertRows({
    feature: { id: 7, name: "甲", layer: "finding" },
    op: "patch",
    fields: { source: ["patrol", null], duty: [null, "310118106"] },
    geometry: true,
    tasks: [{ target: 1, state: ["underway", "planned"], progress: [40, 0] }],
  });
  expect(rows).toEqual([
    "来源：巡查发现 → 空",
    "责任属地：空 → 徐泾",
    "图形：回到改动以前",
    "任务 1：进行中 → 未开始",
    "任务 1 进度：40% → 0%",
  ]);
  expect(partNames("finding", ["source", "geometry", "task"])).toBe("来源、图形、任务");
});
