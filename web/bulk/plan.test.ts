import { expect, test } from "vitest";
import type { SelectionRow } from "#data/domain/selection.ts";
import { keyRoad } from "#data/layers/key_road.ts";
import { sharedParking } from "#data/layers/shared_parking.ts";
import { weakArea } from "#data/layers/weak_area.ts";
import { type BulkSpec, judged, planBulk, sharedFields } from "./plan.ts";

const row = (id: number, more: Partial<SelectionRow> = {}): SelectionRow => ({
  id,
  no: `QP-RQ-${id}`,
  layer: "weak_area",
  name: `甲${id}`,
  town: "310118102",
  light: "normal",
  at: [121, 31],
  version: 3,
  may: true,
  attrs: { name: `甲${id}`, problems: ["bad_parking"] },
  tasks: [],
  ...more,
});
const spec = (more: Partial<BulkSpec>): BulkSpec => ({ layer: null, fields: [], task: {}, ...more });
const task = (allowed: boolean) => ({
  id: 70,
  target: 11,
  state: "underway" as const,
  due: "2025-06-30",
  lead: "lvhua",
  progress: 40,
  version: 2,
  steps: [{ step: "submit" as const, allowed, why: allowed ? undefined : "不归你办" }],
});

test("layers share what can be entered alike in all of them", () => {
  const ids = sharedFields([weakArea, sharedParking]).map(([id]) => id);
  expect(ids).toEqual(["name", "managed_by", "remark", "external_no"]);
  expect(sharedFields([keyRoad]).map(([id]) => id)).toContain("cleaning");
  expect(sharedFields([])).toEqual([]);
});

test("each place is changed, left as it is, or refused with the reason", () => {
  const rows = [
    row(1),
    row(2, { attrs: { name: "乙", problems: ["bad_parking"], remark: "新" } }),
    row(3, { may: false, why: "在徐泾镇" }),
  ];
  const plan = planBulk(rows, spec({ fields: [{ field: "remark", way: "set", value: "新" }] }));
  expect(plan.map(({ kind, why }) => [kind, why])).toEqual([
    ["change", undefined],
    ["same", undefined],
    ["refused", "在徐泾镇"],
  ]);
  expect(plan[0]?.ops).toEqual([{ op: "patch", feature: 1, base: 3, set: { remark: "新" } }]);
  expect(plan[0]?.parts).toEqual([{ label: "备注", before: "空", after: "新" }]);
});

test("a choice of many gains and loses single items; the last of a required one stays", () => {
  const add = planBulk(
    [row(1)],
    spec({ fields: [{ field: "problems", way: "add", value: ["bad_bikes", "bad_parking"] }] }),
  );
  expect(add[0]?.ops).toMatchObject([{ set: { problems: ["bad_parking", "bad_bikes"] } }]);
  const take = planBulk(
    [row(1)],
    spec({ fields: [{ field: "problems", way: "take", value: ["bad_parking"] }] }),
  );
  expect([take[0]?.kind, take[0]?.why]).toEqual(["refused", "请填写问题"]);
});

test("a field that does not apply to a place is refused there, unless its condition is set with it", () => {
  const date = { field: "relapsed_on", way: "set" as const, value: "2025-09-01" };
  expect(planBulk([row(1)], spec({ fields: [date] }))[0]?.why).toContain("不适用");
  const both = planBulk([row(1)], spec({ fields: [{ field: "relapsed", way: "set", value: true }, date] }));
  expect(both[0]?.ops).toMatchObject([{ set: { relapsed: true, relapsed_on: "2025-09-01" } }]);
});

test("a step is taken where it may be, and a due date is set beside it", () => {
  const plan = planBulk(
    [row(1, { tasks: [task(true)] }), row(2, { tasks: [task(false)] }), row(3)],
    spec({ task: { step: "submit", due: "2025-10-01" } }),
  );
  expect(plan[0]?.ops).toEqual([{ op: "task", task: 70, base: 2, step: "submit", due: "2025-10-01" }]);
  expect(plan.map(({ why }) => why)).toEqual([
    undefined,
    "任务 11 现在是“进行中”，不归你办",
    "这一处没有任务",
  ]);
});

test("what the server says goes to the place it is about", () => {
  const plan = planBulk(
    [row(1), row(2, { may: false, why: "别镇" }), row(4)],
    spec({ fields: [{ field: "remark", way: "set", value: "新" }] }),
  );
  const stale = {
    ok: false as const,
    code: "stale",
    detail: "旧",
    stale: { changed: ["remark", "geometry"], seq: 9 },
  };
  const after = judged(plan, [{ ok: true, result: { op: "patch" } }, stale]);
  expect(after.map(({ kind, why }) => [kind, why])).toEqual([
    ["change", undefined],
    ["refused", "别镇"],
    ["refused", "备注、图形刚被改过，重新读取后再看"],
  ]);
});
