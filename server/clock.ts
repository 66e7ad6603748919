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
 * Ticks from nine in the morning of `date`: a demo opens on the same day whenever it is started.
 * `realNow` is in milliseconds.
 */
export function demoClock(date: string, realNow: () => number = Date.now): ProductClock {
  const start = instantOn(date, 9).getTime();
  const began = realNow();
  return clockOf(() => new Date(start + (realNow() - began)));
}
