import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { layerById } from "#data/layers/registry.ts";
import { baseOf, changesOf, mergeDocs, mergedDoc } from "../editor/base.ts";
import { rebased } from "../editor/rebase.ts";
import { soundIn } from "../editor/sound.ts";
import type { Entry } from "./entry.ts";
import type { MergeResult } from "./sender.ts";

/** Somebody saved first: puts this edit on what is stored now, if both go together. `now` in ms. */
export function mergeOnto(entry: Entry, theirs: FeatureView, now: number): MergeResult {
  const { edit } = entry;
  const layer = edit && layerById(edit.layer);
  if (!edit || !layer || edit.base.feature === null) return { kind: "refused" };
  if (theirs.feature.guatu.deleted) return { kind: "refused", problem: deletedMeanwhile };
  const { base, sketch, order } = edit;
  const next = baseOf(theirs);
  // Not this place is stale but one that was to be merged into it.
  if (next.version === base.version && (sketch.doc.absorbed?.length || sketch.doc.along?.length))
    return { kind: "refused" };
  const merged = mergeDocs(layer, base.doc, sketch.doc, next.doc, soundIn(layer, null));
  if (!merged) return { kind: "refused" };
  if (!merged.clean) return { kind: "conflict" };
  const doc = mergedDoc(next.doc, merged);
  const mine = rebased(layer, next, doc, sketch.doc, `与版本 ${next.version} 合并`, now);
  const changes = changesOf(layer, next, mine.doc, order);
  if (changes.length === 0)
    return { kind: "stored", feature: next.feature ?? 0, uid: next.uid, version: next.version };
  return { kind: "again", changes, edit: { ...edit, base: next, sketch: mine } };
}

const deletedMeanwhile: ProblemBody = {
  type: "about:blank",
  title: "这一处已被删除",
  status: 410,
  code: "gone",
  request: "",
  detail: "你编辑时，这一处被删除了。你的改动还在本机：可以恢复它再保存，或另存为新的一处。",
};
