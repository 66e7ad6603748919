import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { pendingOf } from "../outbox/chain.ts";
import type { Box, Entry } from "../outbox/entry.ts";
import { overlaid } from "../outbox/overlaid.ts";
import { settledBase } from "../outbox/queue.ts";
import { allStored, type Base, type StepOrder, subjectsOf } from "./base.ts";
import { alone } from "./document.ts";
import type { Draft } from "./drafts.ts";

/** With what the editor opens a place: as it is stored, as I left it unsent, or with what I have not saved. */
export interface OpeningChoice {
  readonly base: Base;
  readonly draft: Draft | null;
  /** The draft is no draft but an entry that was not taken: why, and whether a person has to choose between two sides. */
  readonly stopped: {
    readonly problem: ProblemBody;
    readonly conflict: boolean;
    readonly order?: StepOrder;
  } | null;
  /** The draft was stored all the same: it can go. */
  readonly drop: string | null;
}

interface Found {
  readonly layer: LayerDef;
  /** As the server told last; for something new a base of its own. */
  readonly stored: Base;
  readonly draft: Draft | null;
  readonly box: Box;
  readonly account: string;
  /** The entry that is asked for, when the place has no number yet. */
  readonly entry?: string | undefined;
}

const standing = (draft: Draft | null, base: Base): OpeningChoice => ({
  base,
  draft,
  stopped: null,
  drop: null,
});

/** What I did last comes first: the draft, then what was refused, then what waits. Pure. */
export function choiceOf({ layer, stored, draft, box, account, entry }: Found): OpeningChoice {
  if (draft && !entry) {
    const below = box.entries.find(({ id }) => id === draft.base.pending);
    // What it was begun on was refused since: the next save stores both, in its place.
    const mended =
      below?.edit && below.state !== "waiting" ? below : box.entries.find(({ id }) => id === draft.mends);
    const base = (mended === below && mended?.edit?.base) || settledBase(box, draft.base);
    if (!allStored(layer, base, draft.sketch.doc, stored)) {
      const kept: Draft = { ...draft, base, mends: mended?.id ?? null };
      return { ...standing(kept, base), stopped: mended ? stopOf(mended) : null };
    }
    return { ...choiceOf({ layer, stored, draft: null, box, account }), drop: draft.key };
  }
  const asked = box.entries.filter(({ id }) => id === entry);
  const own = asked.length > 0 ? asked : pendingOf(box.entries, account, subjectsOf(stored));
  const subjects = subjectsOf(stored);
  // An edit of a neighbour (a shared edge, a merge) waits for this place too: it is not this place's edit.
  const edits = own.flatMap((each) =>
    each.edit && (asked.length > 0 || subjectsOf(each.edit.base).some((one) => subjects.includes(one)))
      ? [{ each, edit: each.edit }]
      : [],
  );
  const halted = edits.find(({ each }) => each.state !== "waiting");
  if (halted) {
    const { each, edit } = halted;
    const { base, sketch } = edit;
    const { layer, title, id, createdAt } = { ...each, layer: edit.layer };
    const asDraft: Draft = { key: "", layer, title, base, sketch, savedAt: createdAt, mends: id };
    return { base, draft: asDraft, stopped: stopOf(each), drop: null };
  }
  const last = edits.at(-1);
  const mine = last ? { ...last.edit.base, doc: alone(last.edit.sketch.doc), pending: last.each.id } : stored;
  // What a list, or a neighbour's edit, did to it since.
  const since = own.filter(
    (each) =>
      each.state === "waiting" &&
      each.order > (last?.each.order ?? 0) &&
      each.changes.some((op) => op.op === "patch" && subjects.includes(op.feature)),
  );
  const pending = since.at(-1)?.id ?? mine.pending;
  return standing(null, {
    ...mine,
    pending,
    doc: { ...mine.doc, ...overlaid(subjects, docOf(mine), since) },
  });
}

const docOf = ({ doc: { attrs, geometry } }: Base) => ({ attrs, geometry });

const stopOf = ({ problem, state, edit }: Entry): OpeningChoice["stopped"] =>
  problem && state !== "waiting" ? { problem, conflict: state === "conflict", order: edit?.order } : null;
