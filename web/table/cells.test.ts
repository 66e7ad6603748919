import { expect, test } from "vitest";
import { choice, choices, count, date, hours, number, text, yes } from "#data/domain/field.ts";
import { readCell, writeCell } from "./cells.ts";

test("numbers as Excel shows them: commas, units, percent, full width", () => {
  const spaces = count("泊位", "个");
  expect(readCell(spaces, "1,290")).toBe(1290);
  expect(readCell(spaces, "１２ 个")).toBe(12);
  expect(readCell(spaces, "−3")).toBe(-3);
  expect(readCell(number("覆盖率", { unit: "%" }), "92.5%")).toBe(92.5);
  expect(readCell(number("系数"), "45%")).toBe(0.45);
  expect(readCell(spaces, "十二")).toBe("十二");
  expect(readCell(spaces, "  ")).toBeNull();
});

test("dates as Excel and people write them", () => {
  const day = date("日期");
  for (const written of ["2025/9/30", "2025-09-30", "2025.9.30", "2025年9月30日", "2025/9/30 0:00", "45930"])
    expect([written, readCell(day, written)]).toEqual([written, "2025-09-30"]);
  for (const wrong of ["2025/2/30", "9月30日", "明天"]) expect(readCell(day, wrong)).toBe(wrong);
});

test("labels become values, unknown ones stay to be seen", () => {
  const way = choice("养护保洁", { integrated: "一体化养护保洁", none: "未落实" });
  expect(readCell(way, "未落实")).toBe("none");
  expect(readCell(way, "integrated")).toBe("integrated");
  expect(readCell(way, "别的")).toBe("别的");
  const many = choices("问题", { bad_parking: "乱停车", bad_bikes: "非机动车乱停放" });
  expect(readCell(many, "乱停车、非机动车乱停放，乱停车")).toEqual(["bad_parking", "bad_bikes"]);
  expect(readCell(many, "乱停车;乱扔")).toEqual(["bad_parking", "乱扔"]);
});

test("yes, no and hours in the ways they are typed", () => {
  expect(["是", "TRUE", "√", "1"].map((word) => readCell(yes("x"), word))).toEqual([true, true, true, true]);
  expect(["否", "false", "×", "0"].map((word) => readCell(yes("x"), word))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(readCell(hours("h"), "18：00至8:00，12:00~13:30")).toBe("18:00-08:00,12:00-13:30");
  expect(readCell(hours("h"), "全天")).toBe("00:00-24:00");
});

test("what is copied out is read back as the same value", () => {
  const fields = [
    [text("t"), "第一行\n第二行"],
    [number("n", { unit: "米" }), 1290.5],
    [date("d"), "2025-09-30"],
    [yes("y"), false],
    [choice("c", { a: "甲", b: "乙" }), "b"],
    [choices("cs", { a: "甲", b: "乙" }), ["a", "b"]],
    [hours("h"), "18:00-08:00"],
    [text("t"), null],
  ] as const;
  for (const [field, value] of fields) expect(readCell(field, writeCell(field, value))).toEqual(value);
});
