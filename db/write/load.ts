import type { ChangeOp } from "#data/domain/change.ts";
import type { TaskState } from "#data/domain/task.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { TransactionSql } from "../client.ts";
import { mayRead, type Reader } from "../reading.ts";
import type { FeatureDraft, FeatureRef, TaskDraft } from "./draft.ts";

/** Everything a list of edits names, as it is stored. The head row is held: nobody else writes meanwhile. */
export interface Loaded {
  readonly features: FeatureDraft[];
  /** `${feature id} ${version}` → attributes, for restore. */
  readonly versions: ReadonlyMap<string, Record<string, unknown>>;
  /** Point → last time near-shore clearness was recorded for. */
  readonly lastClear: ReadonlyMap<number, Date>;
  /** Uid → feature of the photos that are to be taken down. */
  readonly photos: ReadonlyMap<string, number>;
}

const refsOf = (op: ChangeOp): { feature?: FeatureRef; task?: number; photo?: string } => {
  switch (op.op) {
    case "photo-remove":
      return { photo: op.photo.toLowerCase() };
    case "create":
    case "report":
      return {};
    case "observe":
      return { feature: op.point };
    case "task":
    case "correct-task":
      return typeof op.task === "number" ? { task: op.task } : { feature: op.task.feature };
    default:
      return { feature: op.feature };
  }
};

/** Reads the features that `ops` name and this reader may see, with their tasks. Statements: none for a list of creates. */
export async function load(tx: TransactionSql, who: Reader, ops: readonly ChangeOp[]): Promise<Loaded> {
  const refs = ops.map(refsOf);
  const ids = refs.flatMap(({ feature }) => (typeof feature === "number" ? [feature] : []));
  const uids = refs.flatMap(({ feature }) => (typeof feature === "string" ? [feature] : []));
  const taskIds = refs.flatMap(({ task }) => (task === undefined ? [] : [task]));
  const photoUids = refs.flatMap(({ photo }) => (photo === undefined ? [] : [photo]));
  if (ids.length + uids.length + taskIds.length + photoUids.length === 0)
    return { features: [], versions: new Map(), lastClear: new Map(), photos: new Map() };
  const rows = await tx<
    {
      id: number;
      uid: string;
      layer_no: number;
      version: number;
      attrs: Record<string, unknown>;
      duty: string | null;
      deleted: boolean;
    }[]
  >`select f.id, f.uid, f.layer_no, f.version, f.attrs, f.duty, f.deleted_seq is not null as deleted
      from feature f
     where f.id in (select unnest(${ids}::bigint[])
                    union select u.id from feature u where u.uid = any(${uids}::uuid[])
                    union select t.feature_id from task t where t.id = any(${taskIds}::bigint[])
                    union select p.feature_id from photo p where p.uid = any(${photoUids}::uuid[]))
       and ${mayRead(tx, who, "f")}`;
  const features = rows.flatMap((row): FeatureDraft[] => {
    const layer = layerByNo(row.layer_no);
    if (!layer) return [];
    const { id, uid, version, attrs, duty, deleted } = row;
    return [
      {
        id,
        uid,
        layer,
        base: version,
        folded: 0,
        attrs,
        geometry: null,
        shapeOf: null,
        duty,
        deleted,
        claimed: null,
        tasks: new Map(),
        corrected: false,
      },
    ];
  });
  await loadTasks(tx, features);
  return {
    features,
    versions: await loadVersions(tx, ops, features),
    lastClear: await loadClear(tx, ops, features),
    photos: await loadPhotos(tx, photoUids, features),
  };
}

async function loadTasks(tx: TransactionSql, features: readonly FeatureDraft[]): Promise<void> {
  const byId = new Map(features.map((feature) => [feature.id, feature]));
  const rows = await tx<
    {
      id: number;
      feature_id: number;
      target_id: number;
      version: number;
      state: TaskState;
      progress: number;
      due: string | null;
      lead: string;
      note: string | null;
      submitted_by: number | null;
    }[]
  >`select id, feature_id, target_id, version, state, progress, due, lead, note, submitted_by
      from task where feature_id = any(${features.map(({ id }) => id)}::bigint[])`;
  for (const row of rows) {
    const task: TaskDraft = {
      id: row.id,
      target: row.target_id,
      base: row.version,
      folded: 0,
      state: row.state,
      progress: row.progress,
      due: row.due,
      lead: row.lead,
      note: row.note,
      submittedBy: row.submitted_by,
      claimed: null,
      dropped: false,
      corrected: false,
    };
    byId.get(row.feature_id)?.tasks.set(row.target_id, task);
  }
}

async function loadVersions(
  tx: TransactionSql,
  ops: readonly ChangeOp[],
  features: readonly FeatureDraft[],
): Promise<Loaded["versions"]> {
  const wanted = ops.flatMap((op) => (op.op === "restore" && op.version !== undefined ? [op.version] : []));
  if (wanted.length === 0) return new Map();
  const rows = await tx<{ feature_id: number; version: number; attrs: Record<string, unknown> }[]>`
    select distinct on (feature_id, version) feature_id, version, attrs from feature_version
     where feature_id = any(${features.map(({ id }) => id)}::bigint[]) and version = any(${wanted}::int[])
     order by feature_id, version, kfrom desc, vfrom desc`;
  return new Map(rows.map((row) => [`${row.feature_id} ${row.version}`, row.attrs]));
}

async function loadClear(
  tx: TransactionSql,
  ops: readonly ChangeOp[],
  features: readonly FeatureDraft[],
): Promise<Loaded["lastClear"]> {
  if (!ops.some((op) => op.op === "observe" && "clear" in op.values)) return new Map();
  const rows = await tx<{ point: number; at: Date }[]>`
    select point, max(taken_at) as at from observation
     where point = any(${features.map(({ id }) => id)}::bigint[]) and parameter = 'clear'
       and kto = 9223372036854775807
     group by point`;
  return new Map(rows.map((row) => [row.point, row.at]));
}

/** Photos of features that this reader may not see are none. */
async function loadPhotos(
  tx: TransactionSql,
  uids: readonly string[],
  features: readonly FeatureDraft[],
): Promise<Loaded["photos"]> {
  if (uids.length === 0) return new Map();
  const rows = await tx<{ uid: string; feature_id: number }[]>`
    select uid, feature_id from photo
     where uid = any(${[...uids]}::uuid[]) and feature_id = any(${features.map(({ id }) => id)}::bigint[])`;
  return new Map(rows.map((row) => [row.uid, row.feature_id]));
}
