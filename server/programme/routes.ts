import { Hono } from "hono";
import type { Programme } from "#data/domain/programme.ts";
import type { MetricSeriesAnswer, ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { metricOf, programmeOf, programmes } from "#data/programme/programme.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { Problem } from "../http/problem.ts";
import { readingOf } from "../list/filter.ts";
import { countCells } from "../summary/queries.ts";
import { rowsOf } from "../summary/routes.ts";
import { programmeAnswer } from "./answer.ts";
import { judgeAt } from "./judge.ts";
import { monthsOfMetric } from "./moment.ts";
import { RecentMoments } from "./recent-moments.ts";

/** `GET /api/programme/:year` and a metric's months: targets, metrics, campaigns and towns at (at, known). */
export const programmeRoutes = ({ db, clock }: Deps, moments = new RecentMoments(db)) =>
  new Hono<AppEnv>()
    .get("/api/programme/:year", async (c) => {
      const programme = programmeFor(c.req.param("year"));
      const { asOf, today } = c.var;
      const moment = await moments.get(programme, asOf, today, clock.now());
      const { cells } = await countCells(db.sql, readingOf(c), {}, "target");
      const answer: ProgrammeAnswer = {
        ...programmeAnswer(programme, moment, rowsOf("target", cells)),
        asOf: asOfHead(c, moment.facts.known),
      };
      return c.json(answer);
    })
    .get("/api/programme/:year/metrics/:code", async (c) => {
      const programme = programmeFor(c.req.param("year"));
      const metric = metricOf(programme, c.req.param("code"));
      if (!metric)
        throw new Problem("not-found", {
          detail: `${programme.year} 年没有指标 ${c.req.param("code").slice(0, 20)}；指标表在 /api/programme/${programme.year}。`,
        });
      const months = await monthsOfMetric(db, programme, metric, c.var.asOf, clock.now());
      const answer: MetricSeriesAnswer = {
        code: metric.code,
        months: months.map(({ month, moment }) => {
          const { value, of, percent, light, why } = judgeAt(metric, moment);
          return { month, value, of, percent, light, why };
        }),
        asOf: asOfHead(c, months.at(-1)?.moment.facts.known ?? 0),
      };
      return c.json(answer);
    });

function programmeFor(year: string): Programme {
  const programme = programmeOf(Number(year));
  if (!programme)
    throw new Problem("not-found", {
      detail: `没有 ${year.slice(0, 10)} 年的方案；现有 ${programmes.map((each) => each.year).join("、")} 年。`,
    });
  return programme;
}
