import { type Light, noLights } from "#data/domain/light.ts";
import type { MetricValue, ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { metricOf, programme2025 } from "#data/programme/programme.ts";
import { towns } from "#data/programme/towns.ts";

interface Told {
  readonly today?: string;
  /** Target number → light; the others are 正常. */
  readonly lights?: Readonly<Record<number, Light>>;
  /** Metric code → what is known of it. */
  readonly metrics?: Readonly<Record<string, Partial<MetricValue>>>;
}

/** For tests: an answer in which only what is told differs from a calm year. */
export function answerWith({ today = "2025-09-15", lights = {}, metrics = {} }: Told): ProgrammeAnswer {
  return {
    year: 2025,
    targets: programme2025.targets.map(({ no }) => ({
      no,
      light: lights[no] ?? "normal",
      why: "",
      due: programme2025.metrics.find((metric) => metric.target === no && metric.star)?.due.date ?? null,
      percent: 50,
      lights: noLights(),
    })),
    metrics: Object.entries(metrics).map(([code, value]) => ({
      code,
      value: null,
      of: null,
      percent: null,
      light: "normal",
      why: "",
      met: false,
      ...value,
      metric: metricOf(programme2025, code)!,
    })),
    campaigns: programme2025.campaigns.map(({ no }) => ({ no, percent: 50, light: "normal" })),
    towns: towns.map(({ code }) => ({ code, light: "normal", lights: noLights(), notes: [] })),
    asOf: { at: null, known: 1, today },
  };
}
