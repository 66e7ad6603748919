import type { TaskState } from "./task.ts";

/** The five lights (灯) of a task. A light is computed when read; it is never stored in a feature, a tile or an ETag. */
export const lights = ["late", "warn", "normal", "none", "done"] as const;
export type Light = (typeof lights)[number];

/** 滞后, 预警, 正常, 未开始, 完成: the order in which everything is sorted (design brief §1.3). */
export const lightName: Record<Light, string> = {
  late: "滞后",
  warn: "预警",
  normal: "正常",
  none: "未开始",
  done: "完成",
};

/** Days before the due date from which an open task is 预警. Ours (内控), not the plan's. */
export const warnDays = 15;

export interface LightInput {
  /** `null`: the feature has no task here (不适用 or not opened yet). */
  readonly state: TaskState | null;
  /** Due day as days since 1970-01-01, `null` when the plan gives none. */
  readonly due: number | null;
}

/** Rule L-01. `today` is a day number in Asia/Shanghai. */
export function lightOf({ state, due }: LightInput, today: number): Light {
  if (state === null) return "none";
  if (state === "closed") return "done";
  if (due !== null && due < today) return "late";
  if (due !== null && due - today <= warnDays) return "warn";
  return state === "planned" ? "none" : "normal";
}

export interface LightReason {
  readonly light: Light;
  /** Positive: days left; negative: days overdue (逾期); `null` without a due day. */
  readonly days: number | null;
  /** One sentence of at most 50 characters for the light card. */
  readonly why: string;
}

/** The light and the sentence that explains it. */
export function explainLight(input: LightInput, today: number): LightReason {
  const light = lightOf(input, today);
  const days = input.due === null ? null : input.due - today;
  return { light, days, why: sentence(light, days, input.state) };
}

function sentence(light: Light, days: number | null, state: TaskState | null): string {
  if (state === null) return "这里没有要办的任务。";
  if (light === "done") return "已核查销项。";
  if (light === "late") return `到期未销项，逾期 ${-(days ?? 0)} 天。`;
  if (light === "warn") return days === 0 ? "今天到期，还没有销项。" : `离期限剩 ${days} 天，还没有销项。`;
  if (light === "none") return days === null ? "还没有开始。" : `还没有开始，剩 ${days} 天。`;
  const doing = state === "review" ? "已提交，等待核查" : "正在办理";
  return days === null ? `${doing}。` : `${doing}，剩 ${days} 天。`;
}

export type LightCounts = Record<Light, number>;

export const noLights = (): LightCounts => ({ late: 0, warn: 0, normal: 0, none: 0, done: 0 });

/** Which of several tasks stands for the feature on the map: open before closed, earliest due first. */
export function leadingTask<T extends { state: TaskState; due: number | null }>(
  tasks: readonly T[],
): T | null {
  return [...tasks].sort((a, b) => taskRank(a) - taskRank(b))[0] ?? null;
}

const noDue = 99_999;
const taskRank = (task: { state: TaskState; due: number | null }) =>
  (task.state === "closed" ? 1_000_000 : 0) + (task.due ?? noDue) * 2 + (task.state === "planned" ? 1 : 0);
