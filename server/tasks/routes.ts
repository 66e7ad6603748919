import { Hono } from "hono";
import { z } from "zod";
import type { Who } from "#data/domain/account.ts";
import { explainLight } from "#data/domain/light.ts";
import { stepsFrom } from "#data/domain/task.ts";
import type { MyTask, MyTasksAnswer } from "#data/domain/wire/list.ts";
import { shownNumber } from "#data/layers/define.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Deps } from "../deps.ts";
import { mayStep, mayWrite } from "../features/rights.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { Problem } from "../http/problem.ts";
import { readQuery } from "../http/validate.ts";
import { cursorOf, type MyTaskRow, myTasks, type TaskCursor, taskChoices, taskCounts } from "./queries.ts";
import { toReturned } from "./returned.ts";

const nearText = z.string().transform((text, context) => {
  const [lon, lat, more] = text.split(",").map(Number);
  if (
    lon !== undefined &&
    lat !== undefined &&
    more === undefined &&
    Math.abs(lon) <= 180 &&
    Math.abs(lat) <= 90
  )
    return [lon, lat] as const;
  context.addIssue({ code: "custom", message: "应为“经度,纬度”（WGS84），例如 121.05,31.11" });
  return z.NEVER;
});

/** `metres~task` or `due~state~task`, as `next` of the page before gave it. */
const afterText = z.string().transform((text, context): TaskCursor => {
  const parts = text.split("~");
  const task = Number(parts.at(-1));
  const [first = "", rank] = parts;
  const isMetres = parts.length === 2 && /^\d+(\.\d+)?(e-?\d+)?$/.test(first);
  const isDue = parts.length === 3 && first >= "1900" && z.iso.date().safeParse(first).success;
  if (Number.isSafeInteger(task) && task > 0 && (isMetres || (isDue && /^[1-9]$/.test(rank ?? ""))))
    return { key: parts.slice(0, -1), task };
  context.addIssue({ code: "custom", message: "不是上一页给的 next，请从第一页读起" });
  return z.NEVER;
});

const query = z.strictObject({
  near: nearText.optional(),
  only: z.enum(taskChoices).default("todo"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: afterText.optional(),
  s: z.string().optional(),
});

/** `GET /api/tasks/mine`: open tasks that the own unit handles or verifies, nearest first, or soonest due first. */
export const taskRoutes = ({ db }: Deps) =>
  new Hono<AppEnv>().get("/api/tasks/mine", async (c) => {
    const { who, today } = c.var;
    const asked = readQuery(c, query);
    if (asked.after && (asked.after.key.length === 1) !== (asked.near !== undefined))
      throw new Problem("bad-query", { detail: "这一页的排序和上一页不同，请从第一页读起。" });
    const question = { ...asked, who, account: c.var.session.account, today };
    const [counts, found, head] = await Promise.all([
      taskCounts(db.sql, question),
      myTasks(db.sql, question),
      db.sql<{ seq: number }[]>`select seq from feed_head`,
    ]);
    const rows = found.slice(0, asked.limit);
    const last = found.length > rows.length ? rows.at(-1) : undefined;
    const cursor = last && cursorOf(last);
    const answer: MyTasksAnswer = {
      counts,
      rows: rows.map((row) => toTask(row, who, today)),
      next: cursor ? [...cursor.key, cursor.task].join("~") : null,
      asOf: asOfHead(c, head[0]?.seq ?? 0),
    };
    return c.json(answer);
  });

function toTask(row: MyTaskRow, who: Who, today: number): MyTask {
  const layer = layerByNo(row.layer_no);
  if (!layer)
    throw new Error(`feature ${row.feature} is of layer ${row.layer_no}, which the registry does not know`);
  const place = mayWrite(who, layer, row);
  return {
    task: row.task,
    version: row.version,
    state: row.state,
    target: row.target,
    due: row.due,
    lead: row.lead,
    progress: row.progress,
    light: explainLight({ state: row.state, due: row.due_day }, today),
    steps: stepsFrom(row.state).filter((step) => mayStep(who, row, step, place).allowed),
    feature: row.feature,
    no: shownNumber(layer, row.feature),
    layer: layer.id,
    name: row.name,
    town: row.duty ?? row.town,
    at: row.point.coordinates,
    metres: row.metres,
    returned: row.returned && toReturned(row.returned),
    photos: { before: row.before, after: row.after },
  };
}
