import type { ChangesReply } from "#data/domain/wire/write.ts";
import { send } from "../api/client.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { queryClient } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { moment } from "../ui/format.ts";
import { dropped, moved, nextDeed, type Way, widened } from "./journal.ts";
import { keepJournal, ownJournal } from "./record.ts";

export interface Taken {
  readonly tone: "ok" | "refused";
  readonly text: string;
}

const verb = { undo: "撤销", redo: "重做" } as const;
/** The last request that went out unanswered: the same one goes out again under its key. */
let unanswered: { readonly text: string; readonly key: string } | null = null;

/** Takes the next deed back, or does it again; tells in one sentence what came of it. `null`: there is nothing. */
export async function take(way: Way): Promise<Taken | null> {
  const deed = nextDeed(ownJournal(), way);
  if (!deed) return null;
  if (deed.stuck) {
    keepJournal(dropped(ownJournal(), way));
    return { tone: "refused", text: `“${deed.name}”不在这里${verb[way]}：${deed.stuck}。` };
  }
  try {
    const { seq } = await revert([deed.seq], `${verb[way]}：${deed.name}`.slice(0, 500));
    keepJournal(moved(ownJournal(), way, seq));
    useSession.getState().saw(seq);
    void queryClient.invalidateQueries();
    return { tone: "ok", text: `已${verb[way]}：${deed.name}` };
  } catch (error) {
    return refusal(way, deed.name, asProblem(error));
  }
}

async function revert(seqs: readonly number[], reason: string): Promise<ChangesReply> {
  let asked = seqs;
  for (;;) {
    const text = JSON.stringify([asked, reason]);
    if (unanswered?.text !== text) unanswered = { text, key: crypto.randomUUID() };
    try {
      const reply = await send<ChangesReply>("/api/changes/revert", {
        method: "POST",
        body: { seqs: asked, reason },
        headers: { "Idempotency-Key": unanswered.key },
      });
      unanswered = null;
      return reply;
    } catch (error) {
      const { status, body } = asProblem(error);
      if (status !== 0) unanswered = null;
      const more =
        body.overlaps &&
        widened(
          ownJournal(),
          asked,
          body.overlaps.map(({ seq }) => seq),
        );
      if (!more) throw error instanceof ProblemError ? error : asProblem(error);
      asked = more;
    }
  }
}

/** Says who stands in the way and what to do. What is back already leaves the journal. */
function refusal(way: Way, name: string, { status, body, message }: ProblemError): Taken {
  if (status === 0)
    return { tone: "refused", text: `没有${verb[way]}“${name}”：网络断了。连上后再按一次，不会做两遍。` };
  const foreign = body.overlaps?.find(({ seq }) => !ownJournal().seqs.includes(seq));
  if (foreign)
    return {
      tone: "refused",
      text: `没有${verb[way]}“${name}”：${foreign.unit} ${moment(foreign.at)} 又改了“${foreign.feature.name}”。到“改动记录”里把两次一起撤回，或直接修改。`,
    };
  if (status === 422 && !body.errors) keepJournal(dropped(ownJournal(), way));
  return { tone: "refused", text: `没有${verb[way]}“${name}”：${message}` };
}
