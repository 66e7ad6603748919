import { asProblem, ProblemError } from "../api/problem.ts";
import { discardEntries, enqueueRevert } from "../outbox/api.ts";
import type { Outcome } from "../outbox/engine.ts";
import { useOutbox } from "../outbox/state.ts";
import { moment } from "../ui/format.ts";
import { type Deed, dropped, nextDeed, type Way, widened } from "./journal.ts";
import { keepJournal, ownJournal } from "./record.ts";

export interface Taken {
  readonly tone: "ok" | "refused";
  readonly text: string;
}

const verb = { undo: "撤销", redo: "重做" } as const;

/** Takes the next deed back, or does it again; tells in one sentence what came of it. `null`: there is nothing. */
export async function take(way: Way): Promise<Taken | null> {
  const unsent = lastUnsent();
  if (unsent)
    return {
      tone: "refused",
      text: `“${unsent.title} ${unsent.what}”还没发出去，不用${verb[way]}：在待发箱里可以放弃它，发完以后再${verb[way]}别的。`,
    };
  const deed = nextDeed(ownJournal(), way);
  if (!deed) return null;
  if (deed.stuck) {
    keepJournal(dropped(ownJournal(), way));
    return { tone: "refused", text: `“${deed.name}”不在这里${verb[way]}：${deed.stuck}。` };
  }
  try {
    const ended = await revert(way, deed);
    if (ended.kind === "acknowledged") return { tone: "ok", text: `已${verb[way]}：${deed.name}` };
    if (ended.kind === "queued")
      return {
        tone: "ok",
        text: `${verb[way]}“${deed.name}”存在本机的待发箱，连上后自动发送，不会做两遍。`,
      };
    return refusal(way, deed.name, new ProblemError(ended.problem));
  } catch (error) {
    return refusal(way, deed.name, asProblem(error));
  }
}

/** What this person did last and is still on its way: it comes before anything that is stored. */
const lastUnsent = () => useOutbox.getState().entries.findLast(({ kind }) => kind !== "photo");

/** Queues the taking back; where the server names later changesets that are all of this session, they go with it. */
async function revert(way: Way, deed: Deed): Promise<Outcome> {
  const reason = `${verb[way]}：${deed.name}`.slice(0, 500);
  let seqs: readonly number[] = [deed.seq];
  let replaces: string | null = null;
  for (;;) {
    const { id, outcome } = await enqueueRevert({
      title: verb[way],
      what: deed.name,
      name: reason,
      reason,
      revert: { seqs, way, of: deed.seq },
      // Which places it touches only the server knows: nothing overtakes it, and it overtakes nothing.
      subjects: [],
      replaces,
    });
    const ended = await outcome;
    if (ended.kind === "acknowledged" || ended.kind === "queued") return ended;
    const { overlaps } = ended.problem;
    const later = overlaps?.map(({ seq }) => seq);
    const more = later && widened(ownJournal(), seqs, later);
    if (!more) {
      // It is told here, and the step is still there to be asked for again.
      await discardEntries([id]);
      return ended;
    }
    seqs = more;
    replaces = id;
  }
}

/** Says who stands in the way and what to do. What is back already leaves the journal. */
function refusal(way: Way, name: string, { status, body, message }: ProblemError): Taken {
  const foreign = body.overlaps?.find(({ seq }) => !ownJournal().seqs.includes(seq));
  if (foreign)
    return {
      tone: "refused",
      text: `没有${verb[way]}“${name}”：${foreign.unit} ${moment(foreign.at)} 又改了“${foreign.feature.name}”。到“改动记录”里把两次一起撤回，或直接修改。`,
    };
  if (status === 422 && !body.errors) keepJournal(dropped(ownJournal(), way));
  return { tone: "refused", text: `没有${verb[way]}“${name}”：${message}` };
}
