import { expect, test } from "vitest";
import type { SelectionRow } from "#data/domain/selection.ts";
import { weakArea } from "#data/layers/weak_area.ts";
import type { Frame } from "./arrange.ts";
import { cleared, copied, filledDown, pasted } from "./clip.ts";
import { attrsOf, enter, sheetOf } from "./sheet.ts";
import { parseTsv } from "./tsv.ts";

const row = (id: number): SelectionRow => ({
  id,
  no: `QP-RQ-0${id}`,
  layer: "weak_area",
  name: `甲${id}`,
  town: null,
  light: "normal",
  at: [121, 31],
  version: 1,
  may: true,
  attrs: { name: `甲${id}`, problems: ["bad_parking"] },
  tasks: [],
});
const sheet = sheetOf(weakArea, [row(1), row(2), row(3)]);
const frame: Frame = {
  rows: [1, 2, 3],
  columns: ["name", "problems", "relapsed", "remark"].map((id) => ({ id, field: weakArea.fields[id]! })),
};
const at = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });
const values = (cells: readonly { row: number; field: string; value: unknown }[]) =>
  cells.map(({ row: id, field, value }) => `${id}.${field}=${JSON.stringify(value)}`);

test("a block goes in from the corner; what hangs over is told", () => {
  const { cells, leftOut } = pasted(sheet, frame, at(1, 2), parseTsv("是\t已看\n否\t\n是\t多\t列\r\n"));
  expect(values(cells)).toEqual(["2.relapsed=true", '2.remark="已看"', "3.relapsed=false", "3.remark=null"]);
  expect(leftOut).toBe("下面多出 1 行，右边多出 1 列，没有贴进来");
});

test("one cell fills the whole range, and a row as often as it fits", () => {
  expect(values(pasted(sheet, frame, at(0, 3, 2, 3), [["同"]]).cells)).toEqual([
    '1.remark="同"',
    '2.remark="同"',
    '3.remark="同"',
  ]);
  expect(pasted(sheet, frame, at(0, 2, 2, 3), [["是", "x"]]).cells).toHaveLength(6);
});

test("with heads and numbers it finds its rows and columns in any order", () => {
  const block = parseTsv("备注\t编号\t面积\n乙\tQP-RQ-03\t9\n丙\tQP-RQ-99\t9\n");
  const { cells, leftOut } = pasted(sheet, frame, at(0, 0), block);
  expect(values(cells)).toEqual(['3.remark="乙"']);
  expect(leftOut).toBe("1 行的编号不在这张表里；没有这些列：面积，没有贴进来");
});

test("out to Excel and back changes nothing", () => {
  const out = copied(sheet, frame, at(0, 0, 2, 3), true);
  expect(out[0]).toEqual(["编号", "名称", "问题", "返潮", "备注"]);
  const back = enter(sheet, pasted(sheet, frame, at(0, 0), out).cells, "粘贴");
  expect(back.done).toEqual([]);
});

test("fill down and clear", () => {
  const filled = enter(sheet, filledDown(sheet, frame, at(0, 0, 1, 1)), "向下填充");
  expect(attrsOf(filled, 2)).toMatchObject({ name: "甲1", problems: ["bad_parking"] });
  expect(attrsOf(filled, 3).name).toBe("甲3");
  expect(values(cleared(frame, at(2, 3)))).toEqual(["3.remark=null"]);
});
