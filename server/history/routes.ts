import { Hono } from "hono";
import { z } from "zod";
import { townCodes, unitIds } from "#data/domain/programme.ts";
import type { AreaHistoryAnswer } from "#data/domain/wire/history.ts";
import { layerById } from "#data/layers/registry.ts";
import type { Deps } from "../deps.ts";
import { readable } from "../features/routes.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { Problem } from "../http/problem.ts";
import { idParam, readQuery } from "../http/validate.ts";
import { bboxText, listOf } from "../list/filter.ts";
import { areaHistory } from "./area.ts";
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

const dayMs = 86_400_000;
/** A day in Shanghai as its first instant. */
const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00+08:00`));

const areaQuery = z.strictObject({
  ...pageQuery.shape,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  bbox: bboxText.optional(),
  town: listOf(townCodes, "镇街代码").optional(),
  layers: z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .refine((ids) => ids.every((id) => layerById(id)), "有不认识的图层；图层目录在 /api/layers")
    .optional(),
  unit: listOf(unitIds, "单位代码").optional(),
  from: day.optional(),
  to: day.optional(),
});

/** What happened to a feature and its tasks. Whoever may see the feature may see that it changed, and which unit did it. */
export const historyRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/api/history", async (c) => {
      const { limit, before, to, layers, ...query } = readQuery(c, areaQuery);
      const { asOf, who } = c.var;
      const [head] = await deps.db.sql<{ seq: number }[]>`select seq from feed_head`;
      const deeds = await areaHistory(deps.db.sql, who, {
        ...query,
        layers: layers?.flatMap((id) => layerById(id)?.no ?? []),
        to: to && new Date(to.getTime() + dayMs),
        known: asOf.known ?? everything,
        at: asOf.at,
        below: before ?? everything,
        limit,
      });
      const answer: AreaHistoryAnswer = {
        deeds,
        next: deeds.length === limit ? (deeds.at(-1)?.seq ?? null) : null,
        asOf: asOfHead(c, asOf.known ?? head?.seq ?? 0),
      };
      return c.json(answer);
    })
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
        entries: pairs.map((pair) => entryOf(pair, who)),
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
