import { Hono } from "hono";
import { z } from "zod";
import { roleRights } from "#data/domain/account.ts";
import type { SelectionAnswer } from "#data/domain/selection.ts";
import type { ListAnswer, PointsAnswer } from "#data/domain/wire/list.ts";
import type { Deps } from "../deps.ts";
import { allow } from "../http/allow.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { Problem } from "../http/problem.ts";
import { readBody, readQuery } from "../http/validate.ts";
import { filterQuery, readingOf } from "./filter.ts";
import { pointRows } from "./points.ts";
import { listPage, sortKeys } from "./queries.ts";
import { selectedRows, selectionBody } from "./selection.ts";

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
  /** `1`: those that are deleted, for who could bring them back. */
  deleted: z
    .literal("1")
    .transform(() => true)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

/**
 * `GET /api/list`: the rows beside the map. `GET /api/points`: its points, as few bytes as can be. `POST /api/selection`: what
 * somebody is about to change together, as it is now; a POST because an area or 2,000 numbers are too long for an address.
 */
export const listRoutes = ({ db }: Deps) =>
  new Hono<AppEnv>()
    .get("/api/list", async (c) => {
      const { sort, limit, offset, ...filter } = readQuery(c, query);
      if (filter.deleted && !roleRights[c.var.who.role].edit)
        throw new Problem("forbidden", {
          detail: "已删除的对象只给能恢复它的账号看：本镇街、牵头单位和专班。",
        });
      const { known, ...found } = await listPage(db.sql, readingOf(c), filter, { sort, limit, offset });
      const answer: ListAnswer = { ...found, asOf: asOfHead(c, known) };
      return c.json(answer);
    })
    .get("/api/points", async (c) => {
      const { known, rows } = await pointRows(db.sql, readingOf(c), readQuery(c, pointQuery));
      const answer: PointsAnswer = { rows, asOf: asOfHead(c, known) };
      return c.json(answer);
    })
    .post("/api/selection", allow("edit"), async (c) => {
      const asked = await readBody(c, selectionBody);
      const reading = { ...readingOf(c), asOf: { at: null, known: null } };
      const answer: SelectionAnswer = await selectedRows(db.sql, reading, c.var.session.account, asked);
      return c.json(answer);
    });
