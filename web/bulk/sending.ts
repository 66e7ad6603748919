import type { ChangeOp } from "#data/domain/change.ts";
import { mostSelected } from "#data/domain/extent.ts";
import type { ChangesPreview, OpOutcome } from "#data/domain/preview.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { send } from "../api/client.ts";
import { queryClient } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { uuid4 } from "../editor/uid.ts";
import type { Deed } from "../session/journal.ts";
import { recordDeed } from "../session/record.ts";

/** What the server would say of each op; nothing is written. Throws ProblemError. */
export async function tryOut(changes: readonly ChangeOp[], reason: string): Promise<readonly OpOutcome[]> {
  if (changes.length === 0) return [];
  const body = { changes, ...(reason ? { reason } : {}), dryRun: true };
  const { outcomes } = await send<ChangesPreview>("/api/changes", { method: "POST", body });
  return outcomes;
}

/** Was one list of edits sent and not answered, it goes out again under the same key. */
let unanswered: { readonly text: string; readonly key: string } | null = null;

/** Writes one list, all or nothing, as one step of this session. Throws ProblemError; what was sent may be sent again. */
export async function writeAll(
  changes: readonly ChangeOp[],
  reason: string,
  deed: Omit<Deed, "seq">,
): Promise<ChangesReply> {
  const body = { changes, ...(reason ? { reason } : {}) };
  const text = JSON.stringify(body);
  if (unanswered?.text !== text) unanswered = { text, key: uuid4() };
  const reply = await send<ChangesReply>("/api/changes", {
    method: "POST",
    body,
    headers: { "Idempotency-Key": unanswered.key },
  });
  unanswered = null;
  recordDeed({ seq: reply.seq, ...deed });
  useSession.getState().saw(reply.seq);
  void queryClient.invalidateQueries();
  return reply;
}

/** Steps of a list beyond what one request takes. */
export const tooMany = (changes: readonly ChangeOp[]): boolean => changes.length > mostSelected;
