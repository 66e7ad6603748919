import { dateOf, dayOfInstant, instantOn } from "#data/domain/time.ts";

/** The product's clock. Sessions, lock-out and rate limits do not use it: they run on the real one. */
export interface ProductClock {
  now(): Date;
  /** Day number in Asia/Shanghai: what lights are computed for. */
  today(): number;
}

/** `YYYY-MM-DD` of the clock's day. */
export const todayOf = (clock: ProductClock): string => dateOf(clock.today());

const clockOf = (now: () => Date): ProductClock => ({ now, today: () => dayOfInstant(now()) });

export const realClock: ProductClock = clockOf(() => new Date());

/**
 * Ticks from nine in the morning of `date`: a demo opens on the same day whenever it is started. What was recorded later
 * than that (`lastRecorded`) moves the start, because this clock never runs backwards. `realNow` is in milliseconds.
 */
export function demoClock(
  date: string,
  lastRecorded: Date = new Date(0),
  realNow: () => number = Date.now,
): ProductClock {
  const start = Math.max(instantOn(date, 9).getTime(), lastRecorded.getTime());
  const began = realNow();
  return clockOf(() => new Date(start + (realNow() - began)));
}
