import type { ProblemBody } from "./wire/session.ts";
import type { ChangesReply } from "./wire/write.ts";

/** What would become of one op of a list, were it sent now. */
export type OpOutcome =
  | { readonly ok: true; readonly result: ChangesReply["results"][number] }
  | {
      readonly ok: false;
      /**
       * As in a problem: forbidden, stale, invalid, wrong-step, gone, not-found … `unjudged`: only tried together with others
       * that may not be written; it may be writable by itself.
       */
      readonly code: string;
      readonly detail: string;
      /** Fields of this op, without the `changes.N` in front. */
      readonly errors?: ProblemBody["errors"];
      readonly stale?: ProblemBody["stale"];
    };

/** Answer of a dry run, op by op: the list could be sent whole when all are `ok`, else without the others. */
export interface ChangesPreview {
  readonly outcomes: readonly OpOutcome[];
}
