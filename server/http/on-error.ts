import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ZodError } from "zod";
import { DatabaseUnavailable } from "#db/errors.ts";
import { WriteRefused } from "#db/write/refused.ts";
import type { Deps } from "../deps.ts";
import { ShelfAway } from "../photos/shelf.ts";
import type { AppEnv } from "./app-env.ts";
import { isProblemCode, Problem, problemResponse } from "./problem.ts";
import { fieldErrors } from "./validate.ts";

/** Turns whatever a route threw into a problem; what nobody foresaw is logged whole and told without its text. */
export const onError =
  (deps: Deps): ErrorHandler<AppEnv> =>
  (error, c) => {
    const problem = problemOf(error);
    if (problem.code === "internal")
      deps.log.error(
        { request: c.var.requestId, method: c.req.method, path: c.req.path, err: error },
        "failed",
      );
    if (problem.code === "unavailable")
      deps.log.warn({ request: c.var.requestId, error: String(error) }, "the database is away");
    if (problem.code === "photos-away")
      deps.log.warn({ request: c.var.requestId, error: error.message }, "the photos' storage is away");
    const answer = problemResponse(problem, c.var.requestId);
    for (const [name, value] of answer.headers) c.header(name, value);
    return c.body(answer.body as ReadableStream, answer.status as ContentfulStatusCode);
  };

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WriteRefused)
    return new Problem(isProblemCode(error.code) ? error.code : "invalid", {
      detail: error.detail,
      errors: error.errors,
      stale: error.stale,
      overlaps: error.overlaps,
    });
  if (error instanceof DatabaseUnavailable)
    return new Problem("unavailable", {
      detail: "数据库正在恢复或太忙，这次没有写入任何内容；请稍后重试，系统会自己恢复。",
      retryAfter: error.retryAfter,
    });
  if (error instanceof ShelfAway)
    return new Problem("photos-away", {
      detail: "存放照片的地方现在连不上，这次没有写入任何内容；请稍后重试，一直这样请告诉系统管理员。",
      retryAfter: 10,
    });
  if (error instanceof ZodError) return new Problem("invalid", { errors: fieldErrors(error) });
  if (error instanceof HTTPException && error.status === 413) return new Problem("too-large");
  if (error instanceof HTTPException && error.status < 500) return new Problem("bad-request");
  return new Problem("internal", {
    detail: "服务器没有预料到这个情况，已记录；请把请求编号告诉系统管理员。",
  });
}
