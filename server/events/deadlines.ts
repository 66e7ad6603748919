import type { Metric } from "#data/domain/programme.ts";

interface Deadline {
  readonly date: string;
  readonly label: string;
}

const namesShown = 2;

/** The days that the plan itself writes (明), each with what is due on it. */
export function deadlinesOf(metrics: readonly Metric[]): Deadline[] {
  const byDate = new Map<string, string[]>();
  for (const { due, name } of metrics)
    if (due.date !== null && due.basis === "明")
      byDate.set(due.date, [...(byDate.get(due.date) ?? []), name]);
  return [...byDate]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([date, names]) => ({ date, label: labelOf(names) }));
}

const labelOf = (names: readonly string[]): string =>
  names.length <= namesShown
    ? names.join("、")
    : `${names.slice(0, namesShown).join("、")}等 ${names.length} 项`;
