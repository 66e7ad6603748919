import { stepRule } from "#data/domain/task.ts";
import type { LayerDef } from "#data/layers/define.ts";
import type { Base, StepOrder } from "../editor/base.ts";
import { type Doc, dirtyOf } from "../editor/document.ts";

const shape = { Point: "位置", LineString: "走向", Polygon: "边界" } as const;

/** What an edit does, in the few words of a row: 改备注、边界. */
export function whatOf(layer: LayerDef, base: Base, doc: Doc, order?: StepOrder): string {
  if (order) return stepRule[order.step].name;
  if (base.feature === null && base.pending === undefined) return "新建";
  if (doc.absorbed?.length) return "合并";
  if (doc.pieces?.length) return "分割";
  if (doc.along?.length) return "共边";
  const dirty = dirtyOf(base.doc, doc);
  const names = [
    ...dirty.fields.map((field) => layer.fields[field]?.label ?? field),
    ...(dirty.tasks.length > 0 ? ["进度"] : []),
    ...(dirty.geometry ? [shape[layer.geometry]] : []),
  ];
  return names.length > 3
    ? `改${names.slice(0, 2).join("、")}等 ${names.length} 项`
    : `改${names.join("、")}`;
}
