import type { ChangeOp } from "#data/domain/change.ts";
import { stepRule, type TaskStep } from "#data/domain/task.ts";
import type { LayerDef } from "#data/layers/define.ts";
import type { Deed } from "./journal.ts";

interface Named {
  /** Name of the place when there is one. */
  readonly title: string;
  /** Its layer, for the labels of fields. */
  readonly layer?: LayerDef | undefined;
}

const verbs: Readonly<Record<string, string>> = {
  create: "新增",
  delete: "删除",
  restore: "恢复",
  photo: "上传照片到",
  "photo-remove": "撤下照片：",
  correct: "更正",
  "correct-task": "更正任务：",
  observe: "填报",
  report: "填报",
};
const stuckWays: Readonly<Record<string, string>> = {
  photo: "照片请在“证据”里撤下",
  "photo-remove": "撤下的照片请在“证据”里重新上传",
  correct: "更正过以往的记录，请专班再更正一次",
  "correct-task": "更正过以往的记录，请专班再更正一次",
  observe: "监测值请重新填报正确的值",
  report: "指标请重新填报正确的数",
};

/** Name of a list of edits as a step, and why it cannot be undone, if so: 改 8 处的养护保洁, 删除 祥凝浜路北段. */
export function deedOf(changes: readonly ChangeOp[], { title, layer }: Named): Omit<Deed, "seq"> {
  const stuck = changes.map(({ op }) => stuckWays[op]).find((way) => way !== undefined);
  return { name: nameOf(changes, title, layer), ...(stuck ? { stuck } : {}) };
}

function nameOf(changes: readonly ChangeOp[], title: string, layer: LayerDef | undefined): string {
  const places = new Set(changes.map(placeOf)).size;
  const what = places === 1 ? title : `${places} 处`;
  const ops = new Set(changes.map(({ op }) => op));
  if (ops.has("create") && ops.size > 1) return `分割 ${title}`;
  if (ops.has("delete") && ops.size > 1) return `合并到 ${title}`;
  const step = changes.find((op) => op.op === "task" && op.step !== undefined);
  if (step?.op === "task" && step.step) return `${stepRule[step.step as TaskStep].name}：${what}`;
  const [only] = ops;
  const verb = ops.size === 1 && only ? verbs[only] : undefined;
  if (verb) return verb.endsWith("：") ? `${verb}${what}` : `${verb} ${what}`;
  const parts = [...new Set(changes.flatMap((op) => partsOf(op, layer)))];
  if (parts.length === 1 && parts[0] === "图形") return `改图形：${what}`;
  const told = parts.length > 3 ? `${parts.slice(0, 3).join("、")}等 ${parts.length} 项` : parts.join("、");
  return places === 1 ? `改 ${what} 的${told}` : `改 ${what}的${told}`;
}

function placeOf(op: ChangeOp): string {
  if (op.op === "create") return op.uid;
  if (op.op === "photo-remove") return op.photo;
  if (op.op === "report") return op.metric;
  if (op.op === "observe") return String(op.point);
  if (op.op === "task" || op.op === "correct-task")
    return typeof op.task === "number" ? `task ${op.task}` : String(op.task.feature);
  return String(op.feature);
}

function partsOf(op: ChangeOp, layer: LayerDef | undefined): string[] {
  if (op.op === "task")
    return [
      ...(op.progress === undefined ? [] : ["进度"]),
      ...(op.due === undefined ? [] : ["期限"]),
      ...(op.note === undefined ? [] : ["办理说明"]),
    ];
  if (op.op !== "patch") return [];
  return [
    ...Object.keys(op.set ?? {}).map((id) => layer?.fields[id]?.label ?? "属性"),
    ...(op.geometry ? ["图形"] : []),
    ...(op.duty === undefined ? [] : ["责任属地"]),
  ];
}
