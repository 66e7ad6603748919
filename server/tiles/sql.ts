import type { LayerDef } from "#data/layers/define.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { leadingTask } from "../list/source.ts";
import { type Box, drawnBox, type TileAddress, tileBox, tileBuffer, tileExtent } from "./grid.ts";

/** Below this zoom a tile with more than `mostFeatures` sends counts in a grid instead of features. */
const gridBelowZoom = 12;
const mostFeatures = 5_000;
const cells = 64;

/** One request for a tile: the rows it is made from are fragments, so that the past and rights are the caller's. */
export interface TileQuestion {
  readonly layer: LayerDef;
  readonly tile: TileAddress;
  /** Rows (id, layer_no, attrs, geom, town, name) of the moment, see source.ts. */
  readonly features: Fragment;
  readonly tasks: Fragment;
  /** What this reader may see, over alias `f`. */
  readonly readable: Fragment;
}

export interface EncodedTile {
  readonly k: number;
  readonly tile: Buffer | null;
}
export interface RawTile {
  readonly k: number;
  readonly features: GeoJSON.Feature[] | null;
}

/** The tile as bytes made by PostGIS, with the head of the feed of the same snapshot. */
export function encodedTile(sql: Sql, question: TileQuestion): Fragment {
  const { layer, tile } = question;
  const mercator = sql`ST_TileEnvelope(${tile.z}::int, ${tile.x}::int, ${tile.y}::int)`;
  const shape = (geom: Fragment) =>
    sql`ST_AsMVTGeom(ST_Transform(${geom}, 3857), ${mercator}, ${tileExtent}::int, ${tileBuffer}::int, true)`;
  // What is too thin to keep its dimension in the grid of the tile is sent as a point, not lost.
  const drawn =
    layer.geometry === "Point"
      ? shape(sql`r.geom`)
      : sql`coalesce(${shape(sql`r.geom`)}, ${shape(sql`ST_PointOnSurface(r.geom)`)})`;
  const asMvt = (rows: Fragment) => sql`(
    select ST_AsMVT(q, ${layer.id}::text, ${tileExtent}::int, 'geom', 'id')
    from (select r.id, ${drawn} as geom, r.properties from (${rows}) r order by r.id, ST_Dimension(r.geom) desc) q where q.geom is not null)`;
  return answer(sql, question, sql`tile`, asMvt);
}

/** The same rows as GeoJSON, for the encoder in this process. */
export function rawTile(sql: Sql, question: TileQuestion): Fragment {
  const asJson = (rows: Fragment) => sql`(
    select json_agg(json_build_object('type', 'Feature', 'id', r.id, 'geometry', ST_AsGeoJSON(r.geom, 9)::json,
      'properties', r.properties) order by r.id, ST_Dimension(r.geom) desc)
    from (${rows}) r)`;
  return answer(sql, question, sql`features`, asJson);
}

function answer(
  sql: Sql,
  question: TileQuestion,
  column: Fragment,
  encode: (rows: Fragment) => Fragment,
): Fragment {
  const points = encode(featureRows(sql, question));
  const body =
    question.tile.z >= gridBelowZoom
      ? points
      : sql`case when (select count(*) from hit) > ${mostFeatures} then ${encode(gridRows(sql, question))} else ${points} end`;
  const { features, layer, readable, tile } = question;
  return sql`
    with hit as (
      select f.id, f.attrs, ${seen(sql, question)} as geom, f.town, f.name from (${features}) f
      where f.layer_no = ${layer.no} and f.geom && ${envelope(sql, drawnBox(tile))} and ${readable}
    )
    select (select seq from feed_head) as k, ${body} as ${column}`;
}

/** From so many vertices on a shape is drawn without those that nobody could see. */
const manyVertices = 1_000;
/** Of half a px, where a tile is 512 px wide. */
const unseen = 1 / 1024;

/**
 * In the deepest tiles 10,000 vertices 30 cm apart become stairs of the tile's grid, more corners than the map can draw in one
 * piece, and everywhere they are sent for nothing. Others stay as they are stored.
 */
function seen(sql: Sql, { layer, tile }: TileQuestion): Fragment {
  if (layer.geometry === "Point") return sql`f.geom`;
  const [w, , e] = tileBox(tile);
  return sql`case when ST_NPoints(f.geom) < ${manyVertices} then f.geom
    else ST_SimplifyPreserveTopology(f.geom, ${(e - w) * unseen}::float8) end`;
}

const envelope = (sql: Sql, [w, s, e, n]: Box): Fragment =>
  sql`ST_MakeEnvelope(${w}::float8, ${s}::float8, ${e}::float8, ${n}::float8, 4326)`;

/**
 * Layers whose style needs no more than the name, state and due day have no `tile` fields. A tile cuts an area or a line,
 * and a mark in every piece would repeat it: they come (`centre: 1`) with a point of the same id and properties at the inner
 * centre of the area or half-way along the line, in the one tile that holds it.
 */
function featureRows(sql: Sql, { layer, tasks, tile }: TileQuestion): Fragment {
  const own = Object.entries(layer.fields)
    .filter(([, field]) => field.tile)
    .map(([id]) => sql`, ${id}::text, h.attrs -> ${id}`);
  const isCut = layer.geometry !== "Point";
  const rows = sql`
    select h.id, h.geom, jsonb_strip_nulls(jsonb_build_object(
      'name', h.name, 'town', h.town, 'st', t.code, 'due', t.due_day, 'tg', t.target_id % 100, 'n', t.tasks,
      'centre', ${isCut ? 1 : null}::int ${joined(sql, own)}
    )) as properties
    from hit h left join lateral (${leadingTask(sql, tasks, sql`h.id`)}) t on true`;
  if (!isCut) return rows;
  const centre = layer.geometry === "Polygon" ? sql`ST_PointOnSurface(a.geom)` : halfWay(sql);
  const [w, s, e, n] = tileBox(tile);
  return sql`
    select a.id, p.geom, a.properties from (${rows}) a cross join lateral (
      select a.geom union all
      select c.geom from (select ${centre} as geom) c
      where ST_X(c.geom) >= ${w} and ST_X(c.geom) < ${e} and ST_Y(c.geom) >= ${s} and ST_Y(c.geom) < ${n}) p`;
}

/** Of the longest part, when a line has several. */
const halfWay = (sql: Sql): Fragment => sql`(
  select ST_LineInterpolatePoint(d.geom, 0.5) from ST_Dump(a.geom) d order by ST_Length(d.geom) desc, d.path limit 1)`;

/**
 * One point a cell and state, at the mean place of what it counts; `due` is the earliest of those still open.
 * Only what lies in the tile itself is counted, so that neighbours do not count it twice.
 */
function gridRows(sql: Sql, { tile, tasks }: TileQuestion): Fragment {
  const [w, s, e, n] = tileBox(tile);
  return sql`
    select (c.cy * ${cells} + c.cx) * 8 + coalesce(c.code + 1, 0) as id,
      ST_SetSRID(ST_MakePoint(avg(c.px), avg(c.py)), 4326) as geom,
      jsonb_strip_nulls(jsonb_build_object('count', count(*), 'st', c.code, 'due', min(c.due_day))) as properties
    from (
      select p.px, p.py, t.code, t.due_day,
        floor((p.px - ${w}) / ${(e - w) / cells})::int as cx, floor((p.py - ${s}) / ${(n - s) / cells})::int as cy
      from (select h.id, ST_X(ST_Centroid(h.geom)) as px, ST_Y(ST_Centroid(h.geom)) as py from hit h) p
      left join lateral (${leadingTask(sql, tasks, sql`p.id`)}) t on true
      where p.px >= ${w} and p.px < ${e} and p.py >= ${s} and p.py < ${n}
    ) c
    group by c.cx, c.cy, c.code`;
}

const joined = (sql: Sql, parts: readonly Fragment[]): Fragment =>
  parts.reduce<Fragment>((all, part) => sql`${all}${part}`, sql``);
