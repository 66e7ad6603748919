import { dateOf, dayNumber } from "#data/domain/time.ts";

/** The year of the 截至 ruler as day numbers, first and last day included. */
export interface Year {
  readonly first: number;
  readonly last: number;
}
export const yearOf = (year: number): Year => ({
  first: dayNumber(`${year}-01-01`),
  last: dayNumber(`${year}-12-31`),
});

/** 0–1 along the ruler, the middle of the day. */
export const shareOf = (day: number, { first, last }: Year): number =>
  (day - first + 0.5) / (last - first + 1);

/** The day under a share of the ruler, never later than `latest`. */
export const dayAt = (share: number, { first, last }: Year, latest: number): number =>
  Math.max(first, Math.min(latest, last, first + Math.floor(share * (last - first + 1))));

export interface Bar {
  /** Shares of the ruler. */
  readonly from: number;
  readonly to: number;
  /** Square root of the share of the busiest: a day of import does not flatten the year. */
  readonly height: number;
}

/** Changes gathered into ten-day bars (旬), up to `latest`. */
export function densityBars(
  days: readonly { readonly day: string; readonly changes: number }[],
  year: Year,
  latest: number,
): Bar[] {
  const width = 10;
  const count = Math.ceil((Math.min(latest, year.last) - year.first + 1) / width);
  const sums = Array.from({ length: Math.max(count, 0) }, () => 0);
  for (const { day, changes } of days) {
    const i = Math.floor((dayNumber(day) - year.first) / width);
    if (i >= 0 && i < sums.length) sums[i]! += changes;
  }
  const most = Math.max(...sums, 1);
  const total = year.last - year.first + 1;
  return sums.map((sum, i) => ({
    from: (i * width) / total,
    to: Math.min((i + 1) * width, latest - year.first + 1) / total,
    height: Math.sqrt(sum / most),
  }));
}

/** Where a key leads: ←→ a day, with Shift a week, PageUp/Down a month, Home/End the ends. `null`: not ours. */
export function dayAfterKey(
  key: string,
  shift: boolean,
  day: number,
  year: Year,
  latest: number,
): number | null {
  const step = shift ? 7 : 1;
  const month = (by: number) => {
    const [y = 0, m = 1, d = 1] = dateOf(day).split("-").map(Number);
    const lastOfMonth = new Date(Date.UTC(y, m + by, 0)).getUTCDate();
    return Math.floor(Date.UTC(y, m - 1 + by, Math.min(d, lastOfMonth)) / 86_400_000);
  };
  const next = (): number | null => {
    if (key === "ArrowLeft" || key === "ArrowDown") return day - step;
    if (key === "ArrowRight" || key === "ArrowUp") return day + step;
    if (key === "PageUp" || key === "PageDown") return month(key === "PageUp" ? 1 : -1);
    if (key === "Home") return year.first;
    return key === "End" ? latest : null;
  };
  const wanted = next();
  return wanted === null ? null : Math.max(year.first, Math.min(latest, year.last, wanted));
}
