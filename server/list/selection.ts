import { z } from "zod";
import type { Geometry } from "#data/domain/change.ts";
import { mostSelected } from "#data/domain/extent.ts";
import { type SelectionBody, type SelectionRow, selectionParts } from "#data/domain/selection.ts";
import { stepRule, type TaskStep } from "#data/domain/task.ts";
import { shownNumber } from "#data/layers/define.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Fragment, Sql } from "#db/client.ts";
import type { TaskRow } from "../features/queries.ts";
import { mayStep, mayWrite } from "../features/rights.ts";
import { type Filter, filterQuery, type Reading, readableHits } from "./filter.ts";

const { bbox: _, ...named } = filterQuery;
/** The filter is that of the list, without its box. */
export const selectionBody = selectionParts
  .extend({ filter: z.strictObject(named).optional() })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), "ids 和 filter 写一项");

interface Row {
  readonly id: number;
  readonly layer_no: number;
  readonly name: string;
  readonly town: string | null;
  readonly duty: string | null;
  readonly home: string | null;
  readonly light: SelectionRow["light"];
  readonly version: number;
  readonly point: { readonly coordinates: readonly [number, number] };
  readonly attrs: Record<string, unknown> | null;
  readonly tasks: readonly TaskRow[] | null;
  readonly geometry: Geometry | null;
}

type Asked = Omit<SelectionBody, "filter"> & { readonly filter?: Filter };

/** The readable places that are meant, by number; `account` is the reader's own, for what it may not verify. */
export async function selectedRows(sql: Sql, reading: Reading, account: number, asked: Asked) {
  const { filter = {}, ids, within, full = false, shapes = false } = asked;
  const [answer] = await sql<{ known: number; total: number; rows: Row[] | null }[]>`
    with hit as (
      select h.* from (${readableHits(sql, reading, filter)}) h
      where ${ids ? sql`h.id = any(${ids}::bigint[])` : sql`true`}
        and ${within ? meets(sql, within) : sql`true`}
    ), page as (select * from hit order by id limit ${mostSelected})
    select (select seq from feed_head) as known, (select count(*)::int from hit) as total,
      (select json_agg(json_build_object('id', id, 'layer_no', layer_no, 'name', name, 'town', town, 'duty', duty,
        'home', home, 'light', light, 'version', version, 'point', ST_AsGeoJSON(ST_PointOnSurface(geom), 6)::json,
        'attrs', ${full ? sql`attrs` : sql`null`},
        'tasks', ${full ? tasksOf(sql, account) : sql`null`},
        'geometry', ${shapes ? sql`ST_AsGeoJSON(geom, 7)::json` : sql`null`}) order by id) from page) as rows`;
  const rows = (answer?.rows ?? []).flatMap((row) => selectionRow(reading, row));
  return { known: answer?.known ?? 0, total: answer?.total ?? 0, rows };
}

/** Touching the area is enough. A lasso may cross itself: what it encloses then is the valid parts. */
function meets(sql: Sql, corners: NonNullable<SelectionBody["within"]>): Fragment {
  const drawn = sql.json({ type: "Polygon", coordinates: [[...corners, corners[0]]] } as never);
  const area = sql`ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(${drawn}::jsonb), 4326)), 3)`;
  return sql`exists (select from (select ${area} as area offset 0) a where h.geom && a.area and ST_Intersects(h.geom, a.area))`;
}

const tasksOf = (sql: Sql, account: number): Fragment => sql`(
  select json_agg(json_build_object('id', t.id, 'feature_id', t.feature_id, 'target', t.target_id % 100, 'version', t.version,
    'state', t.state, 'due', t.due, 'lead', t.lead, 'progress', t.progress,
    'mine', coalesce(t.submitted_by = ${account}, false)) order by t.target_id)
  from task t where t.feature_id = page.id)`;

function selectionRow({ who }: Reading, row: Row): SelectionRow[] {
  const layer = layerByNo(row.layer_no);
  if (!layer) return [];
  const place = mayWrite(who, layer, row);
  const tasks = row.tasks?.map((task) => ({
    id: task.id,
    target: task.target,
    state: task.state,
    due: task.due,
    lead: task.lead,
    progress: task.progress,
    version: task.version,
    steps: steps.map((step) => ({ step, ...mayStep(who, task, step, place) })),
  }));
  return [
    {
      id: row.id,
      no: shownNumber(layer, row.id),
      layer: layer.id,
      name: row.name,
      town: row.home,
      light: row.light,
      at: row.point.coordinates,
      version: row.version,
      may: place.allowed,
      ...(place.why && { why: place.why }),
      ...(row.attrs && { attrs: row.attrs, tasks: tasks ?? [] }),
      ...(row.geometry && { geometry: row.geometry }),
    },
  ];
}

const steps = Object.keys(stepRule) as TaskStep[];
