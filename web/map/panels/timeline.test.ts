import { expect, test } from "vitest";
import { dateOf, dayNumber } from "#data/domain/time.ts";
import { dayAfterKey, dayAt, densityBars, shareOf, yearOf } from "./timeline.ts";

const year = yearOf(2025);
const today = dayNumber("2025-09-15");

test("a place on the ruler is a day, and the future cannot be looked at", () => {
  const june = dayNumber("2025-06-30");
  expect(dateOf(dayAt(shareOf(june, year), year, today))).toBe("2025-06-30");
  expect(dateOf(dayAt(0.99, year, today))).toBe("2025-09-15");
  expect(dateOf(dayAt(-1, year, today))).toBe("2025-01-01");
});

test("arrows move a day, with shift a week, pages a month, Home and End the ends", () => {
  const day = dayNumber("2025-03-31");
  const after = (key: string, shift = false) => dateOf(dayAfterKey(key, shift, day, year, today)!);
  expect(after("ArrowLeft")).toBe("2025-03-30");
  expect(after("ArrowRight", true)).toBe("2025-04-07");
  expect(after("PageDown")).toBe("2025-02-28");
  expect(after("PageUp")).toBe("2025-04-30");
  expect(after("Home")).toBe("2025-01-01");
  expect(after("End")).toBe("2025-09-15");
  expect(dayAfterKey("a", false, day, year, today)).toBeNull();
});

test("bars end today, and a quiet stretch has none", () => {
  const bars = densityBars(
    [
      { day: "2025-01-01", changes: 100 },
      { day: "2025-09-15", changes: 25 },
    ],
    year,
    today,
  );
  expect(bars).toHaveLength(26);
  expect(bars[0]!.height).toBe(1);
  expect(bars[1]!.height).toBe(0);
  expect(bars.at(-1)!.height).toBe(0.5);
  expect(bars.at(-1)!.to).toBeCloseTo(258 / 365, 6);
});
