import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { RecentAnswer } from "#data/domain/wire/live.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { address, send } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { useWho } from "../api/session.ts";
import { type Anchor, anchorOfDay } from "./clock.ts";
import { type Kept, type KeptName, keptNames, localShelf, readKept, writeKept } from "./kept.ts";

/** Also without a word from the stream: what only counts (限定 layers) and a passing midnight change nothing it tells of. */
const everyMs = 60_000;
const againMs = 10_000;
/** Answers this old are called so even while the stream seems to be up. */
const oldMs = 3 * everyMs;
const tickerLines = 4;

interface KeptAnswer<T> {
  readonly body: T | null;
  /** This machine's clock when it was true, ms. */
  readonly seen: number;
  readonly failed: boolean;
}

/** An answer that is asked for again and again, and never taken back: the last good one stays through every failure. */
function useKeptAnswer<T>(name: KeptName, path: string): KeptAnswer<T> {
  const account = useWho().who.account;
  const kept = useMemo(() => readKept<T>(localShelf(), account, name), [account, name]);
  const query = useQuery({
    queryKey: [name, "wall", account],
    queryFn: async ({ signal }): Promise<Kept<T>> => {
      const body = await send<T>(path, { signal });
      // Without a line the worker answers with what it keeps: true when it was kept, not now.
      const answer = { body, seen: useLive.getState().since ?? Date.now() };
      writeKept(localShelf(), account, name, answer);
      return answer;
    },
    refetchInterval: ({ state }) =>
      state.status === "error" || useLive.getState().since !== null ? againMs : everyMs,
    refetchIntervalInBackground: true,
    networkMode: "always",
    gcTime: Number.POSITIVE_INFINITY,
  });
  const answer = query.data ?? kept;
  return { body: answer?.body ?? null, seen: answer?.seen ?? 0, failed: query.isError };
}

export interface WallAnswers {
  readonly programme: ProgrammeAnswer | null;
  readonly recent: RecentAnswer | null;
  readonly anchor: Anchor;
  /** This machine's clock (ms) at the older of the last good answers; 0 when there is none. */
  readonly seen: number;
  /** An answer failed, or was one kept from before. */
  readonly broken: boolean;
}

/** All that the wall shows: the last good answers, whatever happens to the line. */
export function useWallAnswers(): WallAnswers {
  const { today, year } = useWho();
  const up = useLive((s) => s.up);
  const fromShelf = useLive((s) => s.since !== null);
  const programme = useKeptAnswer<ProgrammeAnswer>("programme", `/api/programme/${year}`);
  const recent = useKeptAnswer<RecentAnswer>("recent", address("/api/recent", { limit: tickerLines }));
  useAskedOnNews(up);
  const dayAnchor = useMemo(() => anchorOfDay(today, Date.now()), [today]);
  const { body, seen } = recent;
  const anchor = useMemo(() => (body ? { at: body.now, seen } : dayAnchor), [body, seen, dayAnchor]);
  return {
    programme: programme.body,
    recent: body,
    anchor,
    seen: Math.min(programme.seen, seen),
    broken: programme.failed || recent.failed || fromShelf,
  };
}

/** Since when (this machine's ms) the wall stands still; null while it is true. `now` likewise. */
export const stoppedSince = ({ seen, broken }: WallAnswers, now: number): number | null =>
  seen > 0 && (broken || now - seen > oldMs) ? seen : null;

/** News are asked about at once; all of it when the line comes back, and when it goes: is the server still there? */
function useAskedOnNews(up: boolean): void {
  const client = useQueryClient();
  const news = useLive((s) => s.news);
  // biome-ignore lint/correctness/useExhaustiveDependencies: news are the reason to ask, not what is asked
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ["recent"] });
  }, [client, news]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    for (const name of keptNames) void client.invalidateQueries({ queryKey: [name] });
  }, [client, up]);
  // A stream that hangs tells nothing; the machine knows at once that its line is gone.
  useEffect(() => {
    const ask = () => {
      for (const name of keptNames) void client.invalidateQueries({ queryKey: [name] });
    };
    window.addEventListener("offline", ask);
    window.addEventListener("online", ask);
    return () => {
      window.removeEventListener("offline", ask);
      window.removeEventListener("online", ask);
    };
  }, [client]);
}
