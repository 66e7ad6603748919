import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTsv, parseTsv } from "./tsv.ts";

test("cells of Excel: Chinese, tabs, line ends and quotes inside, a last row that is ended", () => {
  const text = '祥凝浜路\t"第一行\n第二行"\t"说""好"""\r\n空\t\t1,290\r\n';
  expect(parseTsv(text)).toEqual([
    ["祥凝浜路", "第一行\n第二行", '说"好"'],
    ["空", "", "1,290"],
  ]);
  expect(parseTsv("一格")).toEqual([["一格"]]);
  expect(parseTsv("")).toEqual([[""]]);
  expect(parseTsv("a\n\nb")).toEqual([["a"], [""], ["b"]]);
});

test("a quote that nobody closed is a quote", () => {
  expect(parseTsv('5" 管\t"未完\tb')).toEqual([['5" 管', '"未完', "b"]]);
  expect(parseTsv('"甲"乙\tb')).toEqual([['"甲"乙', "b"]]);
});

test("what is copied is read back as it was", () => {
  const cell = fc.string({ unit: fc.constantFrom("甲", '"', "\t", "\n", "a", " ", ",") });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const width = Math.max(...rows.map((row) => row.length));
      const square = rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]);
      expect(parseTsv(formatTsv(square))).toEqual(square);
    }),
  );
});
