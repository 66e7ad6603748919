/** Two time axes (core design §1): `at` = when it was so, `known` = recorded by then. All days are Asia/Shanghai (UTC+8, no summer time). */
const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** Day number (days since 1970-01-01) of a date `YYYY-MM-DD`. Throws RangeError on anything else. */
export function dayNumber(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date)
    throw new RangeError(`not a date: ${date}`);
  return ms / dayMs;
}

/** `YYYY-MM-DD` of a day number. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The calendar day in Shanghai of an instant. */
export const dayOfInstant = (instant: Date): number =>
  Math.floor((instant.getTime() + shanghaiOffsetMs) / dayMs);

/** The last microsecond-safe instant of a Shanghai day, as ISO: what `at=2025-06-30` means. */
export const endOfDay = (date: string): Date =>
  new Date((dayNumber(date) + 1) * dayMs - shanghaiOffsetMs - 1);

/** Noon in Shanghai of a day, where the demo puts things whose hour is not told. */
export const instantOn = (date: string, hour = 12, minute = 0): Date =>
  new Date(dayNumber(date) * dayMs - shanghaiOffsetMs + (hour * 60 + minute) * 60_000);

/** Accepts a date (= end of that day) or a full ISO instant with zone, from 1900 on. `null` when it is neither. */
export function parseAt(text: string): Date | null {
  if (text < "1900") return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return endOfDay(text);
    } catch {
      return null;
    }
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}
