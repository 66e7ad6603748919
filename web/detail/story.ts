import type { Light } from "#data/domain/light.ts";
import { phaseName, photoPhases } from "#data/domain/photo.ts";
import { stateName, type TaskState, taskStates } from "#data/domain/task.ts";
import type { HistoryEntry } from "#data/domain/wire.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { shownChange } from "./attributes.ts";

export interface Line {
  readonly seq: number;
  readonly key: string;
  /** `MM-DD` when it became so. */
  readonly day: string;
  readonly what: string;
  readonly who: string;
  /** Reason or what changed, one a row. */
  readonly more: readonly string[];
  /** Recorded on another day than it became so: corrections and what was done offline. */
  readonly recorded: string | null;
  readonly mood: Light | null;
}

const featureWords: Readonly<Record<string, string>> = {
  create: "建立",
  patch: "修改",
  delete: "删除",
  restore: "恢复",
  correct: "更正",
};

const photoWords: Readonly<Record<string, string>> = { photo: "上传照片", "photo-remove": "撤下照片" };

const isState = (value: unknown): value is TaskState => (taskStates as readonly unknown[]).includes(value);

/** The word for a move along the flow; 退回 and 撤回 end in the same state, so the history says 退为办理中. */
function moveWord(before: unknown, after: TaskState): string {
  if (!isState(before)) return after === "planned" ? "下发任务" : `任务${stateName[after]}`;
  if (after === "closed") return "核查通过，销项";
  if (after === "review") return "提交核查";
  if (before === "review") return "退回办理";
  return before === "closed" ? "重新打开" : "开始办理";
}

const moods: Partial<Record<string, Light>> = {
  退回办理: "late",
  重新打开: "late",
  "核查通过，销项": "done",
  提交核查: "normal",
};

const shanghaiDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });
const dayOf = (iso: string) => shanghaiDay.format(new Date(iso));

/** A history entry as one line that reads like a sentence. */
export function lineOf(entry: HistoryEntry, layer: LayerDef | undefined, index: number): Line {
  const photos = photoWords[entry.op];
  const isTask = entry.target !== undefined;
  const state = entry.fields.state?.[1];
  const what = photos
    ? photos
    : isTask
      ? isState(state)
        ? moveWord(entry.fields.state?.[0], state)
        : entry.op === "correct"
          ? "更正任务"
          : "报告进展"
      : (featureWords[entry.op] ?? entry.op);
  const from = dayOf(entry.from);
  const at = dayOf(entry.at);
  return {
    seq: entry.seq,
    key: `${entry.seq}-${index}`,
    day: from.slice(5),
    what,
    who: entry.person ? `${entry.unit} ${entry.person}` : entry.unit,
    more: [...(entry.reason ? [entry.reason] : []), ...changesOf(entry, layer, isTask)],
    recorded: at === from ? null : at,
    mood: moods[what] ?? null,
  };
}

function changesOf(
  { op, fields, geometry }: HistoryEntry,
  layer: LayerDef | undefined,
  isTask: boolean,
): string[] {
  if (op === "create") return [];
  if (photoWords[op])
    return [
      photoPhases
        .flatMap((phase) => {
          const count = fields[phase]?.find((side) => side !== null);
          return count === undefined ? [] : [`${phaseName[phase]} ${count} 张`];
        })
        .join("、"),
    ];
  const shape = geometry ? ["改了图形"] : [];
  if (isTask) {
    const progress = fields.progress;
    const due = fields.due;
    return [
      ...(progress && progress[0] !== null ? [`进度 ${progress[0]}% → ${progress[1]}%`] : []),
      ...(due && due[0] !== null ? [`期限 ${due[0]} → ${due[1] ?? "无"}`] : []),
    ];
  }
  const told = Object.entries(fields).map(([id, [before, after]]) => {
    const label = layer?.fields[id]?.label ?? id;
    return `${label}：${shownChange(layer, id, before)} → ${shownChange(layer, id, after)}`;
  });
  return [...shape, ...told];
}
