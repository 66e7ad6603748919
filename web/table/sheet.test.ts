import fc from "fast-check";
import { expect, test } from "vitest";
import type { SelectionRow } from "#data/domain/selection.ts";
import { weakArea } from "#data/layers/weak_area.ts";
import {
  attrsOf,
  choose,
  enter,
  enteredCount,
  errorsOf,
  rebase,
  redo,
  type Sheet,
  saved,
  sheetOf,
  undo,
} from "./sheet.ts";

const row = (
  id: number,
  attrs: Record<string, unknown> = {},
  more: Partial<SelectionRow> = {},
): SelectionRow => ({
  id,
  no: `QP-RQ-${id}`,
  layer: "weak_area",
  name: `甲${id}`,
  town: null,
  light: "normal",
  at: [121, 31],
  version: 1,
  may: id !== 9,
  attrs: { name: `甲${id}`, problems: ["bad_parking"], ...attrs },
  tasks: [],
  ...more,
});
const sheet = () => sheetOf(weakArea, [row(1), row(2, { remark: "旧" }), row(9)]);
const all = (of: Sheet) => [1, 2, 9].map((id) => attrsOf(of, id));

const cell = fc.record({
  row: fc.constantFrom(1, 2, 9),
  field: fc.constantFrom("remark", "managed_by"),
  value: fc.constantFrom("旧", "新", "", null, "甲"),
});

test("any steps, undone, are the table as it was; done again, as it became", () => {
  const act = fc.oneof(
    fc.array(cell, { minLength: 1, maxLength: 6 }),
    fc.constantFrom("undo" as const, "redo" as const),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      let now = sheet();
      for (const one of acts)
        now = one === "undo" ? undo(now) : one === "redo" ? redo(now) : enter(now, one, "粘贴");
      const full = all(now);
      let steps = 0;
      for (; now.done.length > 0; steps++) now = undo(now);
      expect([all(now), enteredCount(now)]).toEqual([all(sheet()), 0]);
      for (; steps > 0; steps--) now = redo(now);
      expect(all(now)).toEqual(full);
    }),
  );
});

test("what equals the stored value is no change, and a row of others stays as it is", () => {
  const entered = enter(
    sheet(),
    [
      { row: 2, field: "remark", value: "旧" },
      { row: 9, field: "remark", value: "新" },
    ],
    "粘贴",
  );
  expect(enteredCount(entered)).toBe(0);
  expect(entered.done).toEqual([]);
});

test("errors stand at their cells", () => {
  const wrong = enter(
    sheet(),
    [
      { row: 1, field: "problems", value: null },
      { row: 1, field: "relapsed_on", value: "2025-09-01" },
      { row: 2, field: "relapsed", value: "也许" },
    ],
    "粘贴",
  );
  expect(errorsOf(wrong, 1)).toMatchObject({
    problems: "请填写问题",
    relapsed_on: "“返潮”不符合条件时不填这一格",
  });
  expect(errorsOf(wrong, 2).relapsed).toContain("是或否");
  const right = enter(wrong, [{ row: 1, field: "relapsed", value: true }], "改");
  expect(errorsOf(right, 1).relapsed_on).toBeUndefined();
});

test("a colleague's change of another cell comes in by itself; of the same cell somebody chooses", () => {
  const mine = enter(
    sheet(),
    [
      { row: 2, field: "remark", value: "我的" },
      { row: 2, field: "managed_by", value: "甲公司" },
    ],
    "改",
  );
  const disjoint = rebase(mine, [2], [row(2, { remark: "旧", name: "改名" }, { version: 2 })]);
  expect(attrsOf(disjoint, 2)).toMatchObject({ name: "改名", remark: "我的", managed_by: "甲公司" });
  expect(disjoint.clashes.size).toBe(0);
  const both = rebase(mine, [2], [row(2, { remark: "同事的" }, { version: 2 })]);
  expect(errorsOf(both, 2).remark).toContain("同事的");
  expect(attrsOf(choose(both, 2, "remark", "theirs"), 2).remark).toBe("同事的");
  const kept = choose(both, 2, "remark", "mine");
  expect([attrsOf(kept, 2).remark, errorsOf(kept, 2)]).toEqual(["我的", {}]);
});

test("a place that was deleted meanwhile keeps what was entered and says so; what was saved is no entry any more", () => {
  const mine = enter(sheet(), [{ row: 1, field: "remark", value: "我的" }], "改");
  expect(errorsOf(rebase(mine, [1], []), 1).remark).toContain("已被删除");
  expect(enteredCount(saved(mine, [1]))).toBe(0);
});
