import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { TaskState } from "#data/domain/task.ts";
import { type LayerDef, targetsOfFeature } from "#data/layers/define.ts";
import { programmes } from "#data/programme/programme.ts";

/** One feature while a list of edits is folded onto it: several ops become one version. */
export interface FeatureDraft {
  readonly uid: string;
  /** null until it is inserted. */
  id: number | null;
  readonly layer: LayerDef;
  /** Stored version, 0 for a new one. */
  readonly base: number;
  /** Ops folded so far: an outbox counts versions on from its own. */
  folded: number;
  attrs: Record<string, unknown>;
  /** New shape; null keeps the stored one. */
  geometry: Geometry | null;
  /** Takes the shape of this stored version. */
  shapeOf: number | null;
  duty: string | null;
  /** The 专班 named the 责任属地 for the shape it has after this, be it the same as before. */
  dutyNamed?: true;
  deleted: boolean;
  claimed: string | null;
  readonly tasks: Map<number, TaskDraft>;
  /** Set by a correction, which stands alone in its changeset. */
  corrected: boolean;
}

export interface TaskDraft {
  id: number | null;
  readonly target: number;
  /** Stored version, 0 for a new one. */
  readonly base: number;
  folded: number;
  state: TaskState;
  progress: number;
  due: string | null;
  readonly lead: string;
  note: string | null;
  readonly submittedBy: number | null;
  claimed: string | null;
  dropped: boolean;
  corrected: boolean;
  /** Comes back with the state given here, one it had before, and not with the one it ended in. */
  asBefore?: true;
}

export type OpOf<K extends ChangeOp["op"]> = Extract<ChangeOp, { op: K }>;
/** How an op names a feature or a task. */
export type FeatureRef = number | string;
export type TaskRef = OpOf<"task">["task"];

/** The programme whose tasks a change of this day belongs to: that year's, or the last one before. */
export function programmeOn(year: number) {
  const known = programmes.filter((programme) => programme.year <= year);
  return known.at(-1) ?? programmes[0]!;
}

/** `2025` and `11` are target 202511; a full id stays. */
export const targetId = (year: number, target: number): number =>
  target < 1000 ? year * 100 + target : target;

/** Gives the draft a task for each target its layer's rule names, and takes the others away. */
export function syncTasks(draft: FeatureDraft, year: number): void {
  const programme = programmeOn(year);
  const wanted = new Set(
    draft.deleted ? [] : targetsOfFeature(draft.layer, draft.attrs).map((no) => targetId(programme.year, no)),
  );
  for (const [target, task] of draft.tasks) {
    // Tasks of another year's programme stay as they ended, until the feature itself goes.
    if (draft.deleted || Math.floor(target / 100) === programme.year) task.dropped = !wanted.has(target);
  }
  for (const target of wanted) {
    if (draft.tasks.has(target)) continue;
    const lead = programme.targets.find((one) => one.no === target % 100)?.leads[0];
    if (!lead) throw new Error(`Layer ${draft.layer.id} names target ${target}, which the programme lacks.`);
    draft.tasks.set(target, {
      id: null,
      target,
      base: 0,
      folded: 0,
      state: "planned",
      progress: 0,
      due: draft.layer.due ?? `${programme.year}-12-31`,
      lead,
      note: null,
      submittedBy: null,
      claimed: draft.claimed,
      dropped: false,
      corrected: false,
    });
  }
}
