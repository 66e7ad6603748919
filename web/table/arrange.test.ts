import { expect, test } from "vitest";
import type { SelectionRow } from "#data/domain/selection.ts";
import { sharedParking } from "#data/layers/shared_parking.ts";
import { weakArea } from "#data/layers/weak_area.ts";
import { arranged, columnsOf, textOf, wholeView } from "./arrange.ts";
import { filledDown, pasted } from "./clip.ts";
import { enter, sheetOf } from "./sheet.ts";

const row = (id: number, attrs: Record<string, unknown>, due: string | null = null): SelectionRow => ({
  id,
  no: `QP-TC-${id}`,
  layer: "shared_parking",
  name: String(attrs.name),
  town: "310118102",
  light: "normal",
  at: [121, 31],
  version: 1,
  may: true,
  attrs,
  tasks: [
    {
      id: id * 10,
      target: 14,
      state: "underway",
      due,
      lead: "chengyun",
      progress: 40,
      version: 1,
      steps: [],
    },
  ],
});
const number = Object.entries(sharedParking.fields).find(([, field]) => field.kind === "number")![0];
const sheet = sheetOf(sharedParking, [
  row(1, { name: "漕平路", [number]: 9 }, "2025-12-31"),
  row(2, { name: "安亭路", [number]: 100 }, "2025-06-30"),
  row(3, { name: "公园路" }),
]);
const columns = columnsOf(sharedParking);
const shown = (view: Partial<typeof wholeView>) => arranged(sheet, columns, { ...wholeView, ...view });
const by = (id: string, down = false) => shown({ sort: { id, down } }).rows;

test("numbers sort as numbers, names in Chinese order, dates of tasks too; empty cells are last either way", () => {
  expect(by(number)).toEqual([1, 2, 3]);
  expect(by(number, true)).toEqual([2, 1, 3]);
  expect(by("name")).toEqual([2, 1, 3]);
  expect(by("task.due")).toEqual([2, 1, 3]);
  expect(by("task.due", true)).toEqual([1, 2, 3]);
});

test("what is sought stands in the number or in a column in sight", () => {
  expect(shown({ find: "公园" }).rows).toEqual([3]);
  expect(shown({ find: "qp-tc-2" }).rows).toEqual([2]);
  expect(shown({ find: "2025-06" }).rows).toEqual([2]);
  expect(shown({ find: "2025-06", hidden: ["task.due"] }).rows).toEqual([]);
});

test("only rows with something entered", () => {
  const now = enter(sheet, [{ row: 2, field: "name", value: "新名" }], "填名称");
  expect(arranged(now, columns, { ...wholeView, changed: true }).rows).toEqual([2]);
});

test("a task's columns tell one task plainly and several with their numbers", () => {
  const column = columns.find(({ id }) => id === "task.progress")!;
  expect(textOf(sheet, 1, column)).toBe("40%");
  const one = row(5, { name: "a" });
  const two = { ...one, tasks: [one.tasks![0]!, { ...one.tasks![0]!, target: 15, progress: 0 }] };
  expect(textOf(sheetOf(weakArea, [two]), 5, column)).toBe("任务 14 40%、任务 15 0%");
});

test("nothing is pasted or filled into what only tells of tasks", () => {
  const frame = shown({});
  const left = frame.columns.findIndex(({ id }) => id === "task.state");
  const range = { top: 0, bottom: 1, left, right: left };
  expect(pasted(sheet, frame, range, [["已销项"], ["已销项"]])).toEqual({
    cells: [],
    leftOut: "任务状态只能看，没有贴进来",
  });
  expect(filledDown(sheet, frame, range)).toEqual([]);
});

test("what comes back from Excel finds rows and columns that are put away", () => {
  const frame = { ...shown({ find: "公园", hidden: [number] }), all: columns };
  const label = sharedParking.fields[number]!.label;
  const { cells, leftOut } = pasted(sheet, frame, { top: 0, bottom: 0, left: 0, right: 0 }, [
    ["编号", label],
    ["QP-TC-2", "12"],
  ]);
  expect(cells).toEqual([{ row: 2, field: number, value: 12 }]);
  expect(leftOut).toBeNull();
});
