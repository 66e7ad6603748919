import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import type { PresenceAnswer } from "#data/domain/presence.ts";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import { listenToFeed } from "./events.ts";
import { useSession } from "./session.ts";

interface LiveState {
  /** False when the browser says offline or the stream broke. */
  readonly up: boolean;
  /** Some of what is shown comes from this machine's shelf: since when (ms) it stands still. `null`: all is fresh. */
  readonly since: number | null;
  /** The last news, for whoever must do more than refetch (the map's tiles). `null` changes: everything. */
  readonly news: { readonly changes: readonly ChangeEvent[] | null } | null;
  /** The last news of who has a place open. */
  readonly presence: PresenceAnswer | null;
}
export const useLive = create<LiveState>()(() => ({ up: true, since: null, news: null, presence: null }));

/** Questions whose answer counts over many features. */
const counting = ["points", "list", "tasks", "layers", "summary", "programme", "proposals"];

/** Keeps this tab's answers true while it is open: mounted once, inside the sign-in gate. */
export function useLiveAnswers(): void {
  const client = useQueryClient();
  useEffect(() => {
    const offline = () => useLive.setState({ up: false });
    window.addEventListener("offline", offline);
    const stop = listenToFeed((message) => {
      if (message.kind === "link") useLive.setState({ up: message.up });
      else if (message.kind === "presence") useLive.setState({ presence: message.presence });
      else if (message.kind === "resync") {
        useLive.setState({ news: { changes: null } });
        void client.invalidateQueries();
      } else if (message.kind === "signed-out") useSession.getState().expire();
      else {
        useSession.getState().saw(message.seq);
        useLive.setState({ news: { changes: message.changes } });
        // A task's change names the task, not its feature: whatever single feature is open is asked again.
        void client.invalidateQueries({ queryKey: ["feature"] });
        void client.invalidateQueries({ queryKey: ["history"] });
        // Answers about a past day do not change by what happens now; a correction can, so they go stale too.
        void client.invalidateQueries({
          predicate: ({ queryKey }) => counting.includes(String(queryKey[0])),
        });
      }
    });
    return () => {
      window.removeEventListener("offline", offline);
      stop();
    };
  }, [client]);
}
