import type { Light } from "#data/domain/light.ts";
import type { Sql } from "#db/client.ts";
import { type Reading, readableHits } from "../list/filter.ts";

export interface FoundFeature {
  readonly id: number;
  readonly layerNo: number;
  readonly name: string;
  readonly home: string | null;
  readonly light: Light;
  readonly point: { readonly coordinates: readonly [number, number] };
}

const mostFeatures = 20;

/** Features by name, pinyin initials or outside number: whole before beginning before middle, then what needs work first. */
export const featuresByText = (sql: Sql, reading: Reading, text: string) => sql<FoundFeature[]>`
  select h.id, h.layer_no as "layerNo", h.name, h.home, h.light, ST_AsGeoJSON(ST_PointOnSurface(h.geom), 6)::json as point
  from (${readableHits(sql, reading, { q: text })}) h
  order by (h.name = ${text}) desc, starts_with(h.name, ${text}) desc,
    starts_with(coalesce(h.pinyin, ''), ${text.toLowerCase()}) desc,
    array_position(array['late','warn','normal','none','done'], h.light), h.pinyin, h.id
  limit ${mostFeatures}`;

/** The feature of a shown number: its layer's prefix and its id. */
export const featureByNumber = (sql: Sql, reading: Reading, layer: string, id: number) => sql<FoundFeature[]>`
  select h.id, h.layer_no as "layerNo", h.name, h.home, h.light, ST_AsGeoJSON(ST_PointOnSurface(h.geom), 6)::json as point
  from (${readableHits(sql, reading, { layers: [layer], id })}) h`;

/** Boxes of towns now, by code. */
export const townBoxes = (sql: Sql, at: Date) => sql<
  { code: string; w: number; s: number; e: number; n: number }[]
>`
  select code, ST_XMin(geom) as w, ST_YMin(geom) as s, ST_XMax(geom) as e, ST_YMax(geom) as n
  from town_border where vfrom <= ${at} and ${at} < vto order by code`;
