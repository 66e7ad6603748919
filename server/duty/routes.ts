import { Hono } from "hono";
import { z } from "zod";
import { dutyWordBody } from "#data/domain/duty-body.ts";
import { townCodes } from "#data/domain/programme.ts";
import { sayDuty } from "#db/duty.ts";
import { keyOf, told } from "../changes/act.ts";
import type { Deps } from "../deps.ts";
import { allow } from "../http/allow.ts";
import type { AppEnv } from "../http/app-env.ts";
import { readBody, readQuery } from "../http/validate.ts";
import { dutyRows } from "./queries.ts";

const query = z.strictObject({
  town: z.enum(townCodes).optional(),
  decided: z.enum(["0", "1"]).default("0"),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  offset: z.coerce.number().int().min(0).default(0),
});

/** 责任属地: what lies so near to the line between towns that somebody has to say which one answers for it; towns have their say. */
export const dutyRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/api/duty", allow("edit"), async (c) => {
      const { town, decided, limit, offset } = readQuery(c, query);
      c.header("cache-control", "private, no-cache");
      return c.json(await dutyRows(deps.db, c.var.who, { town, decided: decided === "1", limit, offset }));
    })
    .post("/api/duty/words", allow("edit"), async (c) => {
      const body = await readBody(c, dutyWordBody);
      const { tokenHash: token } = c.var.session;
      const { reply } = told(
        c,
        await sayDuty(deps.db, { token, body, key: keyOf(c), clock: deps.clock.now() }),
      );
      return c.json(reply);
    });
