import { warnDays } from "#data/domain/light.ts";
import type { Database, Fragment, Sql, TransactionSql } from "#db/client.ts";
import type { AsOfRequest } from "../http/app-env.ts";
import { featuresAt, tasksAt } from "../list/source.ts";
import { type ComputedQuery, computedQueries, listQueries, progressQueries } from "./computed.ts";
import type { Report } from "./reported.ts";

/** The answer of one computed query; `late`, `open`, `again` only for lists of tasks. */
interface Computed {
  readonly value: number | null;
  readonly of: number | null;
  readonly late: number | null;
  readonly open: number | null;
  readonly again: number | null;
}

/** Tasks of a target, by layer and home town (null: across towns). */
export interface TaskGroup {
  readonly layer: string;
  readonly target: number;
  readonly town: string | null;
  readonly total: number;
  readonly late: number;
  /** Open and due within the days of 预警. */
  readonly soon: number;
  readonly open: number;
  readonly again: number;
}

export interface ProgrammeFacts {
  readonly known: number;
  readonly computed: ReadonlyMap<string, Computed>;
  readonly progress: ReadonlyMap<string, number>;
  readonly groups: readonly TaskGroup[];
  /** Layer and town of every layer that lies there: what a frozen list holds. */
  readonly listed: readonly { readonly layer: string; readonly town: string }[];
}

type AnySql = Sql | TransactionSql;

interface FactsRow {
  readonly known: number;
  readonly numbers: (Computed & { code: string })[] | null;
  readonly progress: { code: string; value: number | null }[] | null;
  readonly groups: TaskGroup[] | null;
  readonly listed: { layer: string; town: string }[] | null;
}

/** Everything the programme computes at one moment, in one statement. `only` narrows to some metrics' codes. */
export async function programmeFacts(
  db: Database,
  year: number,
  asOf: AsOfRequest,
  today: number,
  only?: readonly string[],
): Promise<ProgrammeFacts> {
  const row = await db.transaction(async (tx) => {
    // The planner takes a moment of history for a handful of rows and joins it row by row: 10 s instead of 0.1.
    await tx`set local enable_nestloop = off`;
    const [facts] = await tx<FactsRow[]>`${factsStatement(tx, year, asOf, today, only)}`;
    return facts;
  });
  return {
    known: row?.known ?? 0,
    computed: new Map((row?.numbers ?? []).map(({ code, ...numbersOf }) => [code, numbersOf])),
    progress: new Map(
      (row?.progress ?? []).flatMap(({ code, value }) => (value === null ? [] : [[code, value]])),
    ),
    groups: row?.groups ?? [],
    listed: row?.listed ?? [],
  };
}

function factsStatement(
  sql: AnySql,
  year: number,
  asOf: AsOfRequest,
  today: number,
  only?: readonly string[],
): Fragment {
  const day = sql`(date '1970-01-01' + ${today}::int)`;
  const wanted = (code: string) =>
    !only || only.includes(code) || only.includes(code.replace(/\.[a-z]$/, ""));
  const none = sql`null::numeric as late, null::numeric as open, null::numeric as again`;
  const pick = (queries: Readonly<Record<string, ComputedQuery>>, columns: Fragment) =>
    Object.entries(queries)
      .filter(([code]) => wanted(code))
      .map(
        ([code, query]) =>
          sql`select ${code}::text as code, q.value::numeric, ${columns} from (${query(sql, day)}) q`,
      );
  const numbers = union(sql, [
    ...pick(listQueries, sql`q.of::numeric, q.late, q.open, q.again`),
    ...pick(computedQueries, sql`q.of::numeric, ${none}`),
  ]);
  const progress = union(sql, pick(progressQueries, sql`null::numeric as of, ${none}`));
  return sql`
    with f as materialized (
      select s.id, l.id as layer, s.attrs, coalesce(s.duty, s.town) as home
      from (${featuresAt(sql, asOf)}) s join layer l on l.no = s.layer_no
    ), fallen as materialized (${closedBefore(sql, asOf)}), x as materialized (
      select f.*, t.target_id % 100 as target, t.state, t.due,
        t.state <> 'closed' and t.id in (select task_id from fallen) as again
      from f join (${tasksAt(sql, asOf)}) t on t.feature_id = f.id where t.target_id / 100 = ${year}::int
    )
    select (select seq from feed_head) as known,
      (select json_agg(n) from (${numbers}) n) as numbers,
      (select json_agg(p) from (${progress}) p) as progress,
      (select json_agg(g) from (
        select layer, target, home as town, count(*) as total,
          count(*) filter (where state <> 'closed' and due < ${day}) as late,
          count(*) filter (where state <> 'closed' and due between ${day} and ${day} + ${warnDays}::int) as soon,
          count(*) filter (where state <> 'closed') as open,
          count(*) filter (where again and due >= ${day}) as again
        from x group by layer, target, home) g) as groups,
      (select json_agg(h) from (select distinct layer, home as town from f where home is not null) h) as listed`;
}

const nothing = (sql: AnySql): Fragment =>
  sql`select null::text as code, null::numeric as value, null::numeric as of, null::numeric as late,
    null::numeric as open, null::numeric as again where false`;

const union = (sql: AnySql, queries: readonly Fragment[]): Fragment =>
  queries.reduce<Fragment>((all, query) => sql`${all} union all ${query}`, nothing(sql));

/** Tasks that were closed at some time before the moment, as is known. */
const closedBefore = (sql: AnySql, { at, known }: AsOfRequest): Fragment => sql`
  select task_id from task_version v where v.state = 'closed'
    and ${at === null ? sql`true` : sql`v.vfrom < ${at}`}
    and ${known === null ? sql`v.kto = 9223372036854775807` : sql`v.kfrom <= ${known} and v.kto > ${known}`}`;

/** Reports whose state held by the moment, as known; a later report of the same period replaces the earlier. */
export const reportsAt = (sql: Sql, { at, known }: AsOfRequest, now: Date) => sql<Report[]>`
  select metric, unit, period, value, of, at from metric_report r
  where r.at <= ${at ?? now} and ${
    known === null ? sql`r.kto = 9223372036854775807` : sql`r.kfrom <= ${known} and r.kto > ${known}`
  } order by metric, unit, period`;
