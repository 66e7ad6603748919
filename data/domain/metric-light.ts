import { type Light, lights, warnDays } from "./light.ts";
import type { Due, Goal, MetricKind, Pace } from "./programme.ts";
import { dayNumber } from "./time.ts";

/** Ours (内控), not the plan's: a metric this many points behind is still 正常; up to the next, 预警; beyond, 滞后. */
const normalLag = 2;
const warnLag = 15;
/** A rate that must hold at all times: this many points below its goal are 预警, more are 滞后. */
const warnBelow = 5;
/** Share of periods missed or late that leaves a cadence 正常. */
const missedShare = 0.05;
/** Share of overdue tasks from which a list without a number of the plan is 滞后. */
export const lateShare = 0.2;

/** By that day the metric should have reached that per cent of its goal. */
export interface Stage {
  readonly date: string;
  readonly percent: number;
}

/** What a metric, or one part of it, is judged by. */
export interface Judged {
  readonly kind: MetricKind;
  readonly unit: string;
  readonly down: boolean;
  readonly goal: Goal | null;
  readonly pace: Pace | null;
  readonly due: Due;
  readonly yearEnd: boolean;
  readonly stages: readonly Stage[];
  readonly year: number;
}

export interface TasksBehind {
  readonly total: number;
  /** Overdue and not closed. */
  readonly late: number;
  readonly open: number;
  /** Open ones that were closed before and have a new due day still ahead (返潮). */
  readonly reopenedAhead: number;
}

/** A period of a cadence: kept in time, made up later (补做), missed, or still running. */
export type SlotState = "kept" | "madeUp" | "missed" | "running";
export interface Slot {
  readonly period: string;
  readonly state: SlotState;
}

export interface Facts {
  readonly value: number | null;
  /** Denominator of a rate or list. */
  readonly of: number | null;
  /** Progress in per cent of the goal, where it says more than value / goal: a round half walked. */
  readonly progress?: number;
  /** Same period of last year. */
  readonly reference?: number | null;
  readonly tasks?: TasksBehind;
  readonly slots?: readonly Slot[];
  /** Was the goal met at the end of the due day? Looked up when it is met now. */
  readonly metAtDue?: boolean;
}

export interface Judgement {
  readonly light: Light | null;
  readonly why: string;
  readonly met: boolean;
  readonly metLate: boolean;
  /** value / of, for rates and lists. */
  readonly percent: number | null;
  /** Per cent of the goal reached, at most 100; `null` where there is nothing to reach. */
  readonly completion: number | null;
}

/** Rule L-02. `today` is a day number; facts are those of that day. */
export function judgeMetric(metric: Judged, facts: Facts, today: number): Judgement {
  const percent = percentOf(facts);
  const completion = completionOf(metric, facts, percent);
  const met = isMet(metric, facts, percent, today);
  const metLate = met && isPastDue(metric, today) && facts.metAtDue === false;
  const { light, why } = lightAndWhy(metric, facts, { percent, completion, met, metLate, today });
  return { light, why, met, metLate, percent, completion };
}

interface Context {
  readonly percent: number | null;
  readonly completion: number | null;
  readonly met: boolean;
  readonly metLate: boolean;
  readonly today: number;
}
interface Said {
  readonly light: Light | null;
  readonly why: string;
}

function lightAndWhy(metric: Judged, facts: Facts, context: Context): Said {
  if (metric.kind === "cadence") return cadenceLight(facts.slots ?? []);
  if (facts.value === null) return { light: null, why: "还没有数据。" };
  if (metric.goal === null) return withoutGoal(metric, facts);
  if (metric.kind === "trend") return trendLight(metric, facts);
  if (context.met && (metric.pace !== "A" || isPastDue(metric, context.today)))
    return { light: "done", why: context.metLate ? "已经达到目标，但晚于期限。" : "已经达到目标。" };
  if (metric.down) return downLight(metric, facts, context);
  if (isPastDue(metric, context.today)) return afterDue(facts);
  if (metric.kind === "milestone") return milestoneLight(metric, context);
  return metric.pace === "A" ? holdingLight(metric, context) : pacedLight(metric, context);
}

/** Goal-less lists take the light of the tasks behind; everything else without a goal is followed without a colour. */
function withoutGoal(metric: Judged, { tasks }: Facts): Said {
  if (metric.kind !== "list" || !tasks || tasks.total === 0)
    return { light: null, why: "方案没有定数，只跟踪，不评灯。" };
  return tasksLight(tasks);
}

/** Overdue tasks as a light: from a fifth 滞后, any at all 预警. */
export function tasksLight({ total, late }: Pick<TasksBehind, "total" | "late">): Said {
  const share = total === 0 ? 0 : late / total;
  if (share >= lateShare)
    return { light: "late", why: `${total} 件任务里 ${late} 件逾期，占 ${points(share * 100)}%。` };
  return late > 0
    ? { light: "warn", why: `${total} 件任务里 ${late} 件逾期。` }
    : { light: "normal", why: "没有逾期的任务。" };
}

function cadenceLight(slots: readonly Slot[]): Said {
  const past = slots.filter((slot) => slot.state !== "running");
  if (past.length === 0) return { light: null, why: "还没有到第一期。" };
  const missed = past.filter((slot) => slot.state === "missed").length;
  const madeUp = past.filter((slot) => slot.state === "madeUp").length;
  const kept = `${past.length} 期里按时 ${past.length - missed - madeUp} 期`;
  if (missed + madeUp === 0) return { light: "normal", why: `${past.length} 期全部按时。` };
  if ((missed + madeUp) / past.length <= missedShare)
    return { light: "normal", why: `${kept}，缺漏不超过 5%。` };
  return missed === 0
    ? { light: "warn", why: `${kept}，误期的 ${madeUp} 期都已补做；误期照记。` }
    : { light: "late", why: `${kept}，还有 ${missed} 期没有补做。` };
}

function trendLight(metric: Judged, { value, reference }: Facts): Said {
  if (reference === null || reference === undefined) return { light: null, why: "没有去年同期数，只跟踪。" };
  const now = value ?? 0;
  const compare = `今年 ${now} ${metric.unit}，去年同期 ${reference} ${metric.unit}`;
  return now >= reference
    ? { light: "late", why: `${compare}，没有下降。` }
    : { light: "normal", why: `${compare}，下降 ${points(((reference - now) / reference) * 100)}%。` };
}

/** A number that should be low: over its goal it is 预警 while every task behind still has time. */
function downLight(metric: Judged, { value, tasks }: Facts, { today }: Context): Said {
  const now = `现有 ${value} ${metric.unit}`;
  if (metric.goal && compare(value ?? 0, metric.goal.op, metric.goal.value))
    return { light: "normal", why: `${now}，在目标以内。` };
  if (isPastDue(metric, today)) return { light: "late", why: `${now}，到期仍超过目标。` };
  if (metric.pace !== "A") return { light: null, why: `${now}，年底归零；进度看销项率。` };
  return (tasks?.late ?? 0) > 0
    ? { light: "late", why: `${now}，其中有逾期的。` }
    : { light: "warn", why: `${now}，都在整改期限内。` };
}

function afterDue({ tasks }: Facts): Said {
  if (tasks && tasks.open > 0 && tasks.reopenedAhead === tasks.open)
    return { light: "warn", why: `按期完成后有 ${tasks.open} 处返潮，新期限还没到。` };
  return { light: "late", why: "期限已过，还没有达到目标。" };
}

function holdingLight({ goal }: Judged, { percent, completion }: Context): Said {
  const now = percent ?? completion ?? 0;
  const wanted = percent === null ? 100 : (goal?.value ?? 100);
  const below = wanted - now;
  if (below <= 0) return { light: "normal", why: `${points(now)}%，保持在目标上。` };
  const text = `${points(now)}%，比目标低 ${points(below)} 个百分点。`;
  return { light: below <= warnBelow ? "warn" : "late", why: text };
}

/** Done or not: before its due day it can only come close. */
function milestoneLight({ due, year }: Judged, { today }: Context): Said {
  const left = dayNumber(due.date ?? `${year}-12-31`) - today;
  return { light: left <= warnDays ? "warn" : "normal", why: `还没有完成，离期限剩 ${left} 天。` };
}

function pacedLight(metric: Judged, { completion, today }: Context): Said {
  const done = completion ?? 0;
  const expected = expectedPercent(metric, today);
  const lag = expected - done;
  const text = `完成 ${points(done)}%，按进度应到 ${points(expected)}%`;
  if (lag <= normalLag) return { light: "normal", why: `${text}。` };
  return { light: lag <= warnLag ? "warn" : "late", why: `${text}，差 ${points(lag)} 个百分点。` };
}

/** Where a metric should be on a day, in per cent of its goal: by its stages, else linear from 1 January to its due day. */
export function expectedPercent({ stages, due, year, pace }: Judged, today: number): number {
  const start = dayNumber(`${year}-01-01`) - 1;
  const last = due.date ?? `${year}-12-31`;
  if (pace === "E") return today > dayNumber(last) ? 100 : 0;
  const points = stages.length > 0 ? stages : [{ date: last, percent: 100 }];
  let from = { day: start, percent: 0 };
  for (const stage of points) {
    const to = { day: dayNumber(stage.date), percent: stage.percent };
    if (today <= to.day)
      return (
        from.percent + ((to.percent - from.percent) * Math.max(0, today - from.day)) / (to.day - from.day)
      );
    from = to;
  }
  return from.percent;
}

const percentOf = ({ value, of }: Facts): number | null =>
  value === null || of === null || of === 0 ? null : (value / of) * 100;

function completionOf(metric: Judged, facts: Facts, percent: number | null): number | null {
  if (facts.progress !== undefined) return Math.min(100, facts.progress);
  const { slots } = facts;
  if (slots && slots.length > 0) {
    const past = slots.filter((slot) => slot.state !== "running");
    return past.length === 0
      ? null
      : (past.filter((slot) => slot.state !== "missed").length / past.length) * 100;
  }
  if (metric.kind === "trend" || metric.down || facts.value === null) return null;
  if (percent !== null)
    return Math.min(100, (percent / (isPercent(metric) ? (metric.goal?.value ?? 100) : 100)) * 100);
  return metric.goal && metric.goal.value > 0 ? Math.min(100, (facts.value / metric.goal.value) * 100) : null;
}

const isPercent = ({ unit, goal }: Judged): boolean => (goal?.unit ?? unit) === "%";

const isPastDue = ({ due }: Judged, today: number): boolean =>
  due.date !== null && today > dayNumber(due.date);

/** Without a goal it is met by 年终认定 only; what must hold all year, or be lower than last year, at its due day only. */
function isMet(metric: Judged, facts: Facts, percent: number | null, today: number): boolean {
  const { goal, due, kind, pace } = metric;
  if (goal === null || facts.value === null || kind === "cadence") return false;
  const atEnd = pace === "A" || kind === "trend";
  if (atEnd && due.date !== null && today < dayNumber(due.date)) return false;
  if (goal.against) return facts.reference != null && compare(facts.value, goal.op, facts.reference);
  if (goal.pieces !== undefined) return facts.value >= goal.pieces;
  if (percent !== null && isPercent(metric)) return compare(percent, goal.op, goal.value);
  return compare(facts.value, goal.op, goal.value);
}

function compare(value: number, op: Goal["op"], goal: number): boolean {
  if (op === ">=") return value >= goal;
  if (op === "<=") return value <= goal;
  return op === "<" ? value < goal : value === goal;
}

/** At most one decimal. */
const points = (value: number): string => String(Math.round(value * 10) / 10);

/** The worst of several lights, by the order in which everything is sorted; `null` when none is coloured. */
export function worstLight(several: readonly (Light | null)[]): Light | null {
  return lights.find((light) => several.includes(light)) ?? null;
}

/** A target is 完成 only when every ★ is met; until then the best it can be is 正常. */
export function targetLight(
  metrics: readonly Pick<Judgement, "light" | "met">[],
  stars: readonly Pick<Judgement, "met">[],
): Light {
  if (stars.length > 0 && stars.every((star) => star.met)) return "done";
  const worst = worstLight(metrics.map((metric) => metric.light));
  return worst === null || worst === "done" || worst === "none" ? "normal" : worst;
}
