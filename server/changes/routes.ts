import type { Context } from "hono";
import { Hono } from "hono";
import type { z } from "zod";
import { changesRequest, revertBody } from "#data/domain/change.ts";
import { stepRule } from "#data/domain/task.ts";
import { previewRevert } from "#db/revert.ts";
import type { Deps } from "../deps.ts";
import { allow } from "../http/allow.ts";
import type { AppEnv } from "../http/app-env.ts";
import { baseOf, featureTag, taskTag } from "../http/etag.ts";
import { Problem } from "../http/problem.ts";
import { idParam, readBody } from "../http/validate.ts";
import { act, actOne, takeBack, tryOut, uidOfKey } from "./act.ts";
import { createBody, deleteBody, patchBody, progressBody, stepBody } from "./bodies.ts";

const steps = Object.keys(stepRule);

/** Every write of the screen and of programs: one list, or one of its single forms. Places and targets are judged by the database. */
export const changeRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .post("/api/changes", allow("edit"), async (c) => {
      const { dryRun, ...body } = await readBody(c, changesRequest);
      if (dryRun) return c.json(await tryOut(deps, c, body));
      const { reply } = await act(deps, c, body);
      return c.json(reply);
    })
    .post("/api/changes/revert", allow("edit"), async (c) => {
      const { dryRun, ...body } = await readBody(c, revertBody);
      if (dryRun) {
        const { tokenHash: token } = c.var.session;
        return c.json(await previewRevert(deps.db, { token, body, clock: deps.clock.now() }));
      }
      const { reply } = await takeBack(deps, c, body);
      return c.json(reply);
    })
    .post("/api/features", allow("edit"), async (c) => {
      const { reason, uid, ...body } = await readBody(c, createBody);
      const change = { op: "create" as const, uid: uid ?? uidOfKey(c), ...body };
      const { reply } = await actOne(deps, c, change, reason);
      const made = reply.results[0];
      if (made?.id !== undefined) {
        c.header("location", `/api/features/${made.id}`);
        c.header("etag", featureTag(made.id, made.version ?? 1));
      }
      return c.json(reply, 201);
    })
    .patch("/api/features/:id", allow("edit"), async (c) => {
      const feature = idParam(c);
      const base = baseOf(c, "f", feature);
      const { reason, ...body } = await readBody(c, patchBody);
      const { reply } = await actOne(deps, c, { op: "patch", feature, base, ...body }, reason);
      c.header("etag", featureTag(feature, reply.results[0]?.version ?? base + 1));
      return c.json(reply);
    })
    .delete("/api/features/:id", allow("edit"), async (c) => {
      const feature = idParam(c);
      const base = baseOf(c, "f", feature);
      const { reason } = await optionalBody(c, deleteBody);
      const { reply } = await actOne(deps, c, { op: "delete", feature, base }, reason);
      return c.json(reply);
    })
    .post("/api/tasks/:id/progress", allow("edit"), async (c) => {
      const task = idParam(c);
      const base = baseOf(c, "t", task);
      const { reason, ...body } = await readBody(c, progressBody);
      const { reply } = await actOne(deps, c, { op: "task", task, base, ...body }, reason);
      c.header("etag", taskTag(task, reply.results[0]?.tasks?.[0]?.version ?? base + 1));
      return c.json(reply);
    })
    .post("/api/tasks/:id/:step", allow("edit"), async (c) => {
      const task = idParam(c);
      const step = c.req.param("step");
      if (!steps.includes(step))
        throw new Problem("not-found", {
          detail: `没有“${step.slice(0, 20)}”这一步；可以走的步骤是 ${steps.join("、")}。`,
          errors: [{ at: "step", message: `应为 ${steps.join("、")}` }],
        });
      const base = baseOf(c, "t", task);
      const { reason, ...body } = await optionalBody(c, stepBody);
      const { reply } = await actOne(deps, c, { op: "task", task, base, step, ...body }, reason);
      c.header("etag", taskTag(task, reply.results[0]?.tasks?.[0]?.version ?? base + 1));
      return c.json(reply);
    });

/** A step or a deletion without a reason needs no body at all. */
async function optionalBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  const empty = c.req.header("content-length") === "0" || c.req.raw.body === null;
  return empty ? schema.parse({}) : readBody(c, schema);
}
