import { expect, test } from "vitest";
import { area, dayInSentence, daysText, length, moment, number, percent } from "./format.ts";

test("numbers have a thousands comma and a real minus", () => {
  expect(number(1290)).toBe("1,290");
  expect(number(-28)).toBe("−28");
  expect(percent(69.04)).toBe("69%");
  expect(percent(91.92)).toBe("91.9%");
});

test("areas say hectares and mu, lengths metres and kilometres", () => {
  expect(area(106_800)).toBe("10.68\u2009公顷（160.2\u2009亩）");
  expect(area(62_480_000)).toContain("62.48\u2009平方千米");
  expect(length(860)).toBe("860\u2009米");
  expect(length(2350)).toBe("2.35\u2009千米");
});

test("days and moments are told as people say them", () => {
  expect(daysText(-77)).toBe("逾期 77 天");
  expect(daysText(15)).toBe("剩 15 天");
  expect(dayInSentence("2025-09-05")).toBe("9 月 5 日");
  expect(moment("2025-09-15T00:30:00Z")).toBe("2025-09-15 08:30");
});
