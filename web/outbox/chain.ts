import type { ChangeOp } from "#data/domain/change.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Base } from "../editor/base.ts";
import type { Done, Entry, Subject } from "./entry.ts";

type Versions = Pick<Done, "features" | "tasks">;

/** What an acknowledgement says about versions. */
export function versionsOf({ results }: ChangesReply): Versions {
  const features = results.flatMap(({ id, uid = null, version = null }) =>
    id === undefined ? [] : [{ id, uid, version }],
  );
  const tasks = results.flatMap(({ id = null, tasks = [] }) =>
    tasks.map((task) => ({ id: task.id, feature: id, target: task.target, version: task.version })),
  );
  return { features, tasks };
}

const featureIn = ({ features }: Versions, ref: Subject) =>
  features.find(({ id, uid }) => id === ref || (uid !== null && uid === ref));

function taskVersion(
  versions: Versions,
  task: Extract<ChangeOp, { op: "task" }>["task"],
): number | undefined {
  if (typeof task === "number") return versions.tasks.find(({ id }) => id === task)?.version;
  const feature = featureIn(versions, task.feature)?.id;
  return versions.tasks.find((one) => one.feature === feature && one.target === task.target % 100)?.version;
}

function opOn(op: ChangeOp, versions: Versions): ChangeOp {
  if (op.op === "task") {
    const base = taskVersion(versions, op.task);
    return base === undefined || op.base === undefined ? op : { ...op, base };
  }
  if (op.op !== "patch" && op.op !== "delete" && op.op !== "restore") return op;
  const base = featureIn(versions, op.feature)?.version;
  return base ? { ...op, base } : op;
}

/** The base of an open edit once what it was made on top of is stored. */
export function baseOn(base: Base, versions: Versions): Base {
  const feature = base.feature === null ? featureIn(versions, base.uid) : featureIn(versions, base.feature);
  if (!feature) return base;
  const told = versions.tasks.filter((task) => task.feature === feature.id);
  return {
    ...base,
    pending: undefined,
    feature: feature.id,
    version: feature.version ?? base.version,
    taskVersion: { ...base.taskVersion, ...Object.fromEntries(told.map((t) => [String(t.id), t.version])) },
  };
}

/** The entry with the versions that the one it builds on got. Its bytes were never sent, or it would not have waited. */
export function entryOn(entry: Entry, versions: Versions): Entry {
  return {
    ...entry,
    changes: entry.changes.map((op) => opOn(op, versions)),
    edit: entry.edit && { ...entry.edit, base: baseOn(entry.edit.base, versions) },
  };
}

/** Names the place by its number too, once it has one. */
export function known(subjects: readonly Subject[], { features }: Versions): readonly Subject[] {
  const more = features.filter(({ id, uid }) => uid && subjects.includes(uid) && !subjects.includes(id));
  return more.length > 0 ? [...more.map(({ id }) => id), ...subjects] : subjects;
}

type Touching = Pick<Entry, "subjects">;

/** Have they a place in common? What names none (a revert whose places only the server knows) may touch any. */
export function share(a: Touching, b: Touching): boolean {
  if (a.subjects.length === 0 || b.subjects.length === 0) return true;
  const [few, many] = a.subjects.length < b.subjects.length ? [a, b] : [b, a];
  const named = new Set(many.subjects);
  return few.subjects.some((subject) => named.has(subject));
}

/** The place whose op this is, as it names it; `null` where only the server knows (a task by its number). */
function placeOf(op: ChangeOp): Subject | null {
  if (op.op === "create") return op.uid;
  if (op.op === "observe") return op.point;
  if (op.op === "task" || op.op === "correct-task")
    return typeof op.task === "number" ? null : op.task.feature;
  return "feature" in op ? op.feature : null;
}

/** Every place that an entry touches, the one it is named for first: neighbours of a shared edge, what is merged or cut off, all of a list. */
export const touched = (subjects: readonly Subject[], changes: readonly ChangeOp[]): readonly Subject[] => [
  ...new Set([...subjects, ...changes.flatMap((op) => placeOf(op) ?? [])]),
];

/** Everything that waits for one of these, directly or not, with these themselves; in order. */
export function withDependants(entries: readonly Entry[], ids: readonly string[]): readonly Entry[] {
  const gone = new Set(ids);
  return entries.filter((entry) => {
    const falls = gone.has(entry.id) || entry.after.some((id) => gone.has(id));
    if (falls) gone.add(entry.id);
    return falls;
  });
}

/** The unsent edits of a place, oldest first. */
export const pendingOf = (
  entries: readonly Entry[],
  account: string,
  subjects: readonly Subject[],
): readonly Entry[] => entries.filter((entry) => entry.account === account && share(entry, { subjects }));
