import type { Light } from "#data/domain/light.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { crossTown, type Filter, hits, type Reading, readableHits } from "../list/filter.ts";
import { lightColumn, tasksAt } from "../list/source.ts";
import { type Judged, judge } from "./hide.ts";

export type SummaryKey = "town" | "target" | "layer";

/**
 * Features by key and light of the task that stands for them; by target every task counts under its own target. Points that
 * this reader may not see are counted by layer, target, town and light only: a box, a name, a unit or a due date would
 * find them one by one, so that with these only what may be seen is counted.
 */
export async function countCells(
  sql: Sql,
  reading: Reading,
  filter: Filter,
  by: SummaryKey,
): Promise<{ known: number; cells: Judged[] }> {
  const { bbox, q, due, lead, town, ...anywhere } = filter;
  const locates = [bbox, q, due, lead].some((condition) => condition !== undefined);
  const counted = locates ? readableHits(sql, reading, filter) : hits(sql, reading, anywhere);
  const rows =
    by === "target"
      ? taskRows(sql, reading, counted)
      : sql`select ${by === "town" ? homeOf(sql) : sql`s.layer_no::text`} as key, s.light, s.readable, s.layer_no,
          ${homeOf(sql)} as home from (${counted}) s`;
  const [row] = await sql<
    {
      known: number;
      cells:
        | { key: string; light: Light; readable: boolean; n: number; layerNo: number; home: string }[]
        | null;
    }[]
  >`
    select (select seq from feed_head) as known, (
      select json_agg(json_build_object('key', g.key, 'light', g.light, 'readable', g.readable, 'n', g.n,
        'layerNo', g.layer_no, 'home', g.home))
      from (select key, light, readable, layer_no, home, count(*) as n from (${rows}) c
        group by key, light, readable, layer_no, home) g
    ) as cells`;
  return {
    known: row?.known ?? 0,
    cells: judge(row?.cells ?? [], { byTown: by === "town", towns: town }),
  };
}

const homeOf = (sql: Sql): Fragment => sql`coalesce(s.home, ${crossTown})`;

const taskRows = (sql: Sql, reading: Reading, counted: Fragment): Fragment => sql`
  select (k.target_id % 100)::text as key, ${lightColumn(sql, sql`k`, reading.today)} as light, s.readable, s.layer_no,
    ${homeOf(sql)} as home
  from (${counted}) s join (${tasksAt(sql, reading.asOf)}) k on k.feature_id = s.id`;
