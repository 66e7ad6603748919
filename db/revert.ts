import type { RevertBody } from "#data/domain/change.ts";
import type { RevertChange, RevertPreview } from "#data/domain/wire/write.ts";
import type { Database, TransactionSql } from "./client.ts";
import { type FeatureDraft, syncTasks, type TaskDraft } from "./write/draft.ts";
import { followRoads } from "./write/follow.ts";
import { type FormerTask, featureSteps, taskSteps } from "./write/former.ts";
import { loadFeatures } from "./write/load.ts";
import { WriteRefused } from "./write/refused.ts";
import { store } from "./write/store.ts";
import { type Later, type Undoing, undoing } from "./write/undoing.ts";
import { type Applied, inChangeset, type Opened, replyOf, yearOf } from "./write.ts";

interface RevertOptions {
  readonly token: string | Uint8Array;
  /** Parsed by `revertBody`. */
  readonly body: RevertBody;
  readonly key?: string;
  readonly clock: Date;
}

/** Places of one revert: the head row is held while they are put back. */
const most = 2000;

/**
 * Takes changesets back by a new one of kind `revert`, all or nothing, under the caller's own rights: every part they changed
 * is again what it was before them. Throws WriteRefused: `overlap` when something later builds on them.
 */
export function revertChanges(db: Database, { token, body, key, clock }: RevertOptions): Promise<Applied> {
  return inChangeset(
    db,
    { token, body, clock, kind: "revert", ...(key ? { key } : {}) },
    async (tx, opened) => {
      const { seqs, drafts, changes } = await plan(tx, opened, body);
      const followers = await followRoads(tx, opened, drafts);
      const stored = await store(tx, foldedOf([...drafts, ...followers]));
      await tx`select note_reverted(${seqs}::bigint[])`;
      const results = drafts.map((draft, i) => ({ op: changes[i]?.op ?? "patch", draft, task: null }));
      return replyOf(opened.seq, { ...foldedOf(drafts), results }, stored);
    },
  );
}

/** What a revert would change: it is done, judged by the database, and rolled back. Throws what the revert would. */
export async function previewRevert(
  db: Database,
  options: Omit<RevertOptions, "key">,
): Promise<RevertPreview> {
  const { token, body, clock } = options;
  try {
    await inChangeset(db, { token, body, clock, kind: "revert" }, async (tx, opened) => {
      const { seqs, drafts, changes } = await plan(tx, opened, body);
      await store(tx, foldedOf([...drafts, ...(await followRoads(tx, opened, drafts))]));
      throw new Previewed({ seqs, changes });
    });
  } catch (error) {
    if (error instanceof Previewed) return error.preview;
    throw error;
  }
  throw new Error("A preview was written.");
}

/** Ends the transaction of a preview, so that nothing of it stays. */
class Previewed extends Error {
  readonly preview: RevertPreview;

  constructor(preview: RevertPreview) {
    super("previewed");
    this.preview = preview;
  }
}

const foldedOf = (features: readonly FeatureDraft[]) => ({
  features,
  corrections: [],
  taskCorrections: [],
  measurements: [],
  reports: [],
  photos: [],
  photosRemoved: [],
  results: [],
});

async function plan(tx: TransactionSql, opened: Opened, body: RevertBody) {
  const seqs = await seqsOf(tx, body);
  const ids = await placesOf(tx, seqs);
  const since = Math.min(...seqs);
  const loaded = await loadFeatures(tx, opened, { ids });
  if (loaded.length < ids.length)
    throw new WriteRefused(
      "forbidden",
      `这些变更里有 ${ids.length - loaded.length} 处不在你可看的范围里，不能撤回。请专班办理，或只选看得到的变更。`,
    );
  const { undo, later } = undoing(
    new Set(seqs),
    await featureSteps(tx, ids, since),
    await taskSteps(tx, ids, since),
  );
  if (later.length > 0) throw await overlapRefusal(tx, later, loaded);
  const byId = new Map(loaded.map((draft) => [draft.id, draft]));
  const drafts: FeatureDraft[] = [];
  const changes: RevertChange[] = [];
  for (const one of undo) {
    const draft = byId.get(one.id);
    const change = draft && putBack(draft, one, yearOf(opened.at));
    if (!draft || !change) continue;
    drafts.push(draft);
    changes.push(change);
  }
  if (drafts.length === 0)
    throw new WriteRefused("invalid", "这些变更已经没有可撤回的内容：现在就是改动以前的样子。");
  return { seqs, drafts, changes };
}

/** The changesets asked for, oldest first. */
async function seqsOf(tx: TransactionSql, { seqs, batch }: RevertBody): Promise<number[]> {
  const rows = await tx<{ seq: number }[]>`
    select seq from changeset
     where ${batch === undefined ? tx`seq = any(${seqs ?? []}::bigint[])` : tx`batch = ${batch}`} order by seq`;
  const missing = (seqs ?? []).filter((seq) => !rows.some((row) => row.seq === seq));
  if (rows.length === 0 || missing.length > 0)
    throw new WriteRefused(
      "not-found",
      batch === undefined ? `没有编号为 ${missing.join("、")} 的变更。` : "没有这一批变更。",
    );
  return rows.map((row) => row.seq);
}

const wayOf = ({ kind, op }: { kind: string; op: string }): string => (kind === "photo" ? kind : op);

/** Features that these changesets touched. Refuses what cannot be taken back: corrections, measurements, reports. */
async function placesOf(tx: TransactionSql, seqs: readonly number[]): Promise<number[]> {
  const rows = await tx<{ seq: number; kind: string; op: string; feature: number | null }[]>`
    select distinct g.seq, g.kind, g.op, case g.kind when 'task' then t.feature_id when 'feature' then g.id end as feature
      from change g left join lateral (
        select v.feature_id from task_version v where g.kind = 'task' and v.task_id = g.id limit 1) t on true
     where g.seq = any(${[...seqs]}::bigint[]) order by g.seq`;
  const ways: Record<string, string> = {
    correct: "更正过以往的记录，请专班再更正一次",
    observe: "填报了监测值，请重新填报正确的值",
    report: "填报了指标，请重新填报正确的数",
    photo: "动了照片，请在证据里单独撤下或重新上传",
  };
  const errors = [...new Map(rows.map((row) => [`${row.seq} ${wayOf(row)}`, row])).values()].flatMap((row) =>
    ways[wayOf(row)] ? [{ at: `seqs.${row.seq}`, message: `变更 ${row.seq} ${ways[wayOf(row)]}` }] : [],
  );
  if (errors.length > 0)
    throw new WriteRefused(
      "invalid",
      `有不能成批撤回的内容：${errors
        .map(({ message }) => message)
        .slice(0, 5)
        .join("；")}。`,
      { errors },
    );
  const ids = [...new Set(rows.flatMap(({ feature }) => (feature === null ? [] : [feature])))];
  if (ids.length > most)
    throw new WriteRefused("invalid", `这些变更动了 ${ids.length} 处，一次至多撤回 ${most} 处，请分几次。`);
  return ids;
}

/** Puts a draft back; null when it already is so. */
function putBack(draft: FeatureDraft, undo: Undoing, year: number): RevertChange | null {
  const was = { attrs: draft.attrs, duty: draft.duty, deleted: draft.deleted };
  const before = new Map([...draft.tasks].map(([target, task]) => [target, { ...task }]));
  const attrs = { ...draft.attrs };
  for (const [field, value] of undo.fields)
    if (value === null) delete attrs[field];
    else attrs[field] = value;
  draft.attrs = attrs;
  if (undo.shapeOf !== null) draft.shapeOf = undo.shapeOf;
  if (undo.duty) draft.duty = undo.duty.before;
  if (undo.stood !== null) draft.deleted = !undo.stood;
  const fields = differences({ ...was.attrs, duty: was.duty }, { ...attrs, duty: draft.duty });
  if (Object.keys(fields).length > 0 || undo.shapeOf !== null || was.deleted !== draft.deleted) {
    draft.folded = 1;
    syncTasks(draft, year);
  }
  for (const [target, former] of undo.tasks) if (former) putTaskBack(draft, target, former);
  const tasks = tasksOf(before, draft);
  if (draft.folded === 0 && tasks.length === 0) return null;
  return {
    feature: named(draft, was.attrs),
    op: was.deleted === draft.deleted ? "patch" : draft.deleted ? "delete" : "restore",
    fields,
    geometry: undo.shapeOf !== null,
    tasks,
  };
}

function putTaskBack(draft: FeatureDraft, target: number, former: FormerTask): void {
  const task = draft.tasks.get(target);
  if (draft.deleted || task?.dropped) return;
  if (task && task.id !== null) {
    const { state, progress, due, note } = task;
    const differs =
      state !== former.state || progress !== former.progress || due !== former.due || note !== former.note;
    if (differs) Object.assign(task, former, { folded: 1 });
    return;
  }
  draft.tasks.set(target, {
    id: null,
    target,
    base: 0,
    folded: 0,
    ...former,
    submittedBy: null,
    claimed: null,
    dropped: false,
    corrected: false,
    asBefore: true,
  });
}

function tasksOf(before: ReadonlyMap<number, TaskDraft>, draft: FeatureDraft): RevertChange["tasks"] {
  return [...new Set([...before.keys(), ...draft.tasks.keys()])].flatMap((target) => {
    const [old, now] = [before.get(target), draft.tasks.get(target)];
    const again = now?.dropped ? undefined : now;
    const changed = old === undefined || again === undefined || again.folded > 0;
    if (!changed || (old === undefined && again === undefined)) return [];
    return [
      {
        target: target % 100,
        state: [old?.state ?? null, again?.state ?? null] as const,
        progress: [old?.progress ?? null, again?.progress ?? null] as const,
      },
    ];
  });
}

function differences(now: Record<string, unknown>, again: Record<string, unknown>): RevertChange["fields"] {
  const ids = new Set([...Object.keys(now), ...Object.keys(again)]);
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const pair = [now[id] ?? null, again[id] ?? null] as const;
      return JSON.stringify(pair[0]) === JSON.stringify(pair[1]) ? [] : [[id, pair]];
    }),
  );
}

const named = (draft: FeatureDraft, attrs: Record<string, unknown>): RevertChange["feature"] => ({
  id: draft.id ?? 0,
  name: String(attrs.name ?? ""),
  layer: draft.layer.id,
});

async function overlapRefusal(
  tx: TransactionSql,
  later: readonly Later[],
  drafts: readonly FeatureDraft[],
): Promise<WriteRefused> {
  const seqs = [...new Set(later.map(({ seq }) => seq))];
  const rows = await tx<{ seq: number; at: Date; unit: string }[]>`
    select c.seq, c.at, u.name as unit from changeset c join unit u on u.id = c.unit where c.seq = any(${seqs}::bigint[])`;
  const overlaps = later.slice(0, 100).flatMap(({ seq, feature, parts }) => {
    const row = rows.find((each) => each.seq === seq);
    const draft = drafts.find((each) => each.id === feature);
    if (!row || !draft) return [];
    return [{ seq, at: row.at.toISOString(), unit: row.unit, feature: named(draft, draft.attrs), parts }];
  });
  const names = [...new Set(overlaps.map(({ feature }) => `“${feature.name}”`))];
  return new WriteRefused(
    "overlap",
    `没有撤回：${names.slice(0, 3).join("、")}${names.length > 3 ? ` 等 ${names.length} 处` : ""}后来又有改动（变更 ${seqs
      .slice(0, 5)
      .join("、")}${seqs.length > 5 ? " 等" : ""}）。请把它们一起选上，或去掉这几处的变更。`,
    { overlaps },
  );
}
