import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Merged } from "#data/domain/merge.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { formatLayers, shownLayers } from "../map/search-params.ts";
import { discardEntries } from "../outbox/api.ts";
import { baseOf, mergeDocs, mergedDoc, newBase, type StepOrder } from "./base.ts";
import { isCurrent, isNewer } from "./base-age.ts";
import { dirtyOf } from "./document.ts";
import { draftKey, dropDraft } from "./drafts.ts";
import type { Gate } from "./gate.ts";
import { usePending } from "./pending.ts";
import { rebase, restoreAndSave, save, saveAsNew } from "./saving.ts";
import { soundIn } from "./sound.ts";
import { useEditor } from "./store.ts";
import { uuid7 } from "./uid.ts";

/** What the editor's address keeps of the map's. */
type Address = Readonly<Record<string, string | undefined>>;

export interface Newer {
  readonly view: FeatureView;
  readonly merged: Merged;
}

/** Saving, what becomes of what was saved without a line, and taking up a colleague's newer state. */
export function useSaving(layer: LayerDef, latest: FeatureView | null, gate: Gate) {
  const navigate = useNavigate();
  const { layers: shown }: Address = useSearch({ strict: false });
  const goTo = useCallback(
    (feature: number) =>
      navigate({
        to: "/edit",
        search: { feature: String(feature), ...(shown ? { layers: shown } : {}) },
        replace: true,
      }),
    [navigate, shown],
  );
  const send = useCallback(
    async (order?: StepOrder) => {
      if (order ? gate.stepBlocked : gate.blocked) return;
      const isNew = useEditor.getState().base?.feature === null;
      const saved = await save(order);
      if (saved && isNew) await goTo(saved.feature);
    },
    [gate.blocked, gate.stepBlocked, goTo],
  );
  usePending(layer, latest, goTo);
  const take = ({ view, merged }: Newer) => {
    if (!merged.clean) return useEditor.setState({ saving: { kind: "conflict", merged, theirs: view } });
    const next = baseOf(view);
    rebase(layer, view, mergedDoc(next.doc, merged), `与版本 ${next.version} 合并`);
  };
  const restore = () => void restoreAndSave();
  const anew = () => void saveAsNew().then((saved) => (saved ? goTo(saved.feature) : undefined));
  return { send, take, restore, anew };
}

/**
 * A newer stored state than the open one, with the merge it would need. While nothing of mine is open the editor simply
 * follows it, so this stays `null`.
 */
export function useNewer(layer: LayerDef, latest: FeatureView | null): Newer | null {
  const base = useEditor((s) => s.base);
  const doc = useEditor((s) => s.sketch?.doc);
  const border = useEditor((s) => s.border);
  const busy = useEditor((s) => s.saving.kind === "sending" || s.saving.kind === "conflict");
  // On top of what is not sent yet nothing can be compared: the outbox does it when it sends.
  const settled = base !== null && base.pending === undefined;
  const newer = latest !== null && !busy && settled && isNewer(latest);
  const dirty = base !== null && doc !== undefined && dirtyOf(base.doc, doc).count > 0;
  useEffect(() => {
    if (!latest || busy || !settled) return;
    if (newer && !dirty) useEditor.getState().open({ layer, view: latest, base: baseOf(latest) });
    else if (isCurrent(latest)) useEditor.setState({ view: latest });
  }, [layer, latest, newer, dirty, busy, settled]);
  return useMemo(() => {
    if (!latest || !newer || !dirty || !base || !doc) return null;
    const merged = mergeDocs(layer, base.doc, doc, baseOf(latest).doc, soundIn(layer, border));
    return merged && { view: latest, merged };
  }, [layer, latest, newer, dirty, base, doc, border]);
}

/** Ways out of the page. A draft is never lost without a word. */
export function useLeaving(layer: LayerDef, latest: FeatureView | null, account: string) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const id = latest?.feature.id ?? null;
  const { layers: shown, v }: Address = useSearch({ strict: false });
  // Back to what was shown, and to what was edited, which may be none of it.
  const layers = formatLayers([...new Set([...shownLayers(shown ? { layers: shown } : {}), layer.id])]);
  const leave = () =>
    void navigate({
      to: "/",
      search:
        id === null
          ? { ...(v ? { v } : {}), ...(shown ? { layers: shown } : {}) }
          : { sel: String(id), ...(layers ? { layers } : {}) },
    });
  const discard = async () => {
    const { base: open, mends, sketch } = useEditor.getState();
    if (!open || !sketch) return;
    const key = draftKey(account, open, layer.id);
    const stored = latest ? baseOf(latest) : newBase(uuid7(Date.now()));
    // What is queued stays queued: only what was done since goes.
    const base = open.pending === undefined ? stored : open;
    useEditor.getState().open({ layer, view: latest, base });
    if (mends) await discardEntries([mends]);
    await dropDraft(key).catch(() => undefined);
  };
  const ask = () => {
    const { base, sketch } = useEditor.getState();
    if (base && sketch && dirtyOf(base.doc, sketch.doc).count > 0) setAsking(true);
    else leave();
  };
  return {
    asking,
    ask,
    leave,
    stay: () => setAsking(false),
    /** What was handed on is no draft of mine any more. */
    forget: discard,
    discard: () => void discard(),
    discardAndLeave: () => void discard().then(leave),
  };
}
