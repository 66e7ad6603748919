import type { Due, Metric, MetricSource, OrgId, Target } from "#data/domain/programme.ts";
import type { MetricValue } from "#data/domain/wire/programme.ts";
import { layerById } from "#data/layers/registry.ts";
import { orgName } from "#data/programme/units.ts";
import { number, percent } from "../ui/format.ts";

/** What a metric's number reads as. Never a zero where there is nothing: — (no data yet) or 不适用. */
export interface MetricWords {
  readonly value: string;
  readonly goal: string;
  /** The goal is ours, not the plan's. */
  readonly internal: boolean;
  readonly percent: string;
}

export function metricWords(metric: Metric, value: MetricValue): MetricWords {
  return {
    value: valueText(metric, value),
    goal: metric.goal ? metric.goal.text.replace(/^内控：/, "") : "—",
    internal: metric.goal?.origin === "internal",
    percent: value.percent === null || value.of === 0 ? "" : percent(value.percent),
  };
}

type Valued = Pick<MetricValue, "value" | "of" | "reference">;

/** `unit` of a list in per cent is its base's: 601 / 619 件. */
export function valueText(
  { kind, unit, base, goal }: Pick<Metric, "kind" | "unit" | "base" | "goal">,
  { value, of, reference }: Valued,
): string {
  if (of === 0) return "不适用";
  if (value === null) return "—";
  const now = number(value, 1);
  if (kind === "milestone" && (goal?.value ?? 1) === 1 && value <= 1) return value >= 1 ? "已完成" : "未完成";
  if (kind === "cadence") return of === null ? `${now} 期` : `按时 ${now} / ${number(of)} 期`;
  const counted = unit === "%" ? (base?.unit ?? "") : unit;
  if (reference !== undefined) return `${now} ${counted}，去年同期 ${number(reference, 1)}`;
  if (of !== null) return `${now} / ${number(of, 1)} ${counted}`.trim();
  return `${now} ${unit}`.trim();
}

const basisWords = { 明: "方案写明", 年: "年内", 推: "推定", 无: "" } as const;
const periodWords = { week: "每周", month: "每月", quarter: "每季度", year: "每年" } as const;

/** When, and by what: 2025-06-30 方案写明; 每月 方案写明; — when the plan gives none. */
export function dueWords({ date, basis, period, needsConfirm }: Due): { date: string; basis: string } {
  const confirm = needsConfirm ? "，待确认" : "";
  if (date !== null) return { date, basis: `${basisWords[basis]}${confirm}` };
  if (period) return { date: periodWords[period], basis: `${basisWords[basis]}${confirm}` };
  return { date: "—", basis: "" };
}

/** 图层 薄弱区域; 填报; 事件; 导入 信访办; 汇总. */
export const sourceWords = (sources: readonly MetricSource[]): string => sources.map(sourceWord).join("、");

function sourceWord(source: MetricSource): string {
  if (source.kind === "layer")
    return `图层 ${source.layer.map((id) => layerById(id)?.name ?? id).join("、")}`;
  if (source.kind === "report") return "填报";
  if (source.kind === "event") return "事件";
  if (source.kind === "programme") return "汇总";
  return source.from ? `导入 ${orgName(source.from)}` : "导入";
}

export const orgNames = (ids: readonly OrgId[]): string => ids.map(orgName).join("、");

/** 绿化市容局; 组织部、编办 … 联合牵头. */
export const leadWords = ({ leads, joint }: Pick<Target, "leads" | "joint">): string =>
  `${orgNames(leads)}${joint ? "（联合牵头）" : ""}`;
