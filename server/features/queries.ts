import type { Who } from "#data/domain/account.ts";
import type { Geometry } from "#data/domain/change.ts";
import type { TaskState } from "#data/domain/task.ts";
import type { FeatureBody, Observation, Returned } from "#data/domain/wire/feature.ts";
import type { Deed } from "#data/domain/wire/history.ts";
import { shownNumber } from "#data/layers/define.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Database } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import { visibleAt } from "#db/visible.ts";
import type { AsOfRequest } from "../http/app-env.ts";
import { returnOf } from "../tasks/returned.ts";

/** More than any changeset number: `known` left out is the head. */
const headOfAll = Number.MAX_SAFE_INTEGER;

export interface FeatureRow {
  readonly id: number;
  readonly uid: string;
  readonly layer_no: number;
  readonly version: number;
  readonly attrs: Record<string, unknown>;
  readonly geometry: Geometry;
  readonly town: string | null;
  readonly shares: Record<string, number>;
  readonly duty: string | null;
  readonly deleted: boolean;
  /** Metres and square metres on the ellipsoid. */
  readonly length_m: number;
  readonly area_m2: number;
  /** Changeset that told this stretch of the past; null for now. A correction tells the same version anew. */
  readonly told: number | null;
  /** Changeset number that the row was read under. */
  readonly head: number;
}

/** One feature, deleted ones too, as it is or was; undefined when there is none or this reader may not see it. */
export async function featureRow(
  { sql }: Database,
  who: Who,
  id: number,
  { at, known }: AsOfRequest,
): Promise<FeatureRow | undefined> {
  const source =
    at === null
      ? sql`select id, uid, layer_no, version, attrs, geom, town, shares, duty, deleted_seq is not null as deleted,
            null::bigint as told from feature where id = ${id}`
      : sql`select v.feature_id as id, p.uid, v.layer_no, v.version, v.attrs, v.geom, v.town, v.shares, v.duty,
            v.op = 'delete' as deleted, v.kfrom as told
          from feature_version v join feature p on p.id = v.feature_id
          where v.feature_id = ${id} and ${visibleAt(sql, "v", at, known)}`;
  const [row] = await sql<FeatureRow[]>`
    select f.id, f.uid, f.layer_no, f.version, f.attrs, ST_AsGeoJSON(f.geom)::jsonb as geometry,
      f.town, f.shares, f.duty, f.deleted, f.told,
      ST_Length(f.geom::geography) as length_m, ST_Area(f.geom::geography) as area_m2, h.seq as head
    from (${source}) f cross join feed_head h where ${mayRead(sql, who, "f")}`;
  return row;
}

export interface TaskRow {
  readonly id: number;
  readonly feature_id: number;
  readonly target: number;
  readonly version: number;
  readonly state: TaskState;
  readonly due: string | null;
  readonly lead: string;
  readonly progress: number;
  /** True when this account put it into 待核查: it may not verify it. */
  readonly mine: boolean;
  readonly returned: Returned | null;
}

/** The tasks of a feature, as they are or were. `target` is the number in the plan, 1 to 20. */
export async function tasksOf(
  { sql }: Database,
  account: number,
  feature: number,
  { at, known }: AsOfRequest,
): Promise<TaskRow[]> {
  if (at === null)
    return sql<TaskRow[]>`
      select id, feature_id, target_id % 100 as target, version, state, due, lead, progress,
        coalesce(submitted_by = ${account}, false) as mine,
        (select json_build_object('at', r.at, 'unit', r.unit, 'reason', r.reason)
          from (${returnOf(sql, { task: sql`k.id`, feature: sql`k.feature_id`, state: sql`k.state` })}) r) as returned
      from task k where feature_id = ${feature} order by target_id`;
  return sql<TaskRow[]>`
    select v.task_id as id, v.feature_id, v.target_id % 100 as target, v.version, v.state, v.due, v.lead, v.progress,
      false as mine, null as returned
    from task_version v
    where v.feature_id = ${feature} and ${visibleAt(sql, "v", at, known)} order by v.target_id`;
}

/** Observations at a water point, oldest first, that were taken by `at` and known by `known`. */
export async function observationsOf(
  { sql }: Database,
  point: number,
  { at, known }: AsOfRequest,
): Promise<Observation[]> {
  const k = known ?? headOfAll - 1;
  const rows = await sql<{ taken_at: Date; values: Record<string, number> }[]>`
    select taken_at, jsonb_object_agg(parameter, value) as values from observation
    where point = ${point} and kfrom <= ${k} and kto > ${k}
      and taken_at <= ${at ?? new Date(8.64e15)}
    group by taken_at order by taken_at`;
  return rows.map((row) => ({ takenAt: row.taken_at.toISOString(), values: row.values }));
}

/** How many changesets touched the feature, its tasks or its photos. */
export async function historyCount({ sql }: Database, id: number, known: number | null): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select kfrom from feature_version where feature_id = ${id}
      union select kfrom from task_version where feature_id = ${id}
      union select seq from photo where feature_id = ${id}
      union select removed_seq from photo where feature_id = ${id}
      union select d.seq from proposal_deed d join proposal_place pp on pp.proposal_id = d.proposal_id
        join feature f on f.uid = pp.uid where f.id = ${id}
    ) s where kfrom <= ${known ?? headOfAll}`;
  return row?.count ?? 0;
}

/** Who deleted a feature: the last changeset that did, as far as was known. */
export async function deletionOf(
  { sql }: Database,
  who: Who,
  id: number,
  known: number | null,
): Promise<Deed | undefined> {
  const [row] = await sql<
    { seq: number; at: Date; unit: string; person: string; own: boolean; reason: string | null }[]
  >`
    select c.seq, c.at, u.name as unit, a.name as person, c.unit = ${who.unit} as own, c.reason
    from feature_version v join changeset c on c.seq = v.kfrom
      join unit u on u.id = c.unit join account a on a.id = c.account_id
    where v.feature_id = ${id} and v.op = 'delete' and v.kfrom <= ${known ?? headOfAll}
    order by v.kfrom desc limit 1`;
  return row && toDeed(row);
}

/** The clerk's name stays inside the own unit. */
const toDeed = ({
  seq,
  at,
  unit,
  person,
  own,
  reason,
}: {
  seq: number;
  at: Date;
  unit: string;
  person: string;
  own: boolean;
  reason: string | null;
}): Deed => ({
  seq,
  at: at.toISOString(),
  unit,
  person: own ? person : undefined,
  reason,
});

/** The stored body that the ETag covers: no task, no light, no count. */
export function bodyOf(row: FeatureRow): FeatureBody {
  const layer = layerByNo(row.layer_no);
  if (!layer)
    throw new Error(`feature ${row.id} is of layer ${row.layer_no}, which the registry does not know`);
  return {
    type: "Feature",
    id: row.id,
    geometry: row.geometry,
    properties: row.attrs,
    guatu: {
      uid: row.uid,
      layer: layer.id,
      version: row.version,
      no: shownNumber(layer, row.id),
      town: row.town,
      shares: row.shares,
      duty: row.duty,
      deleted: row.deleted,
    },
  };
}
