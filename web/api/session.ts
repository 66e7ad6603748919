import { create } from "zustand";
import type { SessionAnswer } from "#data/domain/wire/session.ts";

interface SessionState {
  readonly session: SessionAnswer | null;
  /** Highest changeset number this browser has seen: sent along so that it always reads its own writes. */
  readonly seq: number;
  /** The session ended while a page was open: the shell leads to sign-in and back. */
  readonly expired: boolean;
  set(session: SessionAnswer | null): void;
  saw(seq: number): void;
  expire(): void;
}

export const useSession = create<SessionState>()((put) => ({
  session: null,
  seq: 0,
  expired: false,
  set: (session) => put((old) => ({ session, expired: false, seq: Math.max(old.seq, session?.head ?? 0) })),
  saw: (seq) => put((old) => (seq > old.seq ? { seq } : old)),
  expire: () => put({ session: null, expired: true }),
}));

/** For pages behind the sign-in gate: there is always a session. Throws outside it. */
export function useWho(): SessionAnswer {
  const session = useSession((s) => s.session);
  if (!session) throw new Error("useWho outside the sign-in gate");
  return session;
}
