import { type LightCounts, lights, noLights } from "#data/domain/light.ts";
import type { ListRow } from "#data/domain/wire/list.ts";
import { shownNumber } from "#data/layers/define.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { type Filter, type Reading, readableHits } from "./filter.ts";

export const sortKeys = ["light", "due", "name", "town", "id"] as const;
export interface Page {
  /** Key, with `-` in front for the other direction. */
  readonly sort: { readonly key: (typeof sortKeys)[number]; readonly down: boolean };
  readonly limit: number;
  readonly offset: number;
}

interface StoredRow extends Omit<ListRow, "no" | "layer" | "target" | "at" | "deletion"> {
  readonly deletion?: NonNullable<ListRow["deletion"]> | null;
  readonly layerNo: number;
  readonly target: number | null;
  readonly point: { readonly coordinates: readonly [number, number] };
}

/** A page of what passes the filter, with the whole number and the lights of all of it. */
export async function listPage(sql: Sql, reading: Reading, filter: Filter, page: Page) {
  const [row] = await sql<{ known: number; counts: Partial<LightCounts> | null; rows: StoredRow[] | null }[]>`
    with hit as (
      select id, layer_no, name, pinyin, home, light, state, target_id, due, lead, progress, geom
      from (${readableHits(sql, reading, filter)}) s
    ), page as (
      select row_number() over (order by ${order(sql, page)}) as place, hit.* from hit
      order by place limit ${page.limit} offset ${page.offset}
    )
    select (select seq from feed_head) as known,
      (select json_object_agg(light, n) from (select light, count(*) as n from hit group by light) c) as counts,
      (select json_agg(json_build_object('id', id, 'layerNo', layer_no, 'name', name, 'town', home, 'light', light,
        'state', state, 'target', target_id % 100, 'due', due, 'lead', lead, 'progress', progress,
        'point', ST_AsGeoJSON(ST_PointOnSurface(geom), 6)::json, 'deletion', ${filter.deleted ? deletion(sql, reading) : sql`null`})
        order by place) from page) as rows`;
  const counts = { ...noLights(), ...row?.counts };
  return {
    known: row?.known ?? 0,
    total: lights.reduce((sum, light) => sum + counts[light], 0),
    lights: counts,
    rows: (row?.rows ?? []).map(toListRow),
  };
}

/** When, by which unit and why the page's row was deleted, as far as was known. */
const deletion = (sql: Sql, { asOf }: Reading): Fragment => sql`(
  select json_build_object('at', c.at, 'unit', u.name, 'reason', c.reason)
  from feature_version v join changeset c on c.seq = v.kfrom join unit u on u.id = c.unit
  where v.feature_id = page.id and v.op = 'delete' and v.kfrom <= ${asOf.known ?? Number.MAX_SAFE_INTEGER}
  order by v.kfrom desc limit 1)`;

function toListRow({ layerNo, point, deletion, ...row }: StoredRow): ListRow {
  const layer = layerByNo(layerNo);
  return {
    ...row,
    ...(deletion && { deletion: { ...deletion, at: new Date(deletion.at).toISOString() } }),
    no: layer ? shownNumber(layer, row.id) : String(row.id),
    layer: layer?.id ?? "",
    at: point.coordinates,
  };
}

function order(sql: Sql, { sort: { key, down } }: Page): Fragment {
  const way = down ? sql`desc` : sql`asc`;
  const keys = {
    light: sql`array_position(${[...lights]}::text[], light) ${way}, due nulls last, pinyin, id`,
    due: sql`due ${way} nulls last, pinyin, id`,
    name: sql`pinyin ${way}, id`,
    town: sql`home ${way} nulls last, pinyin, id`,
    id: sql`id ${way}`,
  };
  return keys[key];
}
