/** The flow of a task (流转): 未开始 → 进行中 → 待核查 → 销项. CHECK constraint, buttons, API and tests read this table. */
export const taskFlow = {
  planned: { start: "underway" },
  underway: { submit: "review" },
  review: { accept: "closed", reject: "underway", withdraw: "underway" },
  closed: { reopen: "underway" },
} as const;

export type TaskState = keyof typeof taskFlow;
export type TaskStep = { [S in TaskState]: keyof (typeof taskFlow)[S] }[TaskState];

/** Array order is the tile code `st`: planned 0, underway 1, review 2, closed 3. Append only. */
export const taskStates = ["planned", "underway", "review", "closed"] as const satisfies readonly TaskState[];

export const stateName: Record<TaskState, string> = {
  planned: "未开始",
  underway: "进行中",
  review: "待核查",
  closed: "已销项",
};

interface StepRule {
  readonly name: string;
  /** `handle`: whoever may write the place (town, lead unit). `verify`: a reviewer of the lead unit or the 专班. */
  readonly right: "handle" | "verify";
  readonly needsReason: boolean;
}

export const stepRule: Record<TaskStep, StepRule> = {
  start: { name: "开始办理", right: "handle", needsReason: false },
  submit: { name: "提交核查", right: "handle", needsReason: false },
  withdraw: { name: "撤回提交", right: "handle", needsReason: false },
  accept: { name: "核查通过，销项", right: "verify", needsReason: false },
  reject: { name: "退回", right: "verify", needsReason: true },
  reopen: { name: "重新打开", right: "verify", needsReason: true },
};

/** The state after `step`, or `null` when the flow does not allow it. */
export function nextState(from: TaskState, step: TaskStep): TaskState | null {
  const moves: Partial<Record<TaskStep, TaskState>> = taskFlow[from];
  return moves[step] ?? null;
}

export const stepsFrom = (from: TaskState): TaskStep[] => Object.keys(taskFlow[from]) as TaskStep[];

export const stateCode = (state: TaskState): number => taskStates.indexOf(state);
