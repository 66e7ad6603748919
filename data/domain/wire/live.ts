import type { TaskState } from "../task.ts";
import type { AsOf } from "./as-of.ts";

/** One line of the feed: what changed, never the value. */
export interface ChangeEvent {
  readonly seq: number;
  readonly kind: "feature" | "task" | "observation" | "report" | "photo" | "proposal" | "duty";
  /** Of the feature or task; an observation, a photo and a proposal carry their feature's (a new place's proposal is negative). */
  readonly id: number;
  readonly layer: string | null;
  readonly op: string;
  /** Boxes before and after [w,s,e,n]; null when there was none. */
  readonly before: readonly number[] | null;
  readonly after: readonly number[] | null;
}

/** One line of "what happened last", newest first; only what this reader may see. */
export interface RecentChange {
  readonly seq: number;
  /** ISO instant on the product's clock. */
  readonly at: string;
  readonly kind: "feature" | "task" | "observation" | "photo";
  /** Feature: create, patch … ; task: the step it took (submit, accept …) or `patch`; observation: `create`; photo: `photo`, `photo-remove`. */
  readonly op: string;
  readonly unit: string;
  readonly feature: {
    readonly id: number;
    readonly name: string;
    readonly layer: string;
    readonly town: string | null;
  };
  /** Target number, state and progress of the task after the change. */
  readonly task?: {
    readonly target: number;
    readonly state: TaskState;
    readonly due: string | null;
    readonly progress: number;
  };
}

export interface RecentAnswer {
  readonly changes: readonly RecentChange[];
  /** ISO instant of the product's clock, from which a wall ticks on by itself. */
  readonly now: string;
  readonly asOf: AsOf;
}
