import { useState } from "react";
import { ProblemError } from "../api/problem.ts";
import { discardEntries, enqueueChange } from "./api.ts";
import type { ChangeOrder, Queued } from "./engine.ts";

/**
 * One deed asked for in a dialog: queued, and told here how it ended. `done` is called when it is acknowledged, or safe on this
 * machine and waiting for the line. A refusal is shown where it can be mended: the next try takes its place, and who leaves has
 * read it and gives it up.
 */
export function useDeed(done: () => void) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ readonly id: string | null; readonly error: unknown } | null>(
    null,
  );
  const run = async (queue: (replaces: string | null) => Promise<Queued>) => {
    setBusy(true);
    try {
      const { id, outcome } = await queue(refused?.id ?? null);
      const ended = await outcome;
      if (ended.kind === "acknowledged" || ended.kind === "queued") {
        setRefused(null);
        done();
      } else setRefused({ id, error: new ProblemError(ended.problem) });
    } catch (error) {
      setRefused({ id: null, error });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error: refused?.error,
    run,
    send: (order: ChangeOrder) => run((replaces) => enqueueChange({ ...order, replaces })),
    giveUp: () => {
      if (refused?.id) void discardEntries([refused.id]);
    },
  };
}
