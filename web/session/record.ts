import { create } from "zustand";
import { useSession } from "../api/session.ts";
import { type Deed, emptyJournal, type Journal, record } from "./journal.ts";

interface JournalState {
  /** Whose it is: another account in the same tab begins anew. */
  readonly account: string | null;
  readonly journal: Journal;
}

const shelf = "guatu-journal";

/** A tab's journal outlives a reload, not the tab. What a browser refuses to keep is kept in memory. */
export const useJournal = create<JournalState>()(() => ({ account: null, journal: emptyJournal }));

/** The journal of whoever is signed in now. */
export function ownJournal(): Journal {
  const account = useSession.getState().session?.who.account ?? null;
  if (useJournal.getState().account !== account)
    useJournal.setState({ account, journal: read(account) ?? emptyJournal });
  return useJournal.getState().journal;
}

/** Is there anything that 撤销 or 重做 would act on? */
export function hasDeeds(): boolean {
  const account = useSession.getState().session?.who.account ?? null;
  const known = useJournal.getState();
  const { done, undone } = known.account === account ? known.journal : (read(account) ?? emptyJournal);
  return done.length + undone.length > 0;
}

export function keepJournal(journal: Journal): void {
  const account = useSession.getState().session?.who.account ?? null;
  useJournal.setState({ account, journal });
  try {
    sessionStorage.setItem(shelf, JSON.stringify({ account, journal }));
  } catch {
    // No room or no permission: the steps can be undone until the page is reloaded.
  }
}

/** Notes an acknowledged write as a step that 撤销 can take back. */
export const recordDeed = (deed: Deed): void => keepJournal(record(ownJournal(), deed));

function read(account: string | null): Journal | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(shelf) ?? "null");
    if (!isKept(kept) || kept.account !== account) return null;
    return kept.journal;
  } catch {
    return null;
  }
}

const isKept = (kept: unknown): kept is { account: string; journal: Journal } =>
  typeof kept === "object" &&
  kept !== null &&
  "journal" in kept &&
  ["done", "undone", "seqs"].every((key) => Array.isArray(Reflect.get(Object(kept.journal), key)));
