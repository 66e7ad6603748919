import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "./app-env.ts";

/** Gives each request a number, which its problem and its log line share. Never logs queries, bodies, cookies or tokens. */
export const logRequests =
  (deps: Deps): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const given = c.req.header("x-request-id") ?? "";
    const request = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    c.set("requestId", request);
    c.header("x-request-id", request);
    const began = performance.now();
    await next();
    const ms = Math.round(performance.now() - began);
    deps.log.info({ request, method: c.req.method, path: c.req.path, status: c.res.status, ms }, "answered");
  };
