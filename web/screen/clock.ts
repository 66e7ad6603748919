const parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  weekday: "long",
  hourCycle: "h23",
});

export interface ShanghaiTime {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  /** 星期一 */
  readonly weekday: string;
  /** 10:42 */
  readonly time: string;
}

/** An instant as the wall writes it. */
export function shanghaiTime(instant: Date): ShanghaiTime {
  const found = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    year: Number(found.year),
    month: Number(found.month),
    date: Number(found.day),
    weekday: found.weekday ?? "",
    time: `${found.hour}:${found.minute}`,
  };
}

/** The product's clock was at `at` (ISO) when this machine's said `seen` (ms): it ticks on from there. */
export interface Anchor {
  readonly at: string;
  readonly seen: number;
}

/** The product's instant at this machine's `now` (ms). */
export const productNow = ({ at, seen }: Anchor, now: number): Date =>
  new Date(Date.parse(at) + (now - seen));

/** Without an anchor yet: the product's day with this machine's hour. */
export const anchorOfDay = (today: string, now: number): Anchor => {
  const hour = new Date(now + 8 * 3_600_000).toISOString().slice(10, 23);
  return { at: new Date(`${today}${hour}+08:00`).toISOString(), seen: now };
};

/** Ms until the next full minute of the product's clock. */
export const untilNextMinute = (instant: Date): number => 60_000 - (instant.getTime() % 60_000);
