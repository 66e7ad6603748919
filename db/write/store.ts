import { pinyin } from "pinyin-pro";
import type postgres from "postgres";
import type { TaskState } from "#data/domain/task.ts";
import type { TransactionSql } from "../client.ts";
import type { FeatureDraft, TaskDraft } from "./draft.ts";
import type { Folded } from "./fold.ts";
import { storePhotos } from "./photos.ts";

const json = (tx: TransactionSql, rows: unknown) => tx.json(rows as postgres.JSONValue);

/** Initials in lower case, for search and for ordering that is the same on both databases: 盈港路 → ygl. */
const initialsOf = (name: unknown): string =>
  typeof name === "string"
    ? pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive" })
        .join("")
        .toLowerCase()
        .replace(/\s+/g, "")
    : "";

/** What was stored: new ids and versions by uid and `${feature id} ${target}`. */
export interface Stored {
  readonly features: Map<string, { id: number; version: number }>;
  readonly tasks: Map<string, { id: number; version: number; state: TaskState }>;
}

/** Writes a folded list: one statement a table and kind of change. Raises what guard raises. */
export async function store(tx: TransactionSql, folded: Folded): Promise<Stored> {
  const stored: Stored = { features: new Map(), tasks: new Map() };
  await insertFeatures(tx, folded, stored);
  await updateFeatures(tx, folded, stored);
  const named = folded.features.flatMap(({ id, dutyNamed }) => (dutyNamed && id !== null ? [id] : []));
  if (named.length > 0) await tx`select confirm_duty(${named}::bigint[])`;
  await correctFeatures(tx, folded, stored);
  // Overlaps are asked when all places stand, so that the order within a list does not matter; here rather than at commit,
  // so that the refusal is this statement's.
  if (folded.features.some(({ layer }) => layer.apart)) await tx`set constraints apart, apart_new immediate`;
  await storeTasks(tx, folded, stored);
  await correctTasks(tx, folded, stored);
  await insertMeasurements(tx, folded);
  await storePhotos(tx, folded.photos, folded.photosRemoved);
  if (folded.reports.length > 0)
    await tx`insert into metric_report (metric, unit, period, value, of, at, note, kfrom)
      select r.metric, r.unit, r.period, r.value, r.of, r.at, r.note, 0
        from jsonb_to_recordset(${json(tx, folded.reports)})
          as r (metric text, unit text, period text, value numeric, of numeric, at timestamptz, note text)`;
  return stored;
}

async function insertFeatures(tx: TransactionSql, { features }: Folded, stored: Stored): Promise<void> {
  const rows = features
    .filter((draft) => draft.base === 0)
    .map((draft) => ({
      uid: draft.uid,
      layer_no: draft.layer.no,
      attrs: draft.attrs,
      geometry: draft.geometry,
      duty: draft.duty,
      pinyin: initialsOf(draft.attrs.name),
      claimed: draft.claimed,
    }));
  if (rows.length === 0) return;
  const made = await tx<{ id: number; uid: string; version: number }[]>`
    insert into feature (uid, layer_no, version, attrs, geom, shares, duty, pinyin, claimed)
    select r.uid, r.layer_no, 1, r.attrs, ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4326), '{}', r.duty, r.pinyin, r.claimed
      from jsonb_to_recordset(${json(tx, rows)})
        as r (uid uuid, layer_no smallint, attrs jsonb, geometry jsonb, duty text, pinyin text, claimed timestamptz)
    returning id, uid, version`;
  const byUid = new Map(features.map((draft) => [draft.uid, draft]));
  for (const { id, uid, version } of made) {
    stored.features.set(uid, { id, version });
    const draft = byUid.get(uid);
    if (draft) draft.id = id;
  }
}

async function updateFeatures(tx: TransactionSql, { features }: Folded, stored: Stored): Promise<void> {
  const rows = features
    .filter((draft) => draft.base > 0 && draft.folded > 0 && !draft.corrected)
    .map((draft) => ({
      id: draft.id,
      base: draft.base,
      attrs: draft.attrs,
      geometry: draft.geometry,
      shape_of: draft.shapeOf,
      duty: draft.duty,
      deleted: draft.deleted,
      pinyin: initialsOf(draft.attrs.name),
      claimed: draft.claimed,
    }));
  if (rows.length === 0) return;
  const changed = await tx<{ id: number; uid: string; version: number }[]>`
    update feature f
       set attrs = r.attrs, duty = r.duty, pinyin = r.pinyin, claimed = r.claimed,
         geom = coalesce(ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4326), old.geom, f.geom),
         deleted_seq = case when r.deleted then coalesce(f.deleted_seq, 0) end
      from jsonb_to_recordset(${json(tx, rows)})
        as r (id bigint, base int, attrs jsonb, geometry jsonb, shape_of int, duty text, deleted boolean, pinyin text,
          claimed timestamptz)
        left join lateral (
          select v.geom from feature_version v where v.feature_id = r.id and v.version = r.shape_of
           order by v.kfrom desc, v.vfrom desc limit 1) old on true
     where f.id = r.id and f.version = r.base
    returning f.id, f.uid, f.version`;
  if (changed.length !== rows.length)
    throw new Error(
      `${rows.length} features were to change and ${changed.length} did, under the head's lock.`,
    );
  for (const { id, uid, version } of changed) stored.features.set(uid, { id, version });
}

async function correctFeatures(tx: TransactionSql, { corrections }: Folded, stored: Stored): Promise<void> {
  for (const { op, draft } of corrections) {
    const name = op.set && "name" in op.set ? initialsOf(op.set.name) : null;
    await tx`select correct_feature(${draft.id}, ${op.from}::timestamptz, ${op.to ?? null}::timestamptz,
      ${op.set ? json(tx, op.set) : null}, ST_SetSRID(ST_GeomFromGeoJSON(${op.geometry ? json(tx, op.geometry) : null}::jsonb), 4326),
      ${name})`;
    const [row] = await tx<{ id: number; version: number }[]>`
      select id, version from feature where id = ${draft.id}`;
    if (row) stored.features.set(draft.uid, row);
  }
}

const taskKey = (featureId: number | null, target: number): string => `${featureId} ${target}`;

/** Where a task of this draft is found in `Stored.tasks`. */
export const storedTask = (stored: Stored, draft: FeatureDraft, task: TaskDraft) =>
  stored.tasks.get(taskKey(draft.id, task.target));

async function storeTasks(tx: TransactionSql, { features }: Folded, stored: Stored): Promise<void> {
  const all = features.flatMap((draft) => [...draft.tasks.values()].map((task) => ({ draft, task })));
  const dropped = all.filter(({ task }) => task.dropped && task.id !== null).map(({ task }) => task.id);
  if (dropped.length > 0) await tx`delete from task where id = any(${dropped}::bigint[])`;
  const rowOf = ({ draft, task }: (typeof all)[number]) => ({
    id: task.id,
    base: task.base,
    feature_id: draft.id,
    target_id: task.target,
    state: task.state,
    due: task.due,
    lead: task.lead,
    progress: task.progress,
    note: task.note,
    claimed: task.claimed,
    as_before: task.asBefore ?? false,
  });
  const added = all.filter(({ task }) => !task.dropped && task.id === null).map(rowOf);
  const keep = (rows: readonly StoredTask[]) => {
    for (const { id, feature_id, target_id, version, state } of rows)
      stored.tasks.set(taskKey(feature_id, target_id), { id, version, state });
  };
  // A task that comes back (restored feature, attributes changed back) goes on under its number, where it stood.
  if (added.length > 0)
    keep(
      await tx<StoredTask[]>`
      insert into task (id, feature_id, target_id, version, state, due, lead, progress, note, claimed)
      select coalesce(p.task_id, nextval('task_id_seq')), r.feature_id, r.target_id, 1,
          case when r.own then r.state else p.state end, case when r.own then r.due else p.due end,
          coalesce(p.lead, r.lead), case when r.own then r.progress else p.progress end,
          case when r.own then r.note else p.note end, r.claimed
        from jsonb_to_recordset(${json(tx, added)})
          as a (feature_id bigint, target_id int, state text, due date, lead text, progress int, note text, claimed timestamptz,
            as_before boolean)
          left join lateral (
            select v.task_id, v.state, v.due, v.lead, v.progress, v.note from task_version v
             where v.feature_id = a.feature_id and v.target_id = a.target_id and v.kto = 9223372036854775807
             order by v.vfrom desc limit 1) p on true
          cross join lateral (select a.*, a.as_before or p.task_id is null as own) r
      returning id, feature_id, target_id, version, state`,
    );
  const changed = all
    .filter(({ task }) => !task.dropped && task.id !== null && task.folded > 0 && !task.corrected)
    .map(rowOf);
  if (changed.length === 0) return;
  const rows = await tx<StoredTask[]>`
    update task t set state = r.state, due = r.due, progress = r.progress, note = r.note, claimed = r.claimed
      from jsonb_to_recordset(${json(tx, changed)})
        as r (id bigint, base int, state text, due date, progress int, note text, claimed timestamptz)
     where t.id = r.id and t.version = r.base
    returning t.id, t.feature_id, t.target_id, t.version, t.state`;
  if (rows.length !== changed.length)
    throw new Error(`${changed.length} tasks were to change and ${rows.length} did, under the head's lock.`);
  keep(rows);
}

interface StoredTask {
  id: number;
  feature_id: number;
  target_id: number;
  version: number;
  state: TaskState;
}

async function correctTasks(tx: TransactionSql, { taskCorrections }: Folded, stored: Stored): Promise<void> {
  for (const { op, task } of taskCorrections) {
    await tx`select correct_task(${task.id}, ${op.from}::timestamptz, ${op.to ?? null}::timestamptz, ${op.state},
      ${op.progress ?? null})`;
    const [row] = await tx<StoredTask[]>`
      select id, feature_id, target_id, version, state from task where id = ${task.id}`;
    if (row) stored.tasks.set(taskKey(row.feature_id, row.target_id), row);
  }
}

async function insertMeasurements(tx: TransactionSql, { measurements }: Folded): Promise<void> {
  if (measurements.length === 0) return;
  const rows = measurements.map(({ draft, takenAt, parameter, value }) => ({
    point: draft.id,
    taken_at: takenAt,
    parameter,
    value,
  }));
  await tx`insert into observation (point, taken_at, parameter, value, kfrom)
    select r.point, r.taken_at, r.parameter, r.value, 0
      from jsonb_to_recordset(${json(tx, rows)})
        as r (point bigint, taken_at timestamptz, parameter text, value double precision)`;
}
