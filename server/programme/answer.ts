import { type Light, type LightCounts, noLights, warnDays } from "#data/domain/light.ts";
import { targetLight, tasksLight, worstLight } from "#data/domain/metric-light.ts";
import type { Metric, Programme, Target, TownCode } from "#data/domain/programme.ts";
import type { SummaryRow } from "#data/domain/wire/list.ts";
import type { ProgrammeAnswer, TargetStatus } from "#data/domain/wire/programme.ts";
import { layers } from "#data/layers/registry.ts";
import { countsForTown, metricsOfTarget } from "#data/programme/programme.ts";
import { towns } from "#data/programme/towns.ts";
import type { TaskGroup } from "./facts.ts";
import { type JudgedMetric, judgeAt, type Moment, mean } from "./judge.ts";

/** The whole programme at a moment. `byTarget` are the tasks' lights of each target as this reader may be told them. */
export function programmeAnswer(
  programme: Programme,
  moment: Moment,
  byTarget: readonly SummaryRow[],
): Omit<ProgrammeAnswer, "asOf"> {
  const judged = programme.metrics
    .filter((metric) => metric.code !== "P.1")
    .map((metric) => judgeAt(metric, moment));
  const targets = programme.targets.map((target) =>
    targetStatus(programme, target, judged, moment, byTarget),
  );
  const overall = programme.metrics.find((metric) => metric.code === "P.1");
  const metrics = [...(overall ? [judgeAt(overall, withDone(moment, targets))] : []), ...judged];
  return {
    year: programme.year,
    targets,
    metrics: metrics.map(({ completion: _, ...metric }) => metric),
    campaigns: programme.campaigns.map(({ no }) => ({
      no,
      percent: mean(
        metrics
          .filter(({ metric }) => metric.campaign === no && isAimedAt(metric))
          .map(({ completion }) => completion),
      ),
      light:
        worstLight(
          targets.filter((_, i) => programme.targets[i]?.campaign === no).map((target) => target.light),
        ) ?? "normal",
    })),
    towns: towns.map(({ code }) => townStatus(programme, code, moment, targets)),
  };
}

/** A metric that is only tracked (no goal, no ★) says nothing of how far a campaign has come. */
const isAimedAt = ({ star, goal, parts }: Metric): boolean =>
  star || goal !== null || (parts?.some((part) => part.goal !== null) ?? false);

/** 目标任务完成率 counts the targets that are 完成. */
function withDone(moment: Moment, targets: readonly TargetStatus[]): Moment {
  const done = targets.filter((target) => target.light === "done").length;
  const own = { value: done, of: targets.length, late: null, open: null, again: null };
  return {
    ...moment,
    facts: { ...moment.facts, computed: new Map([...moment.facts.computed, ["P.1", own]]) },
  };
}

function targetStatus(
  programme: Programme,
  target: Target,
  judged: readonly JudgedMetric[],
  { facts }: Moment,
  byTarget: readonly SummaryRow[],
): TargetStatus {
  const own = judged.filter(({ metric }) => metric.target === target.no);
  const stars = own.filter(({ metric }) => metric.star);
  const coloured = own.filter(({ light }) => light !== null);
  const tasks = tasksLight(total(facts.groups.filter((group) => group.target === target.no)));
  // Without a coloured metric the target takes the light of its tasks.
  const judgedBy = coloured.length > 0 ? own : [{ light: tasks.light, met: false }];
  const light = targetLight(judgedBy, stars);
  const worst = coloured.find((metric) => metric.light === light);
  return {
    no: target.no,
    light,
    why: coloured.length === 0 ? tasks.why : whyOf(light, worst, stars),
    due: firstDue(metricsOfTarget(programme, target.no)),
    percent: mean(own.map(({ completion }) => completion)),
    lights: byTarget.find((row) => row.key === String(target.no))?.lights ?? noLights(),
  };
}

function whyOf(light: Light, worst: JudgedMetric | undefined, stars: readonly JudgedMetric[]): string {
  if (light === "done")
    return stars.some((star) => star.metLate) ? "★指标全部达到，其中有晚于期限的。" : "★指标全部达到。";
  if (light === "normal") return "各项指标都跟得上进度。";
  return worst ? `${worst.code} ${worst.metric.name}：${worst.why}` : "";
}

function firstDue(metrics: readonly Metric[]): string | null {
  const days = metrics
    .filter((metric) => metric.star)
    .flatMap(({ due }) => (due.date === null ? [] : [due.date]));
  return days.sort()[0] ?? null;
}

/**
 * The worst over the targets that apply to the town, from the tasks that lie in it; what only lead units answer for is not
 * counted. A target that no layer serves (18) stands in every town as it stands in the district.
 */
function townStatus(
  programme: Programme,
  code: TownCode,
  { facts }: Moment,
  targets: readonly TargetStatus[],
): ProgrammeAnswer["towns"][number] {
  const listed = (layer: string) => facts.listed.some((row) => row.layer === layer && row.town === code);
  const judged = programme.targets
    .filter((target) => countsForTown(target, code, listed))
    .map((target) => {
      const groups = facts.groups.filter((group) => group.town === code && group.target === target.no);
      const tasks = total(groups);
      const whole = targets.find((status) => status.no === target.no)?.light ?? "normal";
      return { target, tasks, light: isOnMap(target.no) ? townLight(tasks) : whole };
    });
  const counts: LightCounts = noLights();
  for (const { light } of judged) counts[light] += 1;
  return {
    code,
    light: worstLight(judged.map(({ light }) => light)) ?? "none",
    lights: counts,
    // Numbers of a town's overdue tasks may be small cells of restricted layers: the sentence tells none.
    notes: judged
      .filter(({ light }) => light === "late" || light === "warn")
      .map(({ target, light, tasks }) => `任务${target.no} ${target.short}：${noteOf(light, tasks)}`),
  };
}

const isOnMap = (target: number): boolean => layers.some((layer) => layer.targets.includes(target));

type Tasks = ReturnType<typeof total>;

function noteOf(light: Light, tasks: Tasks): string {
  if (light === "late") return "有逾期任务";
  if (tasks.again > 0) return "有返潮，正在重新整治";
  return tasks.soon > 0 ? `有任务 ${warnDays} 天内到期` : "全区进度落后";
}

/** The worst light of the tasks; what fell back after it was closed is 预警 until it is closed again. */
function townLight(tasks: Tasks): Light {
  if (tasks.late > 0) return "late";
  if (tasks.soon > 0 || tasks.again > 0) return "warn";
  return tasks.total > 0 && tasks.open === 0 ? "done" : "normal";
}

function total(groups: readonly TaskGroup[]) {
  const sum = (key: "total" | "late" | "soon" | "open" | "again") =>
    groups.reduce((all, group) => all + group[key], 0);
  return {
    total: sum("total"),
    late: sum("late"),
    soon: sum("soon"),
    open: sum("open"),
    again: sum("again"),
  };
}
