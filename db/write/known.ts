import {
  type FeatureDraft,
  type FeatureRef,
  programmeOn,
  type TaskDraft,
  type TaskRef,
  targetId,
} from "./draft.ts";
import { WriteRefused } from "./refused.ts";

/** The drafts of a list of edits under all their names: what was loaded, and what the list has created so far. */
export class Known {
  readonly #year: number;
  readonly #byId = new Map<number, FeatureDraft>();
  readonly #byUid = new Map<string, FeatureDraft>();
  readonly #byTask = new Map<number, [FeatureDraft, TaskDraft]>();

  /** `year`: the one that targets without one belong to. */
  constructor(features: readonly FeatureDraft[], year: number) {
    this.#year = year;
    for (const draft of features) this.remember(draft);
  }

  remember(draft: FeatureDraft): void {
    this.#byUid.set(draft.uid, draft);
    if (draft.id === null) return;
    this.#byId.set(draft.id, draft);
    for (const task of draft.tasks.values()) if (task.id !== null) this.#byTask.set(task.id, [draft, task]);
  }

  has(uid: string): boolean {
    return this.#byUid.has(uid);
  }

  all(): readonly FeatureDraft[] {
    return [...this.#byUid.values()];
  }

  /** Throws WriteRefused (not-found). */
  feature(ref: FeatureRef): FeatureDraft {
    const draft = typeof ref === "number" ? this.#byId.get(ref) : this.#byUid.get(ref.toLowerCase());
    if (!draft) throw new WriteRefused("not-found", "没有这一处，它可能已被删除，或不在你可见的范围里。");
    return draft;
  }

  /** Throws WriteRefused (not-found). */
  task(ref: TaskRef): [FeatureDraft, TaskDraft] {
    if (typeof ref === "number") {
      const found = this.#byTask.get(ref);
      if (!found) throw new WriteRefused("not-found", "没有这项任务，请刷新后再看。");
      return found;
    }
    const draft = this.feature(ref.feature);
    const task = draft.tasks.get(targetId(programmeOn(this.#year).year, ref.target));
    if (!task || task.dropped)
      throw new WriteRefused("not-found", `这一处没有任务 ${ref.target % 100}，请刷新后再看。`);
    return [draft, task];
  }
}
