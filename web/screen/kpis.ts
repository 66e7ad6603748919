import type { Light } from "#data/domain/light.ts";
import { dayNumber } from "#data/domain/time.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { dayInSentence, daysText, number } from "../ui/format.ts";

/** One of the six numbers under the map. */
export interface Kpi {
  readonly code: string;
  readonly name: string;
  /** null light: followed without a colour. */
  readonly light: Light | null;
  /** `—` while there is no data. */
  readonly value: string;
  readonly unit: string;
  /** Part of the bar that is filled, 0 to 1. */
  readonly share: number;
  /** Where the goal stands on the bar, 0 to 1; null at its end. */
  readonly goal: number | null;
  /** 目标 and what it is counted on, or the day. */
  readonly foot: string;
  /** The same for a narrow cell. */
  readonly brief: string;
}

type Metric = ProgrammeAnswer["metrics"][number];

interface Cell {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Shown in per cent with its goal; else as so many of so many. */
  readonly rate?: true;
}

const cells: readonly Cell[] = [
  { code: "11.1", name: "薄弱区域", unit: "处" },
  { code: "20.2", name: "12345 化解", unit: "件", rate: true },
  { code: "20.1", name: "信访化解", unit: "件", rate: true },
  { code: "14.1", name: "共享泊位", unit: "个" },
  { code: "16.1", name: "西井河见底", unit: "点" },
  { code: "12.1", name: "夜景提升", unit: "处" },
];

/** The six cells, in the order they stand. */
export const kpisOf = ({ metrics, asOf }: ProgrammeAnswer): Kpi[] =>
  cells.map((cell) => {
    const found = metrics.find(({ code }) => code === cell.code);
    if (found?.value == null) return empty(cell);
    const kpi = kpiOf(found, cell, dayNumber(asOf.today));
    const fallen = cell.code === "11.1" ? (metrics.find(({ code }) => code === "11.3")?.value ?? 0) : 0;
    // Done in time and fallen back since: the old day is no longer what it is measured by.
    return fallen > 0 && found.light === "warn"
      ? { ...kpi, foot: `返潮 ${fallen} 处　重新整治中`, brief: `返潮 ${fallen} 处` }
      : kpi;
  });

const empty = ({ code, name }: Cell): Kpi => ({
  code,
  name,
  light: null,
  value: "—",
  unit: "",
  share: 0,
  goal: null,
  foot: "还没有数据",
  brief: "没有数据",
});

function kpiOf(value: Metric, { code, name, unit, rate }: Cell, today: number): Kpi {
  const { light } = value;
  const { goal } = value.metric;
  if (rate && goal && value.percent !== null)
    return {
      code,
      name,
      light,
      value: number(value.percent, 1),
      unit: "%",
      share: clip(value.percent / 100),
      goal: goal.value < 100 ? goal.value / 100 : null,
      foot: `目标 ${goal.value}　${number(value.value ?? 0)} / ${number(value.of ?? 0)} ${unit}`,
      brief: `目标 ${goal.value}`,
    };
  const whole = value.of ?? goal?.value ?? 0;
  return {
    code,
    name,
    light,
    value: number(value.value ?? 0),
    unit: `/ ${number(whole)} ${unit}`,
    share: whole > 0 ? clip((value.value ?? 0) / whole) : 0,
    goal: null,
    ...dueText(value, today),
  };
}

function dueText({ metric, met }: Metric, today: number): Pick<Kpi, "foot" | "brief"> {
  const { date, basis } = metric.due;
  const reached = met ? "已达到" : null;
  if (date === null) return { foot: reached ?? "", brief: reached ?? "" };
  if (basis !== "明") return { foot: reached ?? "年底前", brief: reached ?? "年底前" };
  const state = reached ?? daysText(dayNumber(date) - today);
  return { foot: `${dayInSentence(date)}到期　${state}`, brief: state };
}

const clip = (share: number): number => Math.min(1, Math.max(0, share));
