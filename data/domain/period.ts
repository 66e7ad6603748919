import { dateOf, dayNumber } from "./time.ts";

/** Days of a reporting period: `2025`, `2025-09`, `2025-Q3`, `2025-W31` (ISO week) or a day. Day numbers, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Throws RangeError on any other text. */
export function spanOf(period: string): Span {
  const [, year = "", rest = ""] = /^(\d{4})(?:-(.+))?$/.exec(period) ?? [];
  if (rest === "" && year !== "") return { from: dayNumber(`${year}-01-01`), to: dayNumber(`${year}-12-31`) };
  const quarter = /^Q([1-4])$/.exec(rest);
  if (quarter) {
    const first = Number(quarter[1]) * 3 - 2;
    return { from: monthStart(Number(year), first), to: monthStart(Number(year), first + 3) - 1 };
  }
  const week = /^W(0[1-9]|[1-4]\d|5[0-3])$/.exec(rest);
  if (week) {
    const from = firstMonday(Number(year)) + (Number(week[1]) - 1) * 7;
    return { from, to: from + 6 };
  }
  if (/^(0[1-9]|1[0-2])$/.test(rest))
    return {
      from: monthStart(Number(year), Number(rest)),
      to: monthStart(Number(year), Number(rest) + 1) - 1,
    };
  const day = dayNumber(period);
  return { from: day, to: day };
}

const monthStart = (year: number, month: number): number =>
  dayNumber(`${year + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, "0")}-01`);

/** Monday of ISO week 1: the week that holds 4 January. */
function firstMonday(year: number): number {
  const fourth = dayNumber(`${year}-01-04`);
  return fourth - weekday(fourth);
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

export type PeriodKind = "week" | "month" | "quarter" | "year";

/** The period of that kind that holds a day. */
export function periodOf(kind: PeriodKind, day: number): string {
  const date = dateOf(day);
  const year = Number(date.slice(0, 4));
  if (kind === "year") return date.slice(0, 4);
  if (kind === "month") return date.slice(0, 7);
  if (kind === "quarter") return `${year}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
  const monday = day - weekday(day);
  // A week belongs to the year of its Thursday.
  const weekYear = Number(dateOf(monday + 3).slice(0, 4));
  return `${weekYear}-W${String((monday - firstMonday(weekYear)) / 7 + 1).padStart(2, "0")}`;
}

/** Periods of a kind from the one holding `from` to the one holding `to`. */
export function periodsBetween(kind: PeriodKind, from: number, to: number): string[] {
  const periods: string[] = [];
  for (let day = from; day <= to; ) {
    const period = periodOf(kind, day);
    periods.push(period);
    day = spanOf(period).to + 1;
  }
  return periods;
}
