import type { Light } from "#data/domain/light.ts";
import {
  type Facts,
  type Judged,
  type Judgement,
  judgeMetric,
  lateShare,
  type Slot,
  type TasksBehind,
  worstLight,
} from "#data/domain/metric-light.ts";
import { spanOf } from "#data/domain/period.ts";
import type { Metric, MetricPart } from "#data/domain/programme.ts";
import { dayNumber } from "#data/domain/time.ts";
import type { MetricValue } from "#data/domain/wire/programme.ts";
import { graceDaysOf, stagesOf } from "#data/programme/stages.ts";
import { towns } from "#data/programme/towns.ts";
import { behindOf } from "./computed.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { latestReported, type Report, slotsOf } from "./reported.ts";

/** Numbers of one moment. `atDue` are those of a metric's due day, for metrics whose day has passed. */
export interface Moment {
  readonly year: number;
  readonly today: number;
  readonly facts: ProgrammeFacts;
  readonly reports: readonly Report[];
  readonly atDue?: ReadonlyMap<string, Moment>;
}

export interface JudgedMetric extends MetricValue {
  readonly metric: Metric;
  readonly completion: number | null;
}

interface Piece {
  readonly code: string;
  readonly key: string | null;
  readonly name: string;
  readonly judged: Judged;
  /** Codes under which reports of it are filed. */
  readonly codes: readonly string[];
}

/** Value, light and sentence of a metric at a moment; the light of parts together is the worst of theirs. */
export function judgeAt(metric: Metric, moment: Moment): JudgedMetric {
  const pieces = piecesOf(metric, moment.year).map((piece) => {
    const facts = factsOf(metric, piece, moment);
    return { piece, facts, judgement: judgeMetric(piece.judged, facts, moment.today) };
  });
  const [first] = pieces;
  if (!first) throw new Error(`metric ${metric.code} has no part`);
  const lead = leadingPiece(pieces.map(({ judgement }) => judgement));
  const told = pieces.map(({ judgement }) => judgement);
  const months = monthsOf(metric, first.facts.slots, told, moment);
  const reported = latestReported(reportsOf(moment, first.piece.codes));
  const goals = pieces.filter(({ piece }) => piece.judged.goal !== null);
  const reference = first.facts.reference ?? null;
  return {
    metric,
    code: metric.code,
    value: shownValue(first.piece.judged, first.facts),
    of: first.facts.of ?? (metric.kind === "cadence" ? pastSlots(first.facts).length : null),
    percent: first.judgement.percent,
    light: lead.light,
    why:
      pieces.length > 1 && lead.light !== null
        ? `${pieces[told.indexOf(lead)]?.piece.name}：${lead.why}`
        : lead.why,
    met: goals.length > 0 && goals.every(({ judgement }) => judgement.met),
    ...(told.some((each) => each.metLate) && { metLate: true }),
    ...(months.length > 0 && { months }),
    ...(behindOf[metric.code] && { behind: behindOf[metric.code] }),
    ...(reported.by && !isComputed(moment, first.piece) && { reportedBy: reported.by }),
    ...(reference !== null && { reference }),
    ...(pieces.length > 1 && {
      parts: pieces.map(({ piece, facts, judgement }) => ({
        key: piece.key ?? "",
        name: piece.name,
        value: shownValue(piece.judged, facts),
        of: facts.of,
        percent: judgement.percent,
        light: judgement.light,
        why: judgement.why,
      })),
    }),
    completion: mean(told.map((each) => each.completion)),
  };
}

/** Mean of what there is; `null` of nothing. */
export function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The metrics whose due day has passed, by that day: what was so then has to be looked up. */
export function pastDueDays(metrics: readonly Metric[], today: number): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const { code, due, kind } of metrics)
    if (due.date !== null && kind !== "cadence" && dayNumber(due.date) < today)
      days.set(due.date, [...(days.get(due.date) ?? []), code]);
  return days;
}

function piecesOf(metric: Metric, year: number): Piece[] {
  const judgedOf = (own: Pick<Metric | MetricPart, "kind" | "unit" | "goal">): Judged => ({
    kind: own.kind,
    unit: own.unit,
    goal: own.goal,
    pace: metric.pace,
    due: metric.due,
    down: metric.down ?? false,
    yearEnd: metric.yearEnd,
    stages: stagesOf(metric.code),
    year,
  });
  if (!metric.parts)
    return [
      { code: metric.code, key: null, name: metric.name, judged: judgedOf(metric), codes: [metric.code] },
    ];
  return metric.parts.map((part, i) => {
    const code = `${metric.code}.${part.key}`;
    return {
      code,
      key: part.key,
      name: part.name,
      judged: judgedOf(part),
      codes: i === 0 ? [code, metric.code] : [code],
    };
  });
}

const reportsOf = ({ reports }: Moment, codes: readonly string[]): Report[] =>
  reports.filter((report) => codes.includes(report.metric));

function isComputed({ facts }: Moment, { code }: Piece): boolean {
  const computed = facts.computed.get(code);
  return computed !== undefined && computed.of !== 0 && computed.value !== null;
}

function factsOf(metric: Metric, piece: Piece, moment: Moment): Facts {
  const reports = reportsOf(moment, piece.codes);
  if (piece.judged.kind === "cadence") return cadenceFacts(metric, reports, moment);
  const computed = moment.facts.computed.get(piece.code);
  const reported = latestReported(reports);
  const source = computed && isComputed(moment, piece) ? computed : reported;
  // A trend's report names the same period of last year where others name the denominator.
  const isTrend = piece.judged.kind === "trend" && computed?.late == null;
  const { value } = source;
  const due = moment.atDue?.get(metric.code);
  return {
    value,
    of: isTrend ? null : (source.of ?? (piece.judged.kind === "list" ? (metric.base?.value ?? null) : null)),
    ...(isTrend && { reference: reported.of }),
    ...(moment.facts.progress.has(piece.code) && { progress: moment.facts.progress.get(piece.code) }),
    tasks: tasksBehind(metric, piece, moment),
    ...(due && { metAtDue: judgeAt(metric, due).met }),
  };
}

function cadenceFacts(metric: Metric, reports: readonly Report[], { today }: Moment): Facts {
  const filers = metric.filer?.by === "towns" ? towns.map((town) => town.id) : [];
  const kind = metric.due.period ?? "month";
  const slots = slotsOf(reports, { kind, grace: graceDaysOf(metric.code), filers, today });
  return { value: slots.filter((slot) => slot.state === "kept").length, of: null, slots };
}

const pastSlots = ({ slots }: Facts): Slot[] => (slots ?? []).filter((slot) => slot.state !== "running");

const shownValue = ({ kind }: Judged, facts: Facts): number | null =>
  kind === "cadence" && pastSlots(facts).length === 0 ? null : facts.value;

/** The metric's own list when it is one; else all tasks its number stands for on the map. */
function tasksBehind(metric: Metric, piece: Piece, { facts }: Moment): TasksBehind | undefined {
  const own = facts.computed.get(piece.code);
  if (own?.late != null)
    return { total: own.of ?? 0, late: own.late, open: own.open ?? 0, reopenedAhead: own.again ?? 0 };
  const behind = behindOf[metric.code];
  if (!behind) return undefined;
  const groups = facts.groups.filter(
    (group) => group.layer === behind.layer && group.target === behind.target,
  );
  const sum = (key: "total" | "late" | "open" | "again") =>
    groups.reduce((all, group) => all + group[key], 0);
  return { total: sum("total"), late: sum("late"), open: sum("open"), reopenedAhead: sum("again") };
}

function leadingPiece(judgements: readonly Judgement[]): Judgement {
  const worst = worstLight(judgements.map((each) => each.light));
  return (judgements.find((each) => each.light === worst) ?? judgements[0]) as Judgement;
}

/** Months of a monthly cadence keep their colour: what was missed stays red though it was made up. A due month likewise. */
function monthsOf(
  metric: Metric,
  slots: readonly Slot[] | undefined,
  judgements: readonly Judgement[],
  { today }: Moment,
): { month: string; light: Light | null }[] {
  if (slots && metric.due.period === "month")
    return [...new Set(slots.map((slot) => slot.period))].map((month) => ({
      month,
      light: slotLight(slots.filter((slot) => slot.period === month)),
    }));
  const { date } = metric.due;
  if (date === null || metric.due.basis !== "明" || today <= spanOf(date).to || metric.kind !== "list")
    return [];
  const kept = judgements.every((each) => each.met && !each.metLate);
  return [{ month: date.slice(0, 7), light: kept ? "done" : "late" }];
}

/** Where several file, a few late ones make the month 预警, a fifth 滞后. */
function slotLight(slots: readonly Slot[]): Light | null {
  const bad = slots.filter((slot) => slot.state === "missed" || slot.state === "madeUp").length;
  if (bad > 0) return bad / slots.length >= lateShare ? "late" : "warn";
  return slots.some((slot) => slot.state === "running") ? null : "done";
}
