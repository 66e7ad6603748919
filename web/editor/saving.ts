import { stepRule } from "#data/domain/task.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { send } from "../api/client.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { queryClient } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { discardEntries, enqueueChange } from "../outbox/api.ts";
import { useOutbox } from "../outbox/state.ts";
import { whatOf } from "../outbox/words.ts";
import { number } from "../ui/format.ts";
import {
  baseOf,
  changesOf,
  mergeDocs,
  mergedDoc,
  newBase,
  reasonOf,
  type StepOrder,
  subjectsOf,
} from "./base.ts";
import { alone, type Doc } from "./document.ts";
import { draftKey, dropDraft } from "./drafts.ts";
import { rebased } from "./rebase.ts";
import { sendShots } from "./shots.ts";
import { soundIn } from "./sound.ts";
import { fresh } from "./steps.ts";
import { useEditor } from "./store.ts";
import { uuid7 } from "./uid.ts";

/** A colleague who saves again and again must not keep us merging for ever. */
const mostRounds = 4;

export interface Saved {
  /** Number of the place: new ones learn theirs here. */
  readonly feature: number;
  readonly version: number;
}

/**
 * Puts what differs from the base into the outbox, with a flow step if one is ordered, and waits for how it ends: acknowledged,
 * refused (it stays there with its reason), conflict (a person chooses), or safe on this machine until the line is back.
 */
export async function save(order?: StepOrder, round = 0): Promise<Saved | null> {
  const { layer, base, sketch, saving, mends } = useEditor.getState();
  if (!layer || !base || !sketch || saving.kind === "sending") return null;
  useEditor.setState({ saving: { kind: "sending" }, note: null });
  try {
    const changes = changesOf(layer, base, sketch.doc, order);
    if (changes.length === 0) {
      if (mends) await discardEntries([mends]);
      return await settle(base.feature, 0, order);
    }
    const account = useSession.getState().session?.who.account ?? "";
    const { id, outcome } = await enqueueChange({
      title: String(sketch.doc.attrs.name ?? layer.name),
      what: whatOf(layer, base, sketch.doc, order),
      layer: layer.id,
      subjects: subjectsOf(base),
      changes,
      reason: reasonOf(sketch.doc),
      edit: { layer: layer.id, base, sketch, ...(order ? { order } : {}) },
      on: [...(base.pending ? [base.pending] : []), ...unsentOf(sketch.doc)],
      replaces: mends,
      // What is queued is no draft any more.
      dropDraft: draftKey(account, base, layer.id),
    });
    await sendShots(layer, base, sketch.doc);
    const ended = await outcome;
    if (ended.kind === "acknowledged") {
      const { features, merges, followed } = ended.done;
      return await settle(base.feature ?? features[0]?.id ?? null, merges + round, order, followed);
    }
    if (ended.kind === "queued") {
      useEditor.setState({
        base: { ...base, doc: alone(sketch.doc), pending: id },
        sketch: fresh(alone(sketch.doc)),
        ...standing,
      });
      return null;
    }
    const problem = new ProblemError(ended.problem);
    useEditor.setState({ mends: id, saving: { kind: "refused", problem } });
    if (ended.kind === "refused" || base.feature === null) return null;
    return await choose(await viewOf(base.feature), problem, order, round);
  } catch (error) {
    useEditor.setState({ saving: { kind: "refused", problem: asProblem(error) } });
    return null;
  }
}

/** What waits for the other places of this edit: they were taken as I left them. */
function unsentOf({ along = [], absorbed = [] }: Doc): readonly string[] {
  const others = [...along, ...absorbed].map(({ feature }) => feature);
  return useOutbox
    .getState()
    .entries.filter(
      ({ kind, state, subjects }) =>
        kind !== "photo" && state === "waiting" && others.some((one) => subjects.includes(one)),
    )
    .map(({ id }) => id);
}

/** Nothing of mine is open any more. */
const standing = { saving: { kind: "idle" }, kept: null, mends: null, restored: null } as const;

/** Both changed the same place: merged here if the town's border allows what the outbox could not judge, else a person chooses. */
async function choose(
  theirs: FeatureView,
  problem: ProblemError,
  order: StepOrder | undefined,
  round: number,
): Promise<Saved | null> {
  const { layer, base, sketch, border } = useEditor.getState();
  if (!layer || !base || !sketch) return null;
  const next = baseOf(theirs);
  const merged = mergeDocs(layer, base.doc, sketch.doc, next.doc, soundIn(layer, border));
  if (!merged || round >= mostRounds) {
    useEditor.setState({ saving: { kind: "refused", problem } });
    return null;
  }
  if (!merged.clean) {
    useEditor.setState({ saving: { kind: "conflict", merged, theirs, order } });
    return null;
  }
  rebase(layer, theirs, mergedDoc(next.doc, merged), `与版本 ${next.version} 合并`);
  useEditor.setState({ saving: { kind: "idle" } });
  return save(order, round + 1);
}

/** Opens the choice between both sides for an entry that is already known to clash. */
export async function reopenConflict(order?: StepOrder): Promise<void> {
  const { base, saving } = useEditor.getState();
  if (!base || base.feature === null || saving.kind !== "refused") return;
  const theirs = await viewOf(base.feature).catch(() => null);
  if (theirs && !theirs.feature.guatu.deleted) await choose(theirs, saving.problem, order, 0);
}

/** The place was deleted while it was edited: brings it back, then saves what is open on top of it. */
export async function restoreAndSave(order?: StepOrder): Promise<Saved | null> {
  const { layer, base, sketch, saving } = useEditor.getState();
  if (!layer || !base || !sketch || base.feature === null || saving.kind === "sending") return null;
  useEditor.setState({ saving: { kind: "sending" } });
  try {
    const { feature } = await viewOf(base.feature);
    if (feature.guatu.deleted) {
      const { id, outcome } = await enqueueChange({
        title: String(sketch.doc.attrs.name ?? layer.name),
        what: "恢复",
        layer: layer.id,
        subjects: subjectsOf(base),
        changes: [{ op: "restore", feature: base.feature, base: feature.guatu.version }],
        reason: "编辑时被删除，恢复后继续",
      });
      const ended = await outcome;
      if (ended.kind !== "acknowledged") {
        if (ended.kind !== "queued") await discardEntries([id]);
        useEditor.setState({ saving });
        return null;
      }
    }
    // Its base is older than the deletion: the server compares, and what others wrote before it is merged.
    useEditor.setState({ saving: { kind: "idle" } });
    return await save(order);
  } catch (error) {
    useEditor.setState({ saving: { kind: "refused", problem: asProblem(error) } });
    return null;
  }
}

/** Stores what is open as a place of its own, in the stead of the edit that found its place gone. */
export async function saveAsNew(): Promise<Saved | null> {
  const { layer, sketch, saving } = useEditor.getState();
  if (!layer || !sketch || saving.kind === "sending") return null;
  const base = newBase(uuid7(Date.now()));
  const own = Object.entries(sketch.doc.attrs).filter(
    ([field]) => layer.fields[field]?.readonly === undefined,
  );
  const attrs = Object.fromEntries(own.filter(([field]) => field in layer.fields));
  const doc: Doc = { attrs, geometry: sketch.doc.geometry, progress: {} };
  useEditor.setState({
    base,
    sketch: { ...fresh(doc), done: sketch.done },
    view: null,
    saving: { kind: "idle" },
  });
  return save();
}

/** As it is stored now: a kept answer would show the state before what was just acknowledged. */
const viewOf = (feature: number): Promise<FeatureView> =>
  send<FeatureView>(`/api/features/${feature}/view`, { fresh: true });

/**
 * After the acknowledgement: start from what is stored now, with nothing left to save. `goneOn`: was anything done while that was
 * read? It stays open, on the base it has.
 */
export async function settle(
  feature: number | null,
  merges: number,
  order?: StepOrder,
  followed = 0,
  goneOn: () => boolean = () => false,
): Promise<Saved | null> {
  const { layer } = useEditor.getState();
  if (feature === null || !layer) return null;
  await forgetDraft();
  void queryClient.invalidateQueries();
  const view = await viewOf(feature).catch(() => null);
  if (goneOn()) return null;
  if (!view) {
    // Stored, but the line broke before it could be read back: nothing may look unsaved.
    const { base, sketch } = useEditor.getState();
    if (base && sketch)
      useEditor.setState({
        base: { ...base, doc: alone(sketch.doc), pending: undefined },
        sketch: fresh(alone(sketch.doc)),
      });
    useEditor.setState({
      ...standing,
      note: { tone: "ok", text: "已保存" },
    });
    return { feature, version: 0 };
  }
  const version = view.feature.guatu.version;
  useEditor.getState().open({ layer, view, base: baseOf(view) });
  const done = order ? `已记下：${stepRule[order.step].name}` : `已保存 版本 ${version}`;
  const text = [
    done,
    ...(merges > 0 ? ["这期间存下的改动已自动合并"] : []),
    ...(followed > 0 ? [`${number(followed)} 处按桩号定的点位跟着移了`] : []),
  ].join("，");
  useEditor.setState({ ...standing, note: { tone: "ok", text } });
  return { feature, version };
}

/** What was acknowledged is no draft any more, even if the page is closed the moment after. */
async function forgetDraft(): Promise<void> {
  const { base, layer } = useEditor.getState();
  const account = useSession.getState().session?.who.account;
  if (account && base && layer) await dropDraft(draftKey(account, base, layer.id)).catch(() => undefined);
}

/** Goes on from a newer stored state with `doc` as what I want; its steps can be undone. */
export function rebase(layer: LayerDef, theirs: FeatureView, doc: Doc, name: string): void {
  const base = baseOf(theirs);
  const before = useEditor.getState().sketch?.doc;
  const sketch = rebased(layer, base, doc, before, name, Date.now());
  useEditor.setState({ base, sketch, view: theirs, selected: null, preview: null, proposal: null });
}

/** Deletes or brings back the place: its own changeset, with the reason in the history. */
export async function removeOrRestore(op: "delete" | "restore", reason: string): Promise<boolean> {
  const { layer, base, view, saving } = useEditor.getState();
  if (!layer || !base || base.feature === null || saving.kind === "sending") return false;
  useEditor.setState({ saving: { kind: "sending" } });
  const what = op === "delete" ? "删除" : "恢复";
  try {
    const { id, outcome } = await enqueueChange({
      title: String(view?.feature.properties.name ?? layer.name),
      what,
      layer: layer.id,
      subjects: subjectsOf(base),
      changes: [{ op, feature: base.feature, base: base.version }],
      ...(op === "delete" && base.doc.geometry ? { was: base.doc.geometry } : {}),
      reason,
      on: base.pending ?? null,
    });
    const ended = await outcome;
    if (ended.kind === "refused" || ended.kind === "conflict") {
      // It is told here, where it can be asked for again.
      await discardEntries([id]);
      useEditor.setState({ saving: { kind: "refused", problem: new ProblemError(ended.problem) } });
      return false;
    }
    if (ended.kind === "queued") {
      useEditor.setState({ base: { ...base, pending: id }, saving: { kind: "idle" } });
      return true;
    }
    await settle(base.feature, 0);
    useEditor.setState({
      note: { tone: "ok", text: op === "delete" ? "已删除，变更记录里可以恢复" : "已恢复" },
    });
    return true;
  } catch (error) {
    useEditor.setState({ saving: { kind: "refused", problem: asProblem(error) } });
    return false;
  }
}
