import { useEffect, useRef } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { ProblemError } from "../api/problem.ts";
import { baseOn } from "../outbox/chain.ts";
import type { Entry } from "../outbox/entry.ts";
import { useOutbox } from "../outbox/state.ts";
import { baseOf } from "./base.ts";
import { reopenConflict, settle } from "./saving.ts";
import { useEditor } from "./store.ts";

/** The unsent entry on whose result the open place stands, while it waits. */
export function usePendingEntry(): Entry | null {
  const id = useEditor((s) => s.base?.pending);
  return useOutbox((s) => (id ? (s.entries.find((entry) => entry.id === id) ?? null) : null));
}

/**
 * What was saved without a line and is answered while the place is open: acknowledged, it is shown as stored; refused, it is open
 * for mending. What was done since then stays. `goTo`: a new place has its number.
 */
export function usePending(
  layer: LayerDef,
  latest: FeatureView | null,
  goTo: (feature: number) => Promise<void>,
): void {
  const id = useEditor((s) => s.base?.pending);
  const entry = usePendingEntry();
  const done = useOutbox((s) => (id ? s.done.find((each) => each.id === id) : undefined));
  const seen = useRef<string | null>(null);
  useEffect(() => {
    const { base, sketch } = useEditor.getState();
    if (!id || !base || !sketch) return;
    const untouched = sketch.done.length === 0;
    if (entry) seen.current = id;
    if (done) {
      const feature = baseOn(base, done).feature;
      const isNew = base.feature === null && feature !== null;
      // At once: what is done from now on is done to what was stored.
      useEditor.setState({ base: baseOn(base, done) });
      const goneOn = () => useEditor.getState().sketch?.done.length !== 0;
      void (untouched ? settle(feature, done.merges, undefined, 0, goneOn) : Promise.resolve()).then(() =>
        isNew ? goTo(feature) : undefined,
      );
    } else if (entry?.edit && entry.problem && entry.state !== "waiting") {
      const { base, sketch: refused, order } = entry.edit;
      const problem = new ProblemError(entry.problem);
      // What was done since goes on: the next save stores both, in the place of what was refused.
      const mine = untouched ? refused : sketch;
      useEditor.setState({ base, sketch: mine, mends: entry.id, saving: { kind: "refused", problem } });
      if (entry.state === "conflict") void reopenConflict(order);
    } else if (!entry && seen.current === id) {
      // Given up in the outbox: what is stored stands again.
      if (untouched && latest) useEditor.getState().open({ layer, view: latest, base: baseOf(latest) });
      else useEditor.setState({ base: { ...base, pending: undefined } });
    }
  }, [id, entry, done, layer, latest, goTo]);
}
