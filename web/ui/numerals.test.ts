import { expect, test } from "vitest";
import { numerals } from "./numerals.ts";

test.each([
  [0, "零"],
  [4, "四"],
  [10, "十"],
  [11, "十一"],
  [20, "二十"],
  [38, "三十八"],
  [619, "619"],
])("%i is %s", (value, text) => {
  expect(numerals(value)).toBe(text);
});
