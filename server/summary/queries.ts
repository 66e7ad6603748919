import type { Light } from "#data/domain/light.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { crossTown, type Filter, hits, type Reading } from "../list/filter.ts";
import { lightColumn, tasksAt } from "../list/source.ts";
import type { Cell } from "./hide.ts";

export type SummaryKey = "town" | "target" | "layer";

/**
 * Features by key and light of the task that stands for them; by target every task counts under its own target.
 * `layerNo` lets restricted layers be told apart from the rest before small cells are judged.
 */
export async function countCells(
  sql: Sql,
  reading: Reading,
  filter: Filter,
  by: SummaryKey,
): Promise<{ known: number; cells: (Cell & { layerNo: number })[] }> {
  const rows = by === "target" ? taskRows(sql, reading, filter) : featureRows(sql, reading, filter, by);
  const [row] = await sql<
    {
      known: number;
      cells: { key: string; light: Light; readable: boolean; n: number; layerNo: number }[] | null;
    }[]
  >`
    select (select seq from feed_head) as known, (
      select json_agg(json_build_object('key', g.key, 'light', g.light, 'readable', g.readable, 'n', g.n, 'layerNo', g.layer_no))
      from (select key, light, readable, layer_no, count(*) as n from (${rows}) c group by key, light, readable, layer_no) g
    ) as cells`;
  return { known: row?.known ?? 0, cells: row?.cells ?? [] };
}

function featureRows(sql: Sql, reading: Reading, filter: Filter, by: "town" | "layer"): Fragment {
  const key = by === "town" ? sql`coalesce(s.home, ${crossTown})` : sql`s.layer_no::text`;
  return sql`select ${key} as key, s.light, s.readable, s.layer_no from (${hits(sql, reading, filter)}) s`;
}

const taskRows = (sql: Sql, reading: Reading, filter: Filter): Fragment => sql`
  select (k.target_id % 100)::text as key, ${lightColumn(sql, sql`k`, reading.today)} as light, s.readable, s.layer_no
  from (${hits(sql, reading, filter)}) s join (${tasksAt(sql, reading.asOf)}) k on k.feature_id = s.id`;
