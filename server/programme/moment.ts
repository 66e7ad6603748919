import type { Metric, Programme } from "#data/domain/programme.ts";
import { dayNumber, dayOfInstant, endOfDay } from "#data/domain/time.ts";
import type { Database } from "#db/client.ts";
import type { AsOfRequest } from "../http/app-env.ts";
import { programmeFacts, reportsAt } from "./facts.ts";
import { type Moment, pastDueDays } from "./judge.ts";

/** Numbers of the programme as of `asOf`, and those of the due days that have passed, all as known then. */
export async function momentOf(
  db: Database,
  programme: Programme,
  asOf: AsOfRequest,
  today: number,
  now: Date,
): Promise<Moment> {
  const moment = await plainMoment(db, programme.year, asOf, today, now);
  const atDue = new Map<string, Moment>();
  for (const [date, codes] of pastDueDays(programme.metrics, today)) {
    const then = { at: endOfDay(date), known: asOf.known };
    const due = await plainMoment(db, programme.year, then, dayNumber(date), now, codes);
    for (const code of codes) atDue.set(code, due);
  }
  return { ...moment, atDue };
}

/** The same metric at the end of each month of the year that has begun, the running one as of now. */
export async function monthsOfMetric(
  db: Database,
  programme: Programme,
  metric: Metric,
  asOf: AsOfRequest,
  now: Date,
): Promise<{ month: string; moment: Moment }[]> {
  const until = asOf.at ?? now;
  const months: { month: string; moment: Moment }[] = [];
  for (let no = 1; no <= 12; no++) {
    const month = `${programme.year}-${String(no).padStart(2, "0")}`;
    if (dayOfInstant(until) < dayNumber(`${month}-01`)) break;
    const end = endOfDay(lastDay(programme.year, no));
    const then = { at: end < until ? end : asOf.at, known: asOf.known };
    const today = dayOfInstant(then.at ?? now);
    months.push({ month, moment: await plainMoment(db, programme.year, then, today, now, [metric.code]) });
  }
  return months;
}

const lastDay = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

async function plainMoment(
  db: Database,
  year: number,
  asOf: AsOfRequest,
  today: number,
  now: Date,
  only?: readonly string[],
): Promise<Moment> {
  const facts = await programmeFacts(db, year, asOf, today, only);
  return { year, today, facts, reports: await reportsAt(db.sql, asOf, now) };
}
