import { useState } from "react";
import { ProblemError } from "../api/problem.ts";
import { discardEntries, enqueueChange } from "./api.ts";
import type { ChangeOrder, Queued } from "./engine.ts";

/**
 * A dialog's deed. The dialog closes when it is acknowledged, or safe on this machine and waiting for the line; a refusal is told
 * where it can be mended, and sent again in its own stead.
 */
export function useAsking(onClose: () => void) {
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
        onClose();
      } else setRefused({ id, error: new ProblemError(ended.problem) });
    } catch (error) {
      setRefused((before) => ({ id: before?.id ?? null, error }));
    } finally {
      setBusy(false);
    }
  };
  const send = (order: Omit<ChangeOrder, "replaces">) =>
    run((replaces) => enqueueChange({ ...order, replaces }));
  /** Who leaves after a refusal has read it and gives the deed up. */
  const giveUp = () => {
    if (refused?.id) void discardEntries([refused.id]);
    setRefused(null);
  };
  const close = () => {
    giveUp();
    onClose();
  };
  return { busy, error: refused?.error, run, send, giveUp, close };
}
