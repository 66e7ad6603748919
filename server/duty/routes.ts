import { Hono } from "hono";
import { z } from "zod";
import { townCodes } from "#data/domain/programme.ts";
import type { Deps } from "../deps.ts";
import { allow } from "../http/allow.ts";
import type { AppEnv } from "../http/app-env.ts";
import { readQuery } from "../http/validate.ts";
import { dutyRows } from "./queries.ts";

const query = z.strictObject({
  town: z.enum(townCodes).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  offset: z.coerce.number().int().min(0).default(0),
});

/** 责任属地待确认: what lies so near to the line between towns that somebody has to say which one answers for it. */
export const dutyRoutes = ({ db }: Deps) =>
  new Hono<AppEnv>().get("/api/duty", allow("edit"), async (c) => {
    const { town, limit, offset } = readQuery(c, query);
    c.header("cache-control", "private, no-cache");
    return c.json(await dutyRows(db, c.var.who, { town, limit, offset }));
  });
