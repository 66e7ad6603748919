import { dutyWordRule, dutyWords } from "#data/domain/duty.ts";
import type { Light } from "#data/domain/light.ts";
import { phaseName, photoPhases } from "#data/domain/photo.ts";
import { proposalDeedName } from "#data/domain/proposal.ts";
import { stateName, type TaskState, taskStates } from "#data/domain/task.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { changeLabel, shownChange } from "./attributes.ts";
import { whoOf } from "./who.ts";

interface Diff {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export interface Line {
  readonly seq: number;
  readonly key: string;
  /** `MM-DD` when it became so. */
  readonly day: string;
  /** The same, `YYYY-MM-DD`. */
  readonly date: string;
  readonly what: string;
  readonly who: string;
  readonly reason: string | null;
  /** What it was and became, one a row. */
  readonly diffs: readonly Diff[];
  /** 撤回 from both sides. */
  readonly notes: readonly string[];
  /** The shape changed: it can be drawn. */
  readonly shape: boolean;
  /** The version that can be brought back; null for a task's line and a deletion. */
  readonly version: number | null;
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
  ...proposalDeedName,
  ...Object.fromEntries(dutyWords.map((word) => [`duty-${word}`, dutyWordRule[word].deed])),
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
    date: from,
    what,
    who: whoOf(entry),
    reason: entry.reason,
    diffs: photos ? [] : isTask ? taskDiffs(entry) : placeDiffs(entry, layer),
    notes: [
      ...(photos ? [photoCounts(entry)] : []),
      ...(entry.proposal && entry.version !== undefined && !isTask ? [`会签 ${entry.proposal} 生效`] : []),
      ...(entry.followed ? ["道路中心线改了，按桩号跟着移"] : []),
      ...(entry.reverts ? [`撤回变更 ${entry.reverts.join("、")}`] : []),
      ...(entry.revertedBy ? [`已由变更 ${entry.revertedBy} 撤回`] : []),
    ],
    shape: entry.geometry,
    version: photos || isTask || entry.op === "delete" ? null : (entry.version ?? null),
    recorded: at === from ? null : at,
    mood: moods[what] ?? null,
  };
}

const photoCounts = ({ fields }: HistoryEntry): string =>
  photoPhases
    .flatMap((phase) => {
      const count = fields[phase]?.find((side) => side !== null);
      return count === undefined ? [] : [`${phaseName[phase]} ${count} 张`];
    })
    .join("、");

function taskDiffs({ op, fields: { progress, due, note } }: HistoryEntry): Diff[] {
  if (op === "create") return [];
  const row = (label: string, pair: readonly [unknown, unknown] | undefined, unit = ""): Diff[] =>
    pair && pair[0] !== null
      ? [{ label, before: `${pair[0]}${unit}`, after: pair[1] === null ? "无" : `${pair[1]}${unit}` }]
      : [];
  const said: Diff[] =
    typeof note?.[1] === "string" ? [{ label: "说明", before: String(note[0] ?? "空"), after: note[1] }] : [];
  return [...row("进度", progress, "%"), ...row("期限", due), ...said];
}

function placeDiffs({ op, fields }: HistoryEntry, layer: LayerDef | undefined): Diff[] {
  if (op === "create") return [];
  return Object.entries(fields).map(([id, [before, after]]) => ({
    label: changeLabel(layer, id),
    before: shownChange(layer, id, before),
    after: shownChange(layer, id, after),
  }));
}
