import { Hono } from "hono";
import { z } from "zod";
import type { SummaryAnswer, SummaryRow } from "#data/domain/wire/list.ts";
import { layerByNo, layers } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import { towns } from "#data/programme/towns.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { readQuery } from "../http/validate.ts";
import { crossTown, filterQuery, readingOf } from "../list/filter.ts";
import { type Judged, tell } from "./hide.ts";
import { countCells, type SummaryKey } from "./queries.ts";

const query = z.strictObject({
  ...filterQuery,
  by: z.enum(["town", "target", "layer"]),
  at: z.string().optional(),
  known: z.string().optional(),
  s: z.string().optional(),
});

/** `GET /api/summary?by=town|target|layer`: counts by light, for the same filters as the list. */
export const summaryRoutes = ({ db }: Deps) =>
  new Hono<AppEnv>().get("/api/summary", async (c) => {
    const { by, ...filter } = readQuery(c, query);
    const { known, cells } = await countCells(db.sql, readingOf(c), filter, by);
    const answer: SummaryAnswer = { by, rows: rowsOf(by, cells), asOf: asOfHead(c, known) };
    return c.json(answer);
  });

const everyKey: Record<SummaryKey, readonly { key: string; name: string }[]> = {
  town: [...towns.map((town) => ({ key: town.code, name: town.short })), { key: crossTown, name: "跨镇街" }],
  target: targets.map((target) => ({ key: String(target.no), name: target.short })),
  layer: layers.map((layer) => ({ key: layer.id, name: layer.name })),
};

/** Every key has its row, in the order of the programme. */
export const rowsOf = (by: SummaryKey, cells: readonly Judged[]): SummaryRow[] =>
  everyKey[by].map(({ key, name }) => ({
    key,
    name,
    ...tell(cells.filter((cell) => keyOf(by, cell) === key)),
  }));

const keyOf = (by: SummaryKey, cell: Judged): string | undefined =>
  by === "layer" ? layerByNo(cell.layerNo)?.id : cell.key;
