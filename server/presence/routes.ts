import type { Context } from "hono";
import { Hono } from "hono";
import { z } from "zod";
import { presenceTimes } from "#data/domain/presence.ts";
import { mayRead } from "#db/reading.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { Buckets, refuseOver } from "../http/limits.ts";
import { Problem } from "../http/problem.ts";
import { readBody, readQuery } from "../http/validate.ts";
import { presenceOf } from "./answer.ts";
import { everybody } from "./attendance.ts";
import { presenceBody, turnQuery } from "./bodies.ts";

const lasts = `${presenceTimes.lastsSeconds} seconds`;

/** Who else has a feature open. Every role may look and be seen looking; no changeset, nothing in the feed. */
export const presenceRoutes = (deps: Deps) => {
  // Forty tabs of one account that open at once, and their beats.
  const buckets = new Buckets({ burst: 80, perSecond: 8 });
  return new Hono<AppEnv>()
    .put("/api/presence/:tab", async (c) => {
      const tab = tabOf(c);
      const { account, tokenHash } = c.var.session;
      refuseOver(buckets.wait(String(account)));
      buckets.add(String(account));
      const { feature, mode, turn } = await readBody(c, presenceBody);
      const { sql } = deps.db;
      const [row] = await sql<{ news: boolean }[]>`
        select be_present(${tokenHash}, ${tab}, ${turn}, f.id, ${mode}, ${lasts}::interval) as news
        from feature f where f.id = ${feature} and ${mayRead(sql, c.var.who, "f")}`;
      if (!row)
        throw new Problem("not-found", { detail: `没有编号为 ${feature} 的对象，或者不在您可看的范围内。` });
      if (row.news) tellTheOthers(deps);
      return c.json(presenceOf(feature, await everybody(deps.db, feature), c.var.who, account));
    })
    .delete("/api/presence/:tab", async (c) => {
      const { turn } = readQuery(c, turnQuery);
      const [row] = await deps.db.sql<{ news: boolean }[]>`
        select be_present(${c.var.session.tokenHash}, ${tabOf(c)}, ${turn}, null, 'viewing', ${lasts}::interval) as news`;
      if (row?.news) tellTheOthers(deps);
      return c.body(null, 204);
    });
};

function tabOf(c: Context): string {
  const tab = c.req.param("tab") ?? "";
  if (z.uuid().safeParse(tab).success) return tab.toLowerCase();
  throw new Problem("not-found", {
    detail: "窗口的编号应为 UUID。",
    errors: [{ at: "tab", message: "应为 UUID" }],
  });
}

/** PostgreSQL's NOTIFY tells every process; the embedded database's does not pass its line. */
function tellTheOthers({ db }: Deps): void {
  if (db.kind === "embedded") db.ring();
}
