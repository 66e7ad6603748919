import type { Who } from "../account.ts";
import type { TaskState } from "../task.ts";
import type { FeatureBody, Overlap } from "./feature.ts";

export interface SessionAnswer {
  readonly who: Who;
  readonly csrf: string;
  readonly today: string;
  readonly demo: boolean;
  readonly year: number;
  readonly head: number;
}

/** RFC 9457 problem+json. `errors` names fields; `stale` comes with 412. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly request: string;
  readonly errors?: readonly { readonly at: string; readonly message: string }[];
  readonly stale?: {
    readonly feature?: FeatureBody;
    readonly task?: {
      readonly id: number;
      readonly version: number;
      readonly state: TaskState;
      readonly progress: number;
      readonly due: string | null;
    };
    /** Field ids changed since the base version; `geometry` for the shape. */
    readonly changed: readonly string[];
    readonly seq: number;
  };
  /** With `overlap`: what came later and stands in the way of a revert. */
  readonly overlaps?: readonly Overlap[];
}
