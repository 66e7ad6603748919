import { Hono } from "hono";
import { z } from "zod";
import type { RecentAnswer } from "#data/domain/wire/live.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { readQuery } from "../http/validate.ts";
import { recentLine } from "./line.ts";
import { recentChanges } from "./queries.ts";

const recentQuery = z.object({ limit: z.coerce.number().int().min(1).max(50).default(8) });

/** `GET /api/recent`: what happened last, with names, for a wall that only listens. */
export const recentRoutes = ({ db, clock }: Deps) =>
  new Hono<AppEnv>().get("/api/recent", async (c) => {
    const { limit } = readQuery(c, recentQuery);
    const { rows, head } = await recentChanges(db.sql, c.var.who, c.var.asOf, limit);
    const answer: RecentAnswer = {
      changes: rows.map(recentLine),
      now: clock.now().toISOString(),
      asOf: asOfHead(c, head),
    };
    return c.json(answer);
  });
