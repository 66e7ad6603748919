import { taskStates } from "#data/domain/task.ts";
import type { PointRow } from "#data/domain/wire/list.ts";
import { layers } from "#data/layers/registry.ts";
import type { Sql } from "#db/client.ts";
import { type Filter, type Reading, readableHits } from "./filter.ts";

const pointLayers = layers.filter((layer) => layer.geometry === "Point").map((layer) => layer.no);

/** Every readable point of the filter, column-wise: what the page clusters below the zoom at which tiles take over. */
export async function pointRows(sql: Sql, reading: Reading, filter: Filter) {
  const [row] = await sql<{ known: number; rows: PointRow[] | null }[]>`
    select (select seq from feed_head) as known, (
      select json_agg(json_build_array(h.id, h.layer_no, round(ST_X(p.at)::numeric, 6), round(ST_Y(p.at)::numeric, 6),
        coalesce(array_position(${[...taskStates]}::text[], h.state) - 1, -1),
        h.due_day, h.home, h.target_id % 100, h.name) order by h.id)
      from (${readableHits(sql, reading, filter)}) h cross join lateral (select ST_PointOnSurface(h.geom) as at) p
      where h.layer_no = any(${pointLayers}::smallint[])) as rows`;
  return { known: row?.known ?? 0, rows: row?.rows ?? [] };
}
