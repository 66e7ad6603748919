import type { Slot, SlotState } from "#data/domain/metric-light.ts";
import { type PeriodKind, periodsBetween, spanOf } from "#data/domain/period.ts";
import { dayOfInstant } from "#data/domain/time.ts";

/** A report (填报) as known at the moment asked for. */
export interface Report {
  readonly metric: string;
  readonly unit: string;
  readonly period: string;
  readonly value: number;
  readonly of: number | null;
  /** When the reported state held. */
  readonly at: Date;
}

export interface Reported {
  readonly value: number | null;
  readonly of: number | null;
  readonly by: string | null;
}

/**
 * Reports tell the state reached by then, not the period's share: each unit's latest counts, and units add up.
 * Percentages without a denominator are averaged.
 */
export function latestReported(reports: readonly Report[]): Reported {
  const latest = new Map<string, Report>();
  for (const report of [...reports].sort((a, b) => a.at.getTime() - b.at.getTime()))
    latest.set(report.unit, report);
  const last = [...latest.values()];
  if (last.length === 0) return { value: null, of: null, by: null };
  const sum = last.reduce((total, report) => total + report.value, 0);
  const whole = last.every((report) => report.of !== null)
    ? last.reduce((total, report) => total + (report.of ?? 0), 0)
    : null;
  return { value: sum, of: whole, by: last.length === 1 ? (last[0]?.unit ?? null) : null };
}

interface CadenceOptions {
  readonly kind: PeriodKind;
  /** Days after a period's end that are still in time. */
  readonly grace: number;
  /** Who files each period; empty: whoever does. */
  readonly filers: readonly string[];
  readonly today: number;
}

/**
 * One slot a period and filer, from the first period reported to the running one. A slot with a late report is 补做: the miss
 * stays on record.
 */
export function slotsOf(reports: readonly Report[], { kind, grace, filers, today }: CadenceOptions): Slot[] {
  const given = reports.filter((report) => report.value >= 1);
  if (given.length === 0) return [];
  const first = Math.min(...given.map((report) => spanOf(report.period).from));
  return periodsBetween(kind, first, today).flatMap((period) => {
    const span = spanOf(period);
    const own = given.filter((report) => {
      const { from, to } = spanOf(report.period);
      return span.from <= from && to <= span.to;
    });
    return (filers.length > 0 ? filers : [null]).map((filer): Slot => {
      const filed = own
        .filter((report) => filer === null || report.unit === filer)
        .map((report) => dayOfInstant(report.at));
      return { period, state: stateOf(filed, span.to + grace, today) };
    });
  });
}

function stateOf(filed: readonly number[], last: number, today: number): SlotState {
  if (filed.some((day) => day <= last)) return "kept";
  if (filed.length > 0) return "madeUp";
  return today > last ? "missed" : "running";
}
