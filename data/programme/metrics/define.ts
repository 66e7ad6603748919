import type {
  Due,
  Goal,
  Metric,
  MetricBase,
  MetricPart,
  MetricSource,
  UnitId,
} from "#data/domain/programme.ts";
import { campaigns } from "../campaigns.ts";
import { targets } from "../targets.ts";

type Spec = Omit<
  Metric,
  "code" | "target" | "campaign" | "star" | "yearEnd" | "name" | "kind" | "unit" | "goal"
> & {
  star?: true;
  yearEnd?: true;
  kind?: Metric["kind"];
  unit?: string;
  goal?: Goal | null;
};

/** A metric; target and campaign follow from the code, kind, unit and goal from the first part where there are parts. */
export function metric(code: string, name: string, { star, yearEnd, ...spec }: Spec): Metric {
  const [head] = code.split(".");
  const target = targets.find((t) => String(t.no) === head);
  const first = spec.parts?.[0];
  const kind = spec.kind ?? first?.kind;
  const unit = spec.unit ?? first?.unit;
  if (!kind || unit === undefined) throw new Error(`metric ${code} needs kind and unit, or parts`);
  return {
    code,
    name,
    target: target?.no ?? null,
    campaign: target?.campaign ?? (head?.startsWith("C") ? Number(head.slice(1)) : null),
    star: star ?? false,
    yearEnd: yearEnd ?? false,
    ...spec,
    kind,
    unit,
    goal: spec.goal ?? first?.goal ?? null,
  };
}

/** One of several numbers in a row; `extra` carries base or an own lead. */
export const part = (
  key: string,
  name: string,
  kind: MetricPart["kind"],
  unit: string,
  goal: Goal | null = null,
  extra: Pick<MetricPart, "base" | "leads" | "leadBasis"> = {},
): MetricPart => ({ key, name, kind, unit, goal, ...extra });

/** A goal the plan states; `text` is the plan's own wording. */
export const planned = (value: number, text: string, more: Partial<Goal> = {}): Goal => ({
  op: ">=",
  value,
  origin: "plan",
  text,
  ...more,
});

/** 内控: our default, configurable, never shown as the plan's. */
export const internal = (value: number, text: string, more: Partial<Goal> = {}): Goal => ({
  op: ">=",
  value,
  origin: "internal",
  text: `内控：${text}`,
  ...more,
});

/** Fewer than in the same period of 2024, as a percentage of it. */
export const belowLastYear: Goal = internal(100, "低于2024年同期", {
  op: "<",
  unit: "%",
  against: "2024年同期",
});

/** The frozen list a goal is measured on, in the plan's wording. */
export const listed = (value: number, unit: string, text: string): MetricBase => ({
  value,
  unit,
  origin: "plan",
  text,
});

/** 年: the plan only says 2025年目标任务. */
export const byYearEnd: Due = { date: "2025-12-31", basis: "年" };
export const noDue: Due = { date: null, basis: "无" };
/** 明: the date stands in the plan. */
export const written = (date: string): Due => ({ date, basis: "明" });
export const each = (period: NonNullable<Due["period"]>, basis: Due["basis"]): Due => ({
  date: null,
  basis,
  period,
});

export const layer = (id: string | string[], what?: string): MetricSource => ({
  kind: "layer",
  layer: typeof id === "string" ? [id] : id,
  ...(what && { what }),
});
export const report = (what?: string): MetricSource => ({ kind: "report", ...(what && { what }) });
export const event = (what?: string): MetricSource => ({ kind: "event", ...(what && { what }) });
export const imported = (from?: UnitId, into?: string): MetricSource => ({
  kind: "import",
  ...(from && { from }),
  ...(into && { layer: into }),
});
export const programme = (what: string): MetricSource => ({ kind: "programme", what });

/** Whoever leads a campaign or a target, each once. */
export const allLeads: UnitId[] = [...new Set([...campaigns, ...targets].flatMap((row) => row.leads))];
