import { dayOfInstant } from "./time.ts";

/** One stretch of a day in minutes from midnight; `to` may pass 1440 when it crosses midnight. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const stretchForm = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/** `"18:00-08:00,12:00-13:30"` as stretches; `null` when the text is no opening time. */
export function parseHours(text: string): Stretch[] | null {
  const stretches = text.split(/[,，]/).map((part) => {
    const match = stretchForm.exec(part.trim());
    if (!match) return null;
    const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = match.slice(1).map(Number);
    if (h1 > 24 || h2 > 24 || m1 > 59 || m2 > 59) return null;
    const from = h1 * 60 + m1;
    const to = h2 * 60 + m2;
    return { from, to: to > from ? to : to + 1440 };
  });
  return stretches.every((s) => s !== null) ? stretches : null;
}

export interface WeekHours {
  /** 工作日 (Monday to Friday), 休息日; what is left out is closed. */
  readonly weekday?: string | null;
  readonly weekend?: string | null;
}

const shanghaiOffsetMin = 480;
/** 1970-01-01 was a Thursday. */
const isWeekend = (day: number) => [2, 3].includes(day % 7);

/**
 * 现在开放: is a shared car park open at `instant` (Asia/Shanghai)? A stretch that began yesterday and crosses midnight still counts.
 * `null` when nothing readable is recorded. Statutory holidays are not known here.
 */
export function openNow(hours: WeekHours, instant: Date): boolean | null {
  const day = dayOfInstant(instant);
  const minute = Math.floor(instant.getTime() / 60_000 + shanghaiOffsetMin) % 1440;
  const on = (d: number) => {
    const text = isWeekend(d) ? hours.weekend : hours.weekday;
    return text ? parseHours(text) : [];
  };
  if (!hours.weekday && !hours.weekend) return null;
  const today = on(day);
  const yesterday = on(day - 1);
  if (today === null || yesterday === null) return null;
  return (
    today.some((s) => minute >= s.from && minute < s.to) ||
    yesterday.some((s) => s.to > 1440 && minute < s.to - 1440)
  );
}
