import { describe, expect, it } from "vitest";
import { periodOf, periodsBetween, spanOf } from "./period.ts";
import { dateOf, dayNumber } from "./time.ts";

const dates = (period: string) => [dateOf(spanOf(period).from), dateOf(spanOf(period).to)];

describe("reporting periods", () => {
  it("are years, quarters, months, ISO weeks and days", () => {
    expect(dates("2025")).toEqual(["2025-01-01", "2025-12-31"]);
    expect(dates("2025-Q3")).toEqual(["2025-07-01", "2025-09-30"]);
    expect(dates("2025-12")).toEqual(["2025-12-01", "2025-12-31"]);
    expect(dates("2025-W31")).toEqual(["2025-07-28", "2025-08-03"]);
    expect(dates("2025-09-15")).toEqual(["2025-09-15", "2025-09-15"]);
  });

  it("refuse anything else", () => {
    for (const text of ["2025-13", "2025-Q5", "", "九月", "2025-02-30"]) expect(() => spanOf(text)).toThrow();
  });

  it("hold the days they are made of, over the turn of the year too", () => {
    for (const date of ["2024-12-30", "2025-01-01", "2025-09-15", "2026-01-01", "2027-01-03"])
      for (const kind of ["week", "month", "quarter", "year"] as const) {
        const { from, to } = spanOf(periodOf(kind, dayNumber(date)));
        expect(from <= dayNumber(date) && dayNumber(date) <= to).toBe(true);
      }
    expect(periodOf("week", dayNumber("2024-12-30"))).toBe("2025-W01");
  });

  it("follow one another without a gap", () => {
    expect(periodsBetween("month", dayNumber("2025-03-18"), dayNumber("2025-06-01"))).toEqual([
      "2025-03",
      "2025-04",
      "2025-05",
      "2025-06",
    ]);
    expect(periodsBetween("week", dayNumber("2025-03-18"), dayNumber("2025-09-15"))).toHaveLength(27);
  });
});
