import type { Context, MiddlewareHandler } from "hono";
import { dateOf, dayOfInstant, parseAt } from "#data/domain/time.ts";
import type { AsOf } from "#data/domain/wire/as-of.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv, AsOfRequest } from "./app-env.ts";
import { Problem } from "./problem.ts";

/**
 * Reads `?at=&known=` of every read into `c.var.asOf` and `c.var.today`.
 * `at`: a date (end of that day in Shanghai) or an instant; `known`: a changeset number, a date or an instant.
 * The future, or `at` after the time of `known`, is 400. `known` alone means: as it was when that was recorded.
 */
export const readAsOf =
  (deps: Deps): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const asOf = await resolve(deps, c.req.query("at"), c.req.query("known"));
    c.set("asOf", asOf);
    c.set("today", asOf.at ? dayOfInstant(asOf.at) : deps.clock.today());
    await next();
  };

/** The head of an answer: what was asked, and the number it was read under. */
export const asOfHead = (c: Context<AppEnv>, known: number): AsOf => ({
  at: c.var.asOf.at?.toISOString() ?? null,
  known,
  today: dateOf(c.var.today),
});

async function resolve(deps: Deps, at = "", known = ""): Promise<AsOfRequest> {
  if (at === "" && known === "") return { at: null, known: null };
  const asked = at === "" ? null : momentOf(deps, "at", at);
  if (known === "") return { at: asked, known: null };
  const record = await recordOf(deps, known);
  if (asked && asked > record.at && !isSameDay(asked, record.at))
    throw wrong("at", "晚于 known 那一刻：记录里不会有以后的事。请把 at 改早，或把 known 改晚。");
  return { at: asked && asked < record.at ? asked : record.at, known: record.seq };
}

const isSameDay = (a: Date, b: Date): boolean => dayOfInstant(a) === dayOfInstant(b);

/** The end of the running day has not come yet: it means now. */
function momentOf(deps: Deps, name: string, text: string): Date {
  const moment = parseAt(text);
  if (!moment)
    throw wrong(name, "应为日期（2025-06-30，指当天结束）或带时区的时间（2025-06-30T12:00:00+08:00）");
  const now = deps.clock.now();
  if (moment <= now) return moment;
  if (dayOfInstant(moment) === dayOfInstant(now)) return now;
  throw wrong(name, `在今天（${dateOf(dayOfInstant(now))}）之后，将来还没有记录；请改成今天或更早`);
}

async function recordOf(deps: Deps, known: string): Promise<{ seq: number; at: Date }> {
  if (/^\d{1,15}$/.test(known)) {
    const [row] = await deps.db.sql<{ seq: number; at: Date }[]>`
      select seq, at from changeset where seq = ${Number(known)}`;
    if (!row) throw wrong("known", "没有这个变更编号；请用 feed 里见过的编号，或写日期");
    return row;
  }
  const moment = momentOf(deps, "known", known);
  const [row] = await deps.db.sql<{ seq: number; at: Date }[]>`
    select seq, ${moment}::timestamptz as at from changeset where at <= ${moment} order by seq desc limit 1`;
  if (!row) throw wrong("known", "那时还没有任何记录；请改成更晚的日期");
  return row;
}

const wrong = (at: string, message: string): Problem =>
  new Problem("bad-query", { detail: `参数 ${at}：${message}。`, errors: [{ at, message }] });
