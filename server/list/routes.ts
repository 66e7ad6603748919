import { Hono } from "hono";
import { z } from "zod";
import type { ListAnswer, PointsAnswer } from "#data/domain/wire.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { readQuery } from "../http/validate.ts";
import { filterQuery, readingOf } from "./filter.ts";
import { pointRows } from "./points.ts";
import { listPage, sortKeys } from "./queries.ts";

const pointQuery = z.strictObject({
  ...filterQuery,
  at: z.string().optional(),
  known: z.string().optional(),
  s: z.string().optional(),
});
const query = pointQuery.extend({
  sort: z
    .enum(sortKeys.flatMap((key) => [key, `-${key}`] as const))
    .default("light")
    .transform((text) => ({
      key: text.replace("-", "") as (typeof sortKeys)[number],
      down: text.startsWith("-"),
    })),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

/** `GET /api/list`: the rows beside the map. `GET /api/points`: its points, as few bytes as can be. */
export const listRoutes = ({ db }: Deps) =>
  new Hono<AppEnv>()
    .get("/api/list", async (c) => {
      const { sort, limit, offset, ...filter } = readQuery(c, query);
      const { known, ...found } = await listPage(db.sql, readingOf(c), filter, { sort, limit, offset });
      const answer: ListAnswer = { ...found, asOf: asOfHead(c, known) };
      return c.json(answer);
    })
    .get("/api/points", async (c) => {
      const { known, rows } = await pointRows(db.sql, readingOf(c), readQuery(c, pointQuery));
      const answer: PointsAnswer = { rows, asOf: asOfHead(c, known) };
      return c.json(answer);
    });
