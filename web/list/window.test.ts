import { expect, test } from "vitest";
import { scrollToRow, visibleRows } from "./window.ts";

test("only the rows seen and a few around them are built", () => {
  expect(visibleRows(3600, 360, 36, 1000, 5)).toEqual({ from: 95, to: 115 });
  expect(visibleRows(0, 360, 36, 3)).toEqual({ from: 0, to: 3 });
  expect(visibleRows(9999, 360, 36, 3)).toEqual({ from: 3, to: 3 });
});

test("a row out of sight is scrolled just into it, one in sight stays", () => {
  expect(scrollToRow(0, 100, 360, 36)).toBe(0);
  expect(scrollToRow(20, 0, 360, 36)).toBe(396);
  expect(scrollToRow(5, 100, 360, 36)).toBe(100);
});
