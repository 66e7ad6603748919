import type { ChangeOp } from "#data/domain/change.ts";
import type { FieldDef } from "#data/domain/field.ts";
import { sameValue } from "#data/domain/merge.ts";
import type { OpOutcome } from "#data/domain/preview.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { nextState, stateName, stepRule, type TaskStep } from "#data/domain/task.ts";
import { checkAttrs } from "#data/domain/validate.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { offeredFields, showValue } from "../forms/value.ts";

/** `add` and `take` are for a choice of many: some more, or some less, whatever else is chosen. */
export type FieldWay = "set" | "clear" | "add" | "take";
export interface FieldAct {
  readonly field: string;
  readonly way: FieldWay;
  readonly value?: unknown;
}
export interface TaskAct {
  readonly step?: TaskStep;
  readonly progress?: number;
  readonly due?: string;
  readonly note?: string;
}
export interface BulkSpec {
  /** Only places of this layer; `null`: all that are chosen, by fields they share. */
  readonly layer: string | null;
  readonly fields: readonly FieldAct[];
  readonly task: TaskAct;
}

interface PlannedPart {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}
export interface Planned {
  readonly row: SelectionRow;
  readonly kind: "change" | "same" | "refused";
  /** Of a refused one: why, and what to do. */
  readonly why?: string;
  readonly parts: readonly PlannedPart[];
  readonly ops: readonly ChangeOp[];
}

/** Fields that every one of these layers has in the same form, in the order of the first. */
export function sharedFields(layers: readonly LayerDef[]): (readonly [string, FieldDef])[] {
  const [first, ...others] = layers;
  if (!first) return [];
  return Object.entries(first.fields).filter(
    ([id, field]) =>
      !field.readonly &&
      !field.retired &&
      others.every((layer) => layer.fields[id] && formOf(layer.fields[id]) === formOf(field)),
  );
}

/** Two layers may call a field differently required; what can be entered must be the same. */
const formOf = ({ required: _, help: _help, tile: _tile, ...form }: FieldDef): string => JSON.stringify(form);

/** What a bulk edit would do to each place, before the server is asked. Pure. */
export function planBulk(rows: readonly SelectionRow[], spec: BulkSpec): Planned[] {
  return rows
    .filter((row) => spec.layer === null || row.layer === spec.layer)
    .map((row) => planRow(row, spec));
}

function planRow(row: SelectionRow, spec: BulkSpec): Planned {
  const refused = (why: string): Planned => ({ row, kind: "refused", why, parts: [], ops: [] });
  const layer = layerById(row.layer);
  if (!layer) return refused("图层已经不在目录里");
  if (!row.may) return refused(row.why ?? "不归你修改");
  const attrs = row.attrs ?? {};
  const set: Record<string, unknown> = {};
  for (const act of spec.fields) set[act.field] = valueAfter(attrs[act.field], act);
  const after = { ...attrs, ...set };
  const offered = new Set(offeredFields(layer, after).map(([id]) => id));
  const strange = Object.keys(set).find((id) => !offered.has(id) && !sameValue(set[id], attrs[id]));
  if (strange !== undefined) return refused(`“${layer.fields[strange]?.label ?? strange}”在这一处不适用`);
  const changed = Object.fromEntries(Object.entries(set).filter(([id]) => !sameValue(set[id], attrs[id])));
  const [finding] = checkAttrs(layer, changed, { partial: true });
  if (finding) return refused(finding.message);
  const parts = Object.keys(changed).map((id) => ({
    label: layer.fields[id]?.label ?? id,
    before: showValue(layer.fields[id], attrs[id]),
    after: showValue(layer.fields[id], changed[id]),
  }));
  const patch: ChangeOp[] =
    parts.length > 0 ? [{ op: "patch", feature: row.id, base: row.version, set: changed }] : [];
  const tasks = planTasks(row, spec.task);
  if (typeof tasks === "string") return refused(tasks);
  const ops = [...patch, ...tasks.ops];
  return { row, kind: ops.length > 0 ? "change" : "same", parts: [...parts, ...tasks.parts], ops };
}

function valueAfter(before: unknown, { way, value }: FieldAct): unknown {
  const had: readonly unknown[] = Array.isArray(before) ? before : [];
  const given: readonly unknown[] = Array.isArray(value) ? value : [];
  switch (way) {
    case "clear":
      return null;
    case "add":
      return [...had, ...given.filter((item) => !had.includes(item))];
    case "take": {
      const left = had.filter((item) => !given.includes(item));
      return left.length > 0 ? left : null;
    }
    case "set":
      return value ?? null;
  }
}

/** The task ops of a place, or why there can be none. */
function planTasks(row: SelectionRow, act: TaskAct): { ops: ChangeOp[]; parts: PlannedPart[] } | string {
  const { step, progress, due, note } = act;
  const ops: ChangeOp[] = [];
  const parts: PlannedPart[] = [];
  if (step === undefined && progress === undefined && due === undefined) return { ops, parts };
  const tasks = row.tasks ?? [];
  if (tasks.length === 0) return "这一处没有任务";
  const verdicts = tasks.map((task) => task.steps.find((one) => one.step === step));
  if (step !== undefined && !verdicts.some((verdict) => verdict?.allowed)) {
    const [task] = tasks;
    const why = verdicts.find((verdict) => verdict?.why)?.why ?? "现在不能走这一步";
    return `任务 ${task!.target} 现在是“${stateName[task!.state]}”，${why}`;
  }
  for (const [i, task] of tasks.entries()) {
    const label = `任务 ${task.target}`;
    const steps = step !== undefined && verdicts[i]?.allowed === true;
    if (step !== undefined && !steps) continue;
    const reports = progress !== undefined && progress !== task.progress;
    const dated = due !== undefined && due !== task.due;
    if (reports && !steps && task.state === "closed") return `${label} 已经销项，不能再报进度`;
    if (!steps && !reports && !dated) continue;
    if (steps) {
      const next = nextState(task.state, step);
      parts.push({
        label: `${label} ${stepRule[step].name}`,
        before: stateName[task.state],
        after: next ? stateName[next] : "",
      });
    }
    if (reports) parts.push({ label: `${label} 进度`, before: `${task.progress}%`, after: `${progress}%` });
    if (dated) parts.push({ label: `${label} 期限`, before: task.due ?? "空", after: due });
    ops.push({
      op: "task",
      task: task.id,
      base: task.version,
      ...(steps ? { step } : {}),
      ...(reports ? { progress } : {}),
      ...(dated ? { due } : {}),
      ...(steps && note ? { note } : {}),
    });
  }
  return { ops, parts };
}

/** The plan with what the server said of its ops, in their order. */
export function judged(plan: readonly Planned[], outcomes: readonly OpOutcome[]): Planned[] {
  let next = 0;
  return plan.map((one) => {
    const own = outcomes.slice(next, next + one.ops.length);
    next += one.ops.length;
    const refused = own.find((outcome) => !outcome.ok);
    if (!refused || refused.ok) return one;
    return { ...one, kind: "refused", why: refusalText(one.row, refused), ops: [] };
  });
}

/** One sentence; of a stale one, which fields somebody changed since it was read. */
export function refusalText(
  row: Pick<SelectionRow, "layer">,
  refused: Extract<OpOutcome, { ok: false }>,
): string {
  if (refused.code !== "stale") return refused.detail;
  const fields = layerById(row.layer)?.fields ?? {};
  const changed = (refused.stale?.changed ?? []).map(
    (id) => fields[id]?.label ?? (id === "geometry" ? "图形" : id === "task" ? "任务" : id),
  );
  return `${changed.length > 0 ? changed.join("、") : "这一处"}刚被改过，重新读取后再看`;
}

/** What a form does, in the few words of a row: 改备注、期限. */
export function specText({ fields, task }: BulkSpec, kinds: readonly LayerDef[]): string {
  const labels = fields.map(
    ({ field }) => kinds.find((layer) => layer.fields[field])?.fields[field]?.label ?? field,
  );
  const { step, progress, due } = task;
  const parts = [
    ...labels,
    ...(progress === undefined ? [] : ["进度"]),
    ...(due === undefined ? [] : ["期限"]),
  ];
  const changed =
    parts.length > 3 ? `改${parts.slice(0, 2).join("、")}等 ${parts.length} 项` : `改${parts.join("、")}`;
  return [...(step ? [stepRule[step].name] : []), ...(parts.length > 0 ? [changed] : [])].join("，");
}

/** A form for these places: without a layer or fields that none of them has. */
export function specFor(spec: BulkSpec, rows: readonly Pick<SelectionRow, "layer">[]): BulkSpec {
  const layer = rows.some((row) => row.layer === spec.layer) ? spec.layer : null;
  const kinds = [...new Set(rows.map((row) => row.layer))].flatMap((id) => layerById(id) ?? []);
  const offered = new Set(
    sharedFields(kinds.filter(({ id }) => layer === null || id === layer)).map(([field]) => field),
  );
  return { ...spec, layer, fields: spec.fields.filter(({ field }) => offered.has(field)) };
}
