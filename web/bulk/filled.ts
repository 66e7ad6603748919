import { useEffect, useRef, useState } from "react";
import type { SelectionRow } from "#data/domain/selection.ts";
import { knowsTime, serverNow } from "../api/client.ts";
import { emptySpec, findBulk, forgetBulk, isFilled, keepBulk } from "./draft.ts";
import { type BulkSpec, specFor } from "./plan.ts";

/** A pause this long after a change, the form is on disk. */
const pauseMs = 250;

interface Filled {
  readonly spec: BulkSpec;
  readonly reason: string;
  readonly mends: string | null;
  readonly missing: readonly string[];
}
const blank: Filled = { spec: emptySpec, reason: "", mends: null, missing: [] };

/** What is filled in, kept in this browser until it is sent: a reload, a crash or ✕ loses nothing. */
export function useFilled(rows: readonly SelectionRow[] | null) {
  const [filled, setFilled] = useState(blank);
  const [restored, setRestored] = useState(false);
  const [lost, setLost] = useState(false);
  const sent = useRef(false);
  const found = useRef(false);
  useEffect(() => {
    if (found.current || !rows) return;
    found.current = true;
    void findBulk(knowsTime() ? serverNow() : null).then((draft) => {
      if (!draft) return;
      const { reason, mends, missing = [] } = draft;
      setFilled({ reason, mends, missing, spec: specFor(draft.spec, rows) });
      setRestored(true);
    });
  }, [rows]);
  useEffect(() => {
    if (!rows || !isFilled(filled) || sent.current) return;
    const keep = () => {
      if (!sent.current) keepBulk({ ...filled, rows, open: true }, serverNow()).catch(() => setLost(true));
    };
    const timer = window.setTimeout(keep, pauseMs);
    window.addEventListener("pagehide", keep);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [filled, rows]);
  const end = async () => {
    sent.current = true;
    await forgetBulk().catch(() => undefined);
  };
  return {
    ...filled,
    restored,
    lost,
    put: (change: Partial<Filled>) => setFilled((now) => ({ ...now, ...change })),
    /** It is in the outbox, or stored. */
    done: end,
    /** Put away for now: it is there when the panel is opened again. */
    close: async () => {
      sent.current = true;
      await keepBulk({ ...filled, rows: rows ?? [], open: false }, serverNow()).catch(() => undefined);
    },
    clear: async () => {
      setFilled(blank);
      setRestored(false);
      await forgetBulk().catch(() => undefined);
    },
  };
}
