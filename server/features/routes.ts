import type { Context } from "hono";
import { Hono } from "hono";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { featureTag, notModified } from "../http/etag.ts";
import { Problem } from "../http/problem.ts";
import { idParam } from "../http/validate.ts";
import { photosOf } from "../photos/queries.ts";
import {
  bodyOf,
  deletionOf,
  type FeatureRow,
  featureRow,
  historyCount,
  observationsOf,
  tasksOf,
} from "./queries.ts";
import { viewOf } from "./view.ts";

/** Reading one feature; its history is the history room's, writing it the changes room's. */
export const featureRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/api/features/:id", async (c) => {
      const row = await readable(deps, c);
      refuseDeleted(row);
      c.header("cache-control", "private, no-cache");
      return notModified(c, featureTag(row.id, row.version, row.told)) ?? c.json(bodyOf(row));
    })
    .get("/api/features/:id/view", async (c) => {
      const row = await readable(deps, c);
      const { asOf, who, today, session } = c.var;
      const layer = layerOf(row);
      const [tasks, count, observations, deletion, photos] = await Promise.all([
        tasksOf(deps.db, session.account, row.id, asOf),
        historyCount(deps.db, row.id, asOf.known),
        layer.id === "water_point" ? observationsOf(deps.db, row.id, asOf) : undefined,
        row.deleted ? deletionOf(deps.db, who, row.id, asOf.known) : undefined,
        photosOf(deps.db, who.unit, row.id, asOf),
      ]);
      const answer: FeatureView = {
        ...viewOf(layer, row, tasks, { who, today, isPast: asOf.at !== null }),
        historyCount: count,
        observations,
        deletion,
        photos,
        asOf: asOfHead(c, asOf.known ?? row.head),
      };
      c.header("cache-control", "private, no-cache");
      return c.json(answer);
    });

/** The feature of the address, or a 404 that does not tell whether it exists for others. */
export async function readable(deps: Deps, c: Context<AppEnv>): Promise<FeatureRow> {
  const id = idParam(c);
  const row = await featureRow(deps.db, c.var.who, id, c.var.asOf);
  if (!row)
    throw new Problem("not-found", {
      detail: c.var.asOf.at
        ? `编号 ${id} 的对象那时还没有，或者不在您可看的范围内。`
        : `没有编号为 ${id} 的对象，或者不在您可看的范围内。`,
    });
  return row;
}

function refuseDeleted(row: FeatureRow): void {
  if (row.deleted)
    throw new Problem("gone", {
      detail: `编号 ${row.id} 的对象已经删除；在变更记录里可以看到它，也可以恢复。`,
    });
}

function layerOf(row: FeatureRow): LayerDef {
  const layer = layerByNo(row.layer_no);
  if (!layer)
    throw new Error(`feature ${row.id} is of layer ${row.layer_no}, which the registry does not know`);
  return layer;
}
