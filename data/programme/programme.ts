import type { Metric, Programme, Scope, Target, TownCode, UnitId } from "#data/domain/programme.ts";
import { campaigns } from "./campaigns.ts";
import { campaign1Metrics } from "./metrics/c1.ts";
import { campaign2Metrics } from "./metrics/c2.ts";
import { campaign3Metrics } from "./metrics/c3.ts";
import { campaign4Metrics } from "./metrics/c4.ts";
import { campaign5Metrics, campaign6Metrics } from "./metrics/c5-c6.ts";
import { campaign7Metrics, campaign8Metrics } from "./metrics/c7-c8.ts";
import { campaign9Metrics, campaign10Metrics } from "./metrics/c9-c10.ts";
import { programmeMetrics } from "./metrics/p.ts";
import { planQuirks } from "./plan-quirks.ts";
import { policies, policyTotal } from "./policies.ts";
import { targets } from "./targets.ts";

/** The year 2025 of the 城市精细化管理提升工程, complete; a later year is another such object. */
export const programme2025: Programme = {
  year: 2025,
  title: "青浦区城市精细化管理提升工程",
  campaigns,
  targets,
  metrics: [
    ...programmeMetrics,
    ...campaign1Metrics,
    ...campaign2Metrics,
    ...campaign3Metrics,
    ...campaign4Metrics,
    ...campaign5Metrics,
    ...campaign6Metrics,
    ...campaign7Metrics,
    ...campaign8Metrics,
    ...campaign9Metrics,
    ...campaign10Metrics,
  ],
  policies,
  policyTotal,
  quirks: planQuirks,
};

/** Every year kept, oldest first. */
export const programmes: Programme[] = [programme2025];

/** The programme of a year, or undefined where none is kept. */
export const programmeOf = (year: number): Programme | undefined => programmes.find((p) => p.year === year);

/** The target of this number, or undefined. */
export const targetOf = (p: Programme, no: number): Target | undefined => p.targets.find((t) => t.no === no);

/** The metric of this code, e.g. "11.1", or undefined. */
export const metricOf = (p: Programme, code: string): Metric | undefined =>
  p.metrics.find((m) => m.code === code);

/** Targets of a campaign, by number. */
export const targetsOfCampaign = (p: Programme, campaign: number): Target[] =>
  p.targets.filter((t) => t.campaign === campaign);

/** Metrics under a target, headline and others. */
export const metricsOfTarget = (p: Programme, target: number): Metric[] =>
  p.metrics.filter((m) => m.target === target);

/** The ★ of a target: it is 完成 when all of them are met. */
export const headlineMetrics = (p: Programme, target: number): Metric[] =>
  metricsOfTarget(p, target).filter((m) => m.star);

/** Metrics of a campaign that hang on no target (四: C4.1–C4.3). */
export const looseMetrics = (p: Programme, campaign: number): Metric[] =>
  p.metrics.filter((m) => m.campaign === campaign && m.target === null);

/** Targets this unit leads by the table. */
export const targetsLedBy = (p: Programme, unit: UnitId): Target[] =>
  p.targets.filter((t) => t.leads.includes(unit));

/** Where a metric can be judged: its own scope, else its target's, else everywhere. */
export const scopeOf = (p: Programme, m: Metric): Scope =>
  m.scope ?? (m.target === null ? undefined : targetOf(p, m.target)?.scope) ?? { kind: "all" };

/**
 * Can this be judged in this town? False reads 不适用, never zero.
 * `listed` says whether the town holds a feature of a frozen list in the layer; only the database knows.
 */
export const appliesIn = (scope: Scope, town: TownCode, listed: (layer: string) => boolean): boolean =>
  scope.kind === "all" || (scope.kind === "towns" ? scope.towns.includes(town) : listed(scope.layer));

/** Does the target count among a town's lights? Only where it applies and the table names the town as 配合. */
export const countsForTown = (t: Target, town: TownCode, listed: (layer: string) => boolean): boolean =>
  (t.cooperatingTowns === "all" || t.cooperatingTowns.includes(town)) && appliesIn(t.scope, town, listed);
