import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import { type Merged, type MergeOptions, merge, mergedSide, type Side } from "#data/domain/merge.ts";
import type { TaskStep } from "#data/domain/task.ts";
import type { FeatureView, TaskView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { type Doc, dirtyOf } from "./document.ts";

/** The stored state an edit starts from. `version` 0: not stored yet. */
export interface Base {
  readonly feature: number | null;
  readonly uid: string;
  readonly version: number;
  readonly doc: Doc;
  readonly taskVersion: Readonly<Record<string, number>>;
  /** The unsent entry of the outbox whose result this is. */
  readonly pending?: string | undefined;
}

export function baseOf(view: FeatureView): Base {
  const { feature, tasks } = view;
  const each = <T>(of: (task: TaskView) => T) =>
    Object.fromEntries(tasks.map((task) => [String(task.id), of(task)]));
  return {
    feature: feature.id,
    uid: feature.guatu.uid,
    version: feature.guatu.version,
    doc: { attrs: feature.properties, geometry: feature.geometry, progress: each((task) => task.progress) },
    taskVersion: each((task) => task.version),
  };
}

export const newBase = (uid: string): Base => ({
  feature: null,
  uid,
  version: 0,
  doc: { attrs: {}, geometry: null, progress: {} },
  taskVersion: {},
});

export interface StepOrder {
  readonly task: number;
  readonly step: TaskStep;
  readonly note?: string;
}

/** What to send for the difference between base and document, with a flow step if one is ordered: one list, all or nothing. */
export function changesOf(layer: LayerDef, base: Base, doc: Doc, order?: StepOrder): ChangeOp[] {
  const dirty = dirtyOf(base.doc, doc);
  const ops: ChangeOp[] = [];
  const feature = refOf(base);
  if (feature === null) {
    if (doc.geometry)
      ops.push({
        op: "create",
        uid: base.uid,
        layer: layer.id,
        geometry: doc.geometry,
        properties: { ...doc.attrs },
      });
    return [...ops, ...cutOff(layer, doc)];
  }
  if (dirty.fields.length > 0 || dirty.geometry)
    ops.push({
      op: "patch",
      feature,
      base: base.version,
      ...(dirty.fields.length > 0
        ? { set: Object.fromEntries(dirty.fields.map((field) => [field, doc.attrs[field] ?? null])) }
        : {}),
      ...(dirty.geometry && doc.geometry ? { geometry: doc.geometry } : {}),
    });
  for (const task of new Set([...dirty.tasks, ...(order ? [order.task] : [])])) {
    const reports = dirty.tasks.includes(task);
    const steps = order?.task === task;
    ops.push({
      op: "task",
      task,
      base: base.taskVersion[task],
      ...(reports ? { progress: doc.progress[task] } : {}),
      ...(steps ? { step: order.step } : {}),
      ...(steps && order.note ? { note: order.note } : {}),
    });
  }
  for (const { feature, version, geometry } of doc.along ?? [])
    ops.push({ op: "patch", feature, base: version, geometry });
  for (const other of doc.absorbed ?? [])
    ops.push({ op: "delete", feature: other.feature, base: other.version });
  return [...ops, ...cutOff(layer, doc)];
}

/** How changes name the place; `null` while it is still to be created. */
const refOf = ({ feature, uid, pending }: Base): number | string | null =>
  feature ?? (pending === undefined ? null : uid);

/** The place under all its names. */
export const subjectsOf = ({ feature, uid }: Base): readonly (number | string)[] =>
  feature === null ? [uid] : [feature, uid];

/** The pieces as places of their own, with what people wrote of the whole; numbers of other systems stay with the first. */
function cutOff(layer: LayerDef, doc: Doc): ChangeOp[] {
  const inherited = Object.entries(doc.attrs).filter(
    ([field]) => !layer.fields[field]?.readonly && field !== "external_no",
  );
  const name = typeof doc.attrs.name === "string" ? doc.attrs.name : layer.name;
  return (doc.pieces ?? []).map(({ uid, geometry }, i) => ({
    op: "create",
    uid,
    layer: layer.id,
    geometry,
    properties: { ...Object.fromEntries(inherited), name: `${[...name].slice(0, 74).join("")}（${i + 2}）` },
  }));
}

/** What the history says of it, when it is more than a change of this place. */
export function reasonOf(doc: Doc): string | null {
  if (doc.absorbed?.length)
    return `合并：${doc.absorbed.map((other) => other.name).join("、")}`.slice(0, 500);
  if (doc.along?.length)
    return `共边，同时改：${doc.along.map((other) => other.name).join("、")}`.slice(0, 500);
  return doc.pieces?.length ? `分割成 ${doc.pieces.length + 1} 处` : null;
}

const progressKey = (task: string) => `progress:${task}`;
export const taskOfField = (field: string): number | null =>
  field.startsWith("progress:") ? Number(field.slice(9)) : null;

/** Attributes and progress in one table, so that one merge serves both. `geometry` must be there. */
const sideOf = (doc: Doc, geometry: Geometry): Side => ({
  geometry,
  attrs: {
    ...doc.attrs,
    ...Object.fromEntries(Object.entries(doc.progress).map(([task, value]) => [progressKey(task), value])),
  },
});

/** What both sides did since `base`. `null` while one of them has no shape. */
export function mergeDocs(
  layer: LayerDef,
  base: Doc,
  mine: Doc,
  theirs: Doc,
  sound: MergeOptions["sound"],
): Merged | null {
  if (!base.geometry || !mine.geometry || !theirs.geometry) return null;
  return merge(sideOf(base, base.geometry), sideOf(mine, mine.geometry), sideOf(theirs, theirs.geometry), {
    kindOf: (field) => layer.fields[field]?.kind,
    sound,
  });
}

/** The document after a merge; `choose` as in `mergedSide`, `geometry` when a person chose a shape. */
export function mergedDoc(
  theirs: Doc,
  merged: Merged,
  choose: Readonly<Record<string, "base" | "mine" | "theirs">> = {},
  geometry: Geometry = merged.geometry.value,
): Doc {
  const side = mergedSide(sideOf(theirs, geometry), merged, choose);
  const entries = Object.entries(side);
  return {
    geometry,
    attrs: Object.fromEntries(entries.filter(([field]) => taskOfField(field) === null)),
    progress: Object.fromEntries(
      entries
        .filter(([field]) => taskOfField(field) !== null)
        .map(([field, value]) => [field.slice(9), Number(value)]),
    ),
  };
}

/**
 * Is everything of a draft stored already? So it is when the page was closed between the save and its acknowledgement: the
 * draft then holds nothing that `now`, the stored state, does not.
 */
export function allStored(layer: LayerDef, from: Base, mine: Doc, now: Base): boolean {
  const standing = ({ version, taskVersion }: Base) => JSON.stringify([version, taskVersion]);
  if (from.feature === null || standing(from) === standing(now)) return false;
  if (mine.pieces?.length || mine.absorbed?.length || mine.along?.length) return false;
  const merged = mergeDocs(layer, from.doc, mine, now.doc, () => true);
  return merged?.clean === true && changesOf(layer, now, mergedDoc(now.doc, merged)).length === 0;
}
