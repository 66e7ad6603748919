import type { TaskState } from "../task.ts";

export interface ChangesReply {
  readonly seq: number;
  readonly results: readonly {
    readonly op: string;
    readonly id?: number;
    readonly uid?: string;
    readonly version?: number;
    readonly tasks?: readonly {
      readonly id: number;
      readonly target: number;
      readonly version: number;
      readonly state: TaskState;
    }[];
  }[];
  /** How many places beyond the list moved with a road whose centre line it changed. */
  readonly followed?: number;
}

/** One place of a revert: what its fields are now and would be again. */
export interface RevertChange {
  readonly feature: { readonly id: number; readonly name: string; readonly layer: string };
  /** `delete` takes back a creation, `restore` a deletion; `patch` only parts of it. */
  readonly op: "patch" | "delete" | "restore";
  /** Field → [now, again]. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly geometry: boolean;
  readonly tasks: readonly {
    readonly target: number;
    readonly state: readonly [TaskState | null, TaskState | null];
    readonly progress: readonly [number | null, number | null];
  }[];
}

export interface RevertPreview {
  readonly seqs: readonly number[];
  readonly changes: readonly RevertChange[];
}
