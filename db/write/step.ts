import { roleRights } from "#data/domain/account.ts";
import { nextState, stateName, stepRule, type TaskStep } from "#data/domain/task.ts";
import { programmes, targetOf } from "#data/programme/programme.ts";
import type { TaskDraft } from "./draft.ts";
import type { Findings } from "./findings.ts";
import { WriteRefused } from "./refused.ts";

export interface Writer {
  readonly accountId: number;
  readonly role: keyof typeof roleRights;
  readonly unit: string;
  readonly town: string | null;
}

/** Moves a task by one step of its flow. Throws WriteRefused: not from this state, no reason, not this writer's to verify. */
export function stepTask(
  task: TaskDraft,
  step: TaskStep,
  note: string | undefined,
  { writer, reason, findings }: { writer: Writer; reason: string; findings: Findings },
): void {
  const next = nextState(task.state, step);
  if (!next)
    throw new WriteRefused(
      "wrong-step",
      `任务现在是“${stateName[task.state]}”，不能“${stepRule[step].name}”。请刷新后再看。`,
    );
  if (stepRule[step].needsReason && !note?.trim() && reason === "")
    findings.refuse("note", `请写明${step === "reject" ? "退回" : "重新打开"}的理由`);
  if (stepRule[step].right === "verify") requireVerifier(task, step, writer);
  task.state = next;
  if (next === "closed") task.progress = 100;
}

/** The database asks the same; it cannot tell a rejection from a withdrawal, so the step itself is judged here. */
function requireVerifier(task: TaskDraft, step: TaskStep, writer: Writer): void {
  const rights = roleRights[writer.role];
  const leads = programmeOf(task).leads;
  if (!rights.verify || !(rights.everywhere || leads.some((lead) => lead === writer.unit)))
    throw new WriteRefused("forbidden", "核查由牵头单位的审核人或专班办理。");
  if (task.submittedBy === writer.accountId || (task.submittedBy === null && task.folded > 1))
    throw new WriteRefused(
      "forbidden",
      step === "reject"
        ? "这是你自己提交的，请用“撤回提交”。"
        : "你不能核查自己提交的销项，请牵头单位或专班另一位同事核查。",
    );
}

function programmeOf(task: TaskDraft): { readonly leads: readonly string[] } {
  const programme = programmes.find(({ year }) => year === Math.floor(task.target / 100));
  return (programme && targetOf(programme, task.target % 100)) ?? { leads: [task.lead] };
}
