import type { ChangeOp } from "#data/domain/change.ts";
import { type PhotoPhase, photoLimits, metres as spoken } from "#data/domain/photo.ts";
import { nextState, stateName, stepRule, type TaskState, type TaskStep } from "#data/domain/task.ts";
import type { TaskView } from "#data/domain/wire/feature.ts";
import type { MyTask } from "#data/domain/wire/list.ts";
import type { Here } from "../map/here.ts";
import type { Entry } from "../outbox/entry.ts";

/** A task as a hand holds it, whichever answer told of it. */
export interface Handled
  extends Pick<
    MyTask,
    "task" | "version" | "state" | "target" | "due" | "lead" | "progress" | "light" | "steps"
  > {
  readonly returned: MyTask["returned"];
}

export const handledOf = (task: TaskView): Handled => ({
  task: task.id,
  version: task.version,
  state: task.state,
  target: task.target,
  due: task.due,
  lead: task.lead,
  progress: task.progress,
  light: task.light,
  steps: task.steps.filter((each) => each.allowed).map((each) => each.step),
  returned: task.returned ?? null,
});

/** One side of the switch, and what the button below it then does. */
export interface Choice {
  readonly id: "doing" | "review" | "stuck" | "accept" | "reject";
  readonly word: string;
  readonly steps: readonly TaskStep[];
  readonly button: string;
  /** Asked for in words. */
  readonly needsReason: boolean;
}

const stuck: Choice = {
  id: "stuck",
  word: "办不了",
  steps: [],
  button: "报告办不了",
  needsReason: true,
};

const taking = (id: Choice["id"], word: string, ...steps: TaskStep[]): Choice => {
  const last = stepRule[steps.at(-1) ?? "start"];
  return { id, word, steps, button: last.name, needsReason: last.needsReason };
};

/** What may be said of a task from the street, in the order of the switch. Steps of handling may follow each other at once. */
export function choicesOf(state: TaskState, allowed: readonly TaskStep[]): Choice[] {
  const may = (step: TaskStep) => allowed.includes(step) && nextState(state, step) !== null;
  const doing = stateName.underway;
  if (may("start"))
    return [taking("doing", doing, "start"), taking("review", stateName.review, "start", "submit"), stuck];
  if (may("submit"))
    return [
      { id: "doing", word: doing, steps: [], button: "报告进度", needsReason: false },
      taking("review", stateName.review, "submit"),
      stuck,
    ];
  return [
    ...(may("withdraw") ? [taking("doing", doing, "withdraw")] : []),
    ...(may("accept") ? [taking("accept", stateName.closed, "accept")] : []),
    ...(may("reject") ? [taking("reject", stepRule.reject.name, "reject")] : []),
    ...(may("reopen") ? [taking("doing", doing, "reopen")] : []),
  ];
}

/** What a tap on the button alone would mean: the next step of handling. A verdict is never chosen beforehand. */
export const firstChoice = (state: TaskState, choices: readonly Choice[]): Choice | null =>
  (state === "planned" && choices.find(({ id }) => id === "doing")) ||
  (state === "underway" && choices.find(({ id }) => id === "review")) ||
  null;

interface Said {
  readonly reason: string;
  /** 0 to 100; only with 报告进度. */
  readonly progress?: number;
}

/** A choice as changes, one transaction. The words of a step are the reason of the whole. */
export function reportOps({ task, version, progress }: Handled, choice: Choice, said: Said): ChangeOp[] {
  const note = said.reason.trim();
  if (choice.steps.length === 0)
    return [
      {
        op: "task",
        task,
        base: version,
        progress: choice.id === "doing" ? (said.progress ?? progress) : undefined,
        note: choice.id === "stuck" ? `办不了：${note}` : note || undefined,
      },
    ];
  return choice.steps.map((step, i) => ({
    op: "task",
    task,
    ...(i === 0 ? { base: version } : {}),
    step,
  }));
}

/** What waits on this machine to be said of a task. */
export const entriesOf = (entries: readonly Entry[], task: number): Entry[] =>
  entries.filter(({ changes }) => changes.some((op) => op.op === "task" && op.task === task));

/** May this place count as taken at the spot? `null`: not known. */
const isNear = (metresAway: number | null): boolean | null =>
  metresAway === null ? null : metresAway <= photoLimits.nearMetres;

/** The sentence under the photos: how many lack, and whether a picture taken here would count. `word`: 区域, 线路, 点位. */
export function photoAdvice(
  missing: readonly PhotoPhase[],
  here: Here,
  metresAway: number | null,
  word: string,
): string {
  const lack = missing.length === 0 ? "整治前后的照片都有了。" : `还差 ${missing.length} 张。`;
  const rule = `在${word} ${photoLimits.nearMetres} 米内拍，`;
  const near = isNear(metresAway);
  if (here.kind === "known" && near !== null)
    return here.accuracyM > 2 * photoLimits.nearMetres
      ? `${lack}${rule}现在的位置误差 ${spoken(here.accuracyM)}，走到空旷处再拍。`
      : `${lack}${rule}${near ? "现在的位置可以。" : `现在离${word} ${spoken(metresAway ?? 0)}。`}`;
  if (here.kind === "asking") return `${lack}${rule}正在定位。`;
  if (here.kind === "refused") return `${lack}${rule}浏览器没有给位置，可在浏览器设置里打开。`;
  if (here.kind === "unavailable") return `${lack}${rule}现在定不了位，照样可以拍。`;
  return `${lack}${rule}点“到我的位置”看够不够近。`;
}
