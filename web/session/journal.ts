/** What this person did in this tab, as named steps that can be taken back and done again. Pure: asking the server is `taking.ts`. */
export interface Deed {
  /** Changeset that did it; of an undone one, the changeset that took it back. */
  readonly seq: number;
  /** `移动 3 个要素`. */
  readonly name: string;
  /** Why it has another way back; left out: it is undone here. */
  readonly stuck?: string;
}

export interface Journal {
  readonly done: readonly Deed[];
  readonly undone: readonly Deed[];
  /** Every changeset of this session, those that undo and redo too: what may be taken back together with a deed. */
  readonly seqs: readonly number[];
}

export type Way = "undo" | "redo";

export const emptyJournal: Journal = { done: [], undone: [], seqs: [] };

/** Older deeds are taken back from 改动记录. */
const mostDeeds = 100;
/** The server takes back so many changesets at once. */
const mostSeqs = 500;

/** A new deed ends what could be redone. An answer that comes twice is one deed. */
export function record(journal: Journal, deed: Deed): Journal {
  if (journal.seqs.includes(deed.seq)) return journal;
  return {
    done: [...journal.done, deed].slice(-mostDeeds),
    undone: [],
    seqs: [...journal.seqs, deed.seq].slice(-mostSeqs),
  };
}

/** The deed that `way` would act on. */
export const nextDeed = ({ done, undone }: Journal, way: Way): Deed | undefined =>
  (way === "undo" ? done : undone).at(-1);

/**
 * After the server took a deed back (or did it again) by changeset `seq`: the next one, or that of changeset `of`, which may have
 * waited for the line while others were done. An answer that comes twice moves nothing.
 */
export function moved(journal: Journal, way: Way, seq: number, of = nextDeed(journal, way)?.seq): Journal {
  const { done, undone } = journal;
  const deed = (way === "undo" ? done : undone).find((one) => one.seq === of);
  if (journal.seqs.includes(seq)) return journal;
  const seqs = [...journal.seqs, seq].slice(-mostSeqs);
  if (!deed) return { ...journal, seqs };
  const turned = { ...deed, seq };
  const without = (deeds: readonly Deed[]) => deeds.filter((one) => one !== deed);
  return way === "undo"
    ? { done: without(done), undone: [...undone, turned], seqs }
    : { done: [...done, turned], undone: without(undone), seqs };
}

/** Without the next deed: somebody took it back already, or it has another way back. */
export function dropped({ done, undone, seqs }: Journal, way: Way): Journal {
  return way === "undo"
    ? { done: done.slice(0, -1), undone, seqs }
    : { done, undone: undone.slice(0, -1), seqs };
}

/**
 * What to ask for when the server says that `later` changesets build on `asked`: everything of this session since then, for
 * whatever it did after the next deed is undone by now, and a part of it would bring back a half-way state. `null` when
 * somebody else's stand in the way.
 */
export function widened(
  { seqs }: Journal,
  asked: readonly number[],
  later: readonly number[],
): readonly number[] | null {
  const first = Math.min(...asked);
  const all = seqs.filter((seq) => seq >= first);
  return later.every((seq) => seqs.includes(seq)) && all.length > asked.length ? all : null;
}
