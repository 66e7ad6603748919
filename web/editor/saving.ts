import type { ChangesBody, Geometry } from "#data/domain/change.ts";
import { partsOf } from "#data/domain/paths.ts";
import { stepRule } from "#data/domain/task.ts";
import type { ChangesReply, FeatureView } from "#data/domain/wire.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { send } from "../api/client.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { queryClient } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { deedOf } from "../session/names.ts";
import { recordDeed } from "../session/record.ts";
import { baseOf, changesOf, mergeDocs, mergedDoc, reasonOf, type StepOrder } from "./base.ts";
import type { Border } from "./border.ts";
import { faultsOf } from "./checks.ts";
import type { Doc } from "./document.ts";
import { draftKey, dropDraft } from "./drafts.ts";
import { fresh, perform } from "./steps.ts";
import { useEditor } from "./store.ts";
import { uuid4 } from "./uid.ts";

/** A colleague who saves again and again must not keep us merging for ever. */
const mostRounds = 4;

export interface Saved {
  /** Number of the place: new ones learn theirs here. */
  readonly feature: number;
  readonly version: number;
}

/** Is this shape free of faults? What a merged one must be to be sent by itself. */
export const soundIn = (layer: LayerDef, border: Border | null) => (geometry: Geometry) =>
  faultsOf(layer.geometry, partsOf(geometry), border).every((fault) => fault.advice);

/**
 * Sends what differs from the base, with a flow step if one is ordered. Ends in exactly one state of `saving`:
 * idle (acknowledged), offline (draft kept), refused (with the reason), or conflict (a person chooses).
 */
export async function save(order?: StepOrder): Promise<Saved | null> {
  const { layer, base, sketch, saving } = useEditor.getState();
  if (!layer || !base || !sketch || saving.kind === "sending") return null;
  useEditor.setState({ saving: { kind: "sending" }, note: null });
  try {
    return await rounds(layer, order);
  } catch (error) {
    const problem = asProblem(error);
    const offline = problem.status === 0 && problem.body.code === "unreachable";
    useEditor.setState({ saving: offline ? { kind: "offline", order } : { kind: "refused", problem } });
    return null;
  }
}

async function rounds(layer: LayerDef, order: StepOrder | undefined): Promise<Saved | null> {
  let merges = 0;
  for (;;) {
    const { base, sketch, border } = useEditor.getState();
    if (!base || !sketch) return null;
    try {
      const changes = changesOf(layer, base, sketch.doc, order);
      const reason = reasonOf(sketch.doc);
      const reply = changes.length > 0 ? await post({ changes, ...(reason ? { reason } : {}) }) : null;
      return await settle(base.feature ?? reply?.results[0]?.id ?? null, merges, order);
    } catch (error) {
      const stale = error instanceof ProblemError && error.status === 412;
      if (!stale || base.feature === null || ++merges > mostRounds) throw error;
      const theirs = await viewOf(base.feature);
      if (theirs.feature.guatu.deleted) throw deletedMeanwhile();
      const next = baseOf(theirs);
      // Not this place is stale but one that was to be merged into it.
      if (next.version === base.version && sketch.doc.absorbed?.length) throw error;
      const merged = mergeDocs(layer, base.doc, sketch.doc, next.doc, soundIn(layer, border));
      if (!merged) throw error;
      if (!merged.clean) {
        useEditor.setState({ saving: { kind: "conflict", merged, theirs, order } });
        return null;
      }
      rebase(layer, theirs, mergedDoc(next.doc, merged), `与版本 ${next.version} 合并`);
    }
  }
}

const deletedMeanwhile = () =>
  new ProblemError({
    type: "about:blank",
    title: "这一处已被删除",
    status: 410,
    code: "gone",
    request: "",
    detail: "你编辑时，这一处被删除了。草稿还在本机；可以先恢复它，再保存。",
  });

/** One body, one key: when the answer is lost and the same is sent again, the server gives its first answer. */
async function post(body: ChangesBody): Promise<ChangesReply> {
  const text = JSON.stringify(body);
  const before = useEditor.getState().sent;
  const sent = before?.body === text ? before : { key: uuid4(), body: text };
  useEditor.setState({ sent });
  const reply = await send<ChangesReply>("/api/changes", {
    method: "POST",
    body,
    headers: { "Idempotency-Key": sent.key },
  });
  const { layer, base } = useEditor.getState();
  const title = String(base?.doc.attrs.name ?? layer?.name ?? "");
  recordDeed({ seq: reply.seq, ...deedOf(body.changes, { title, layer: layer ?? undefined }) });
  return reply;
}

const viewOf = (feature: number): Promise<FeatureView> => send<FeatureView>(`/api/features/${feature}/view`);

/** After the acknowledgement: start from what is stored now, with nothing left to save. */
async function settle(feature: number | null, merges: number, order?: StepOrder): Promise<Saved | null> {
  const { layer, base } = useEditor.getState();
  if (feature === null || !layer) return null;
  await forgetDraft(base?.feature ?? null, layer);
  void queryClient.invalidateQueries();
  const view = await viewOf(feature).catch(() => null);
  if (!view) {
    // Stored, but the line broke before it could be read back: nothing may look unsaved.
    const { base, sketch } = useEditor.getState();
    if (base && sketch) useEditor.setState({ base: { ...base, doc: sketch.doc }, sketch: fresh(sketch.doc) });
    useEditor.setState({
      saving: { kind: "idle" },
      kept: null,
      sent: null,
      note: { tone: "ok", text: "已保存" },
    });
    return { feature, version: 0 };
  }
  const version = view.feature.guatu.version;
  useEditor.getState().open({ layer, view, base: baseOf(view) });
  const done = order ? `已记下：${stepRule[order.step].name}` : `已保存 版本 ${version}`;
  const text = merges > 0 ? `${done}，同事刚存的改动已自动合并` : done;
  useEditor.setState({ kept: null, sent: null, restored: null, note: { tone: "ok", text } });
  return { feature, version };
}

/** What was acknowledged is no draft any more, even if the page is closed the moment after. */
async function forgetDraft(feature: number | null, layer: LayerDef): Promise<void> {
  const account = useSession.getState().session?.who.account;
  if (account) await dropDraft(draftKey(account, feature, layer.id)).catch(() => undefined);
}

/** Goes on from a newer stored state with `doc` as what I want; one step, so that it can be undone. */
export function rebase(layer: LayerDef, theirs: FeatureView, doc: Doc, name: string): void {
  const base = baseOf(theirs);
  let sketch = fresh(base.doc);
  const now = Date.now();
  for (const field of new Set([...Object.keys(base.doc.attrs), ...Object.keys(doc.attrs)]))
    if (JSON.stringify(base.doc.attrs[field]) !== JSON.stringify(doc.attrs[field]))
      sketch = perform(layer, sketch, { kind: "set", field, value: doc.attrs[field] }, now);
  for (const [task, value] of Object.entries(doc.progress))
    if (base.doc.progress[task] !== value && task in base.doc.progress)
      sketch = perform(layer, sketch, { kind: "progress", task: Number(task), value }, now);
  if (JSON.stringify(base.doc.geometry) !== JSON.stringify(doc.geometry))
    sketch = perform(layer, sketch, { kind: "shape", geometry: doc.geometry, name }, now);
  const { pieces, absorbed } = useEditor.getState().sketch?.doc ?? {};
  if (pieces?.length || absorbed?.length)
    sketch = perform(
      layer,
      sketch,
      { kind: "regroup", geometry: sketch.doc.geometry, pieces, absorbed, name },
      now,
    );
  useEditor.setState({ base, sketch, view: theirs, selected: null, preview: null, proposal: null });
}

/** Deletes or brings back the place: its own changeset, with the reason in the history. */
export async function removeOrRestore(op: "delete" | "restore", reason: string): Promise<boolean> {
  const { base, saving } = useEditor.getState();
  if (!base || base.feature === null || saving.kind === "sending") return false;
  useEditor.setState({ saving: { kind: "sending" } });
  try {
    await post({
      changes: [{ op, feature: base.feature, base: base.version }],
      ...(reason ? { reason } : {}),
    });
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
