import { type WaterParameter, waterParameters } from "#data/domain/change.ts";
import { townIds, unitIds } from "#data/domain/programme.ts";
import type { Finding } from "#data/domain/validate.ts";
import { metricOf, programmes } from "#data/programme/programme.ts";
import type { FeatureDraft, OpOf } from "./draft.ts";

export interface Measurement {
  readonly draft: FeatureDraft;
  readonly takenAt: string;
  readonly parameter: string;
  readonly value: number;
}

export interface Report {
  readonly metric: string;
  readonly unit: string;
  readonly period: string;
  readonly value: number;
  readonly of: number | null;
  readonly at: string;
  readonly note: string | null;
}

const isParameter = (name: string): name is WaterParameter => Object.hasOwn(waterParameters, name);

/** One row a parameter, and what is wrong with the values. */
export function measurementsOf(
  draft: FeatureDraft,
  { takenAt, values }: OpOf<"observe">,
): { rows: Measurement[]; findings: Finding[] } {
  const findings = Object.entries(values).flatMap(([parameter, value]): Finding[] => {
    if (!isParameter(parameter)) return [{ at: parameter, message: `没有监测项“${parameter}”，请去掉` }];
    const { name } = waterParameters[parameter];
    if (!Number.isFinite(value) || value < 0)
      return [{ at: parameter, message: `${name}应为不小于 0 的数字` }];
    return parameter === "clear" && value !== 0 && value !== 1
      ? [{ at: parameter, message: `${name}应为 1（见底）或 0（不见底）` }]
      : [];
  });
  if (Object.keys(values).length === 0) findings.push({ at: "", message: "请至少填一项监测值" });
  const rows = Object.entries(values).map(([parameter, value]) => ({ draft, takenAt, parameter, value }));
  return { rows, findings };
}

/** A metric's code, or one of its parts as `20.1.b`. */
const isMetric = (code: string): boolean =>
  programmes.some((programme) => {
    const [, whole = code, key] = /^(.+)\.([a-z])$/.exec(code) ?? [];
    const metric = metricOf(programme, whole);
    return (
      metric !== undefined && (key === undefined || (metric.parts ?? []).some((part) => part.key === key))
    );
  });

const periodForm = /^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?|-Q[1-4]|-W\d{2})?$/;
const orgs = new Set<string>([...unitIds, ...townIds]);

/** A 填报 as it is stored, and what is wrong with it. */
export function reportOf(op: OpOf<"report">): { row: Report; findings: Finding[] } {
  const findings: Finding[] = [];
  if (!isMetric(op.metric)) findings.push({ at: "metric", message: `没有指标“${op.metric}”` });
  if (!orgs.has(op.unit)) findings.push({ at: "unit", message: `没有单位“${op.unit}”` });
  if (!periodForm.test(op.period))
    findings.push({ at: "period", message: "期别应如 2025、2025-09、2025-Q3、2025-W31 或 2025-09-15" });
  if (op.of !== undefined && op.of < 0) findings.push({ at: "of", message: "总数不小于 0" });
  const { metric, unit, period, value, at } = op;
  return {
    row: { metric, unit, period, value, of: op.of ?? null, at, note: op.note?.trim() || null },
    findings,
  };
}
