import { create } from "zustand";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { Done, Entry } from "./entry.ts";

interface OutboxState {
  /** What this account has not got through yet, oldest first. */
  readonly entries: readonly Entry[];
  /** What was acknowledged while this page was open, newest first. */
  readonly done: readonly Done[];
  /** On its way now: 0 to 1 of a file, `null` of a list of changes. */
  readonly sending: Readonly<Record<string, number | null>>;
  /** Nobody gets through; tried again at `until` (ms). */
  readonly away: { readonly until: number; readonly problem: ProblemBody } | null;
  /** Entries that the browser would not keep: they go with the page. */
  readonly loose: ReadonlySet<string>;
  /** Is the full list open? */
  readonly listed: boolean;
}

/** What waits to be sent, as all tabs of this browser see it. */
export const useOutbox = create<OutboxState>()(() => ({
  entries: [],
  done: [],
  sending: {},
  away: null,
  loose: new Set(),
  listed: false,
}));

/** Opens the full list, from wherever it is asked for. */
export const openOutbox = (): void => useOutbox.setState({ listed: true });
