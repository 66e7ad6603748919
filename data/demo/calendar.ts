import type { TownCode } from "../domain/programme.ts";
import { dateOf, dayNumber } from "../domain/time.ts";
import { towns } from "../programme/towns.ts";
import type { Chance } from "./random.ts";

/** Last day of the story, which is the product's today. */
export const lastDay = "2025-09-15";

/** Monday 1 … Sunday 7. */
const weekdayOf = (day: number) => ((day + 3) % 7) + 1;

/** 国定假日 on weekdays inside the story: nobody records anything then. */
const holidays = new Set(
  ["2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-02-03", "2025-02-04", "2025-04-04"]
    .concat(["2025-05-01", "2025-05-02", "2025-05-05", "2025-06-02"])
    .map(dayNumber),
);
const works = (day: number) => weekdayOf(day) <= 5 && !holidays.has(day);

/** Each town files on one weekday, so that every working day has some town's changeset and none has all. */
const fileDay = (town: TownCode) => (towns.findIndex(({ code }) => code === town) % 5) + 1;

/** Days in [from, to] on which the town files. */
export function filingDays(town: TownCode, from: string, to: string): string[] {
  return daysOn(fileDay(town), from, to);
}

/** Working days with this weekday in [from, to]; holidays are left out. */
export function daysOn(weekday: number, from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = dayNumber(from); day <= dayNumber(to); day++)
    if (weekdayOf(day) === weekday && works(day)) days.push(dateOf(day));
  return days;
}

export const plusDays = (date: string, days: number): string => dateOf(dayNumber(date) + days);

export const randomDay = (chance: Chance, from: string, to: string): string =>
  dateOf(chance.whole(dayNumber(from), dayNumber(to)));

/** The town's filing day on or after `date`, not later than `limit` (then the last one before it). */
export function nextFiling(town: TownCode, date: string, limit: string): string {
  const ahead = filingDays(town, date, limit)[0];
  const behind = filingDays(town, plusDays(limit, -21), limit).at(-1);
  if (ahead ?? behind) return (ahead ?? behind) as string;
  throw new RangeError(`${town} files on no day up to ${limit}`);
}

/** Last day counted for March … September; September ends with the story. */
export const monthEnds = [
  "2025-03-31",
  "2025-04-30",
  "2025-05-31",
  "2025-06-30",
  "2025-07-31",
  "2025-08-31",
  "2025-09-12",
];
