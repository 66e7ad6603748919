import type { Light } from "#data/domain/light.ts";
import type { TaskState } from "#data/domain/task.ts";
import type { Sql } from "#db/client.ts";
import { type Filter, type Reading, readableHits } from "../list/filter.ts";
import type { Extent } from "./documents.ts";

export interface Item {
  readonly id: number;
  readonly layerNo: number;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly geometry: GeoJSON.Geometry;
  readonly town: string | null;
  readonly version: number;
  readonly light: Light;
  readonly state: TaskState | null;
  readonly target: number | null;
  readonly due: string | null;
  readonly lead: string | null;
  readonly progress: number | null;
}

/** One page by id, and how many there are in all, from one snapshot. */
export async function itemsPage(
  sql: Sql,
  reading: Reading,
  filter: Filter,
  limit: number,
  offset: number,
): Promise<{ matched: number; items: Item[] }> {
  const [row] = await sql<{ matched: number; items: Item[] | null }[]>`
    with hit as (select * from (${readableHits(sql, reading, filter)}) s),
    page as (select * from hit order by id limit ${limit} offset ${offset})
    select (select count(*) from hit) as matched,
      (select json_agg(json_build_object('id', id, 'layerNo', layer_no, 'attrs', attrs, 'town', home, 'version', version,
        'light', light, 'state', state, 'target', target_id % 100, 'due', due, 'lead', lead, 'progress', progress,
        'geometry', ST_AsGeoJSON(geom, 9)::json) order by id) from page) as items`;
  return { matched: row?.matched ?? 0, items: row?.items ?? [] };
}

/** Boxes of what this reader may see, by layer number. */
export async function layerExtents(sql: Sql, reading: Reading, filter: Filter): Promise<Map<number, Extent>> {
  const rows = await sql<{ no: number; w: number; s: number; e: number; n: number }[]>`
    select layer_no as no, ST_XMin(b) as w, ST_YMin(b) as s, ST_XMax(b) as e, ST_YMax(b) as n
    from (select layer_no, ST_Extent(geom) as b from (${readableHits(sql, reading, filter)}) h group by layer_no) x`;
  return new Map(rows.map(({ no, w, s, e, n }) => [no, [w, s, e, n]]));
}
