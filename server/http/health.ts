import { Hono } from "hono";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "./app-env.ts";

/** Open to strangers: whether the process answers, and whether its database does. */
export const healthRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/healthz", (c) => c.json({ ok: true }))
    .get("/readyz", async (c) => {
      await deps.db.ready();
      return c.json({ ok: true, database: deps.db.kind, head: deps.feed.head });
    });
