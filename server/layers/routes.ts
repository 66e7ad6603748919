import { Hono } from "hono";
import { z } from "zod";
import type { LayerSummary, LayersAnswer } from "#data/domain/wire/list.ts";
import { layers } from "#data/layers/registry.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { readQuery } from "../http/validate.ts";
import { filterQuery, readingOf } from "../list/filter.ts";
import { tell } from "../summary/hide.ts";
import { countCells } from "../summary/queries.ts";

const query = z.strictObject({
  ...filterQuery,
  at: z.string().optional(),
  known: z.string().optional(),
  s: z.string().optional(),
});

/** `GET /api/layers`: the layer tree's numbers, for the same filters as the list. */
export const layerRoutes = ({ db }: Deps) =>
  new Hono<AppEnv>().get("/api/layers", async (c) => {
    const { known, cells } = await countCells(db.sql, readingOf(c), readQuery(c, query), "layer");
    const summaries = layers.map((layer): LayerSummary => {
      const own = cells.filter((cell) => cell.layerNo === layer.no);
      // Whoever sees some of the points is told those; whoever sees none is told the district's counts.
      const seen = own.filter((cell) => cell.readable);
      const countsOnly = layer.sensitivity === "restricted" && seen.length === 0;
      const { total, lights } = tell(countsOnly ? own : seen);
      return { id: layer.id, total, lights, countsOnly };
    });
    const answer: LayersAnswer = { layers: summaries, asOf: asOfHead(c, known) };
    return c.json(answer);
  });
