import { Hono } from "hono";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { readable } from "../features/routes.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { Problem } from "../http/problem.ts";
import { idParam, readQuery } from "../http/validate.ts";
import { entryOf } from "./entries.ts";
import { shapesAround, versionPairs } from "./queries.ts";

const everything = Number.MAX_SAFE_INTEGER;
const endOfTime = new Date(8.64e15);

const pageQuery = z.strictObject({
  at: z.string().optional(),
  known: z.string().optional(),
  /** Changesets a page. */
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Entries older than this number: the `next` of the page before. */
  before: z.coerce.number().int().min(1).optional(),
});

/** What happened to a feature and its tasks. Whoever may see the feature may see that it changed, and which unit did it. */
export const historyRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/api/features/:id/history", async (c) => {
      const query = readQuery(c, pageQuery);
      const row = await readable(deps, c);
      const { asOf, who } = c.var;
      const pairs = await versionPairs(deps.db, {
        feature: row.id,
        known: asOf.known ?? everything,
        at: asOf.at ?? endOfTime,
        below: query.before ?? everything,
        limit: query.limit,
      });
      const seqs = new Set(pairs.map((pair) => pair.seq));
      return c.json({
        entries: pairs.map((pair) => entryOf(pair, who.unit)),
        next: seqs.size === query.limit ? Math.min(...seqs) : null,
        asOf: asOfHead(c, asOf.known ?? row.head),
      });
    })
    .get("/api/features/:id/history/:seq", async (c) => {
      const row = await readable(deps, c);
      const seq = idParam(c, "seq");
      const { at, known } = c.var.asOf;
      // Who asks for the past may see the place as it was then, not where it went afterwards.
      const shapes =
        seq <= (known ?? everything) && (await shapesAround(deps.db, row.id, seq, at ?? endOfTime));
      if (!shapes) throw new Problem("not-found", { detail: `变更 ${seq} 没有动过编号 ${row.id} 的图形。` });
      return c.json(shapes);
    });
