import { type Context, Hono } from "hono";
import { z } from "zod";
import { dayOfInstant, parseAt } from "#data/domain/time.ts";
import { type LayerDef, shownNumber } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { Problem } from "../http/problem.ts";
import { idParam, readQuery } from "../http/validate.ts";
import { type Filter, filterQuery, type Reading, readingOf } from "../list/filter.ts";
import {
  collection,
  collections,
  conformance,
  description,
  geojson,
  type Link,
  landing,
  mostItems,
} from "./documents.ts";
import { type Item, itemsPage, layerExtents } from "./queries.ts";

const { town, light, target, lead, bbox, q, due } = filterQuery;
const query = z.strictObject({
  ...{ town, light, target, lead, bbox, q, due },
  limit: z.coerce.number().int().min(1).max(mostItems()).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  datetime: z.string().optional(),
  at: z.string().optional(),
  known: z.string().optional(),
  f: z.literal("json").optional(),
});

/** OGC API – Features, Part 1 (core, oas30, geojson), for QGIS, GDAL and other offices' programs. */
export const ogcRoutes = ({ db, clock }: Deps) =>
  new Hono<AppEnv>()
    .get("/ogc", (c) => c.json(landing(rootOf(c))))
    .get("/ogc/", (c) => c.json(landing(rootOf(c))))
    .get("/ogc/conformance", (c) => c.json({ conformsTo: conformance }))
    .get("/ogc/api", (c) =>
      c.body(JSON.stringify(description(rootOf(c))), 200, {
        "content-type": "application/vnd.oai.openapi+json;version=3.0",
      }),
    )
    .get("/ogc/collections", async (c) =>
      c.json(collections(rootOf(c), await layerExtents(db.sql, readingOf(c), {}))),
    )
    .get("/ogc/collections/:layer", async (c) => {
      const layer = layerOf(c);
      const extents = await layerExtents(db.sql, readingOf(c), { layers: [layer.id] });
      return c.json(collection(rootOf(c), layer, extents.get(layer.no) ?? null));
    })
    .get("/ogc/collections/:layer/items", async (c) => {
      const layer = layerOf(c);
      const { limit, offset, datetime, ...asked } = readQuery(c, query);
      const filter: Filter = { ...asked, layers: [layer.id] };
      const now = clock.now();
      const reading = readingAt(readingOf(c), datetime, now);
      const { matched, items } = await itemsPage(db.sql, reading, filter, limit, offset);
      return sendGeoJson(c, {
        type: "FeatureCollection",
        timeStamp: (reading.asOf.at ?? now).toISOString(),
        numberMatched: matched,
        numberReturned: items.length,
        links: pageLinks(c, layer, limit, offset, matched),
        features: items.map((item) => featureOf(layer, item)),
      });
    })
    .get("/ogc/collections/:layer/items/:id", async (c) => {
      const layer = layerOf(c);
      const id = idParam(c);
      const { items } = await itemsPage(db.sql, readingOf(c), { layers: [layer.id], id }, 1, 0);
      const [item] = items;
      if (!item)
        throw new Problem("not-found", { detail: `${layer.name}里没有编号 ${id} 的要素，或者您看不到它。` });
      const own = `${rootOf(c)}/collections/${layer.id}`;
      return sendGeoJson(c, {
        ...featureOf(layer, item),
        links: [
          { href: `${own}/items/${id}`, rel: "self", type: geojson },
          { href: own, rel: "collection", type: "application/json" },
        ] satisfies Link[],
      });
    });

/** `datetime` is `at`: an instant or a day, or an interval, of which its end is meant; `..` leaves it open. */
function readingAt(reading: Reading, datetime: string | undefined, now: Date): Reading {
  const text = datetime?.split("/").at(-1) ?? "..";
  if (text === ".." || text === "") return reading;
  const at = parseAt(text);
  if (!at)
    throw new Problem("bad-query", {
      detail: "参数 datetime 应为日期、带时区的时间，或它们的区间（取区间的终点）。",
      errors: [{ at: "datetime", message: "例如 2025-06-30 或 2025-01-01/2025-06-30" }],
    });
  return at >= now ? reading : { ...reading, asOf: { ...reading.asOf, at }, today: dayOfInstant(at) };
}

function layerOf(c: Context): LayerDef {
  const id = c.req.param("layer") ?? "";
  const layer = layerById(id);
  if (!layer)
    throw new Problem("not-found", { detail: `没有图层 ${id.slice(0, 40)}；图层目录在 /ogc/collections。` });
  return layer;
}

/** Absolute, as desktop GIS wants its links; behind a proxy that ends TLS the proxy says how it was reached. */
function rootOf(c: Context): string {
  const url = new URL(c.req.url);
  const proto = c.req.header("x-forwarded-proto") ?? url.protocol.replace(":", "");
  return `${proto === "https" ? "https" : "http"}://${c.req.header("host") ?? url.host}/ogc`;
}

const sendGeoJson = (c: Context, body: object): Response =>
  c.body(JSON.stringify(body), 200, { "content-type": geojson, "cache-control": "private, no-cache" });

function featureOf(layer: LayerDef, { id, geometry, attrs, layerNo: _, ...task }: Item) {
  return { type: "Feature", id, geometry, properties: { ...attrs, no: shownNumber(layer, id), ...task } };
}

function pageLinks(c: Context, layer: LayerDef, limit: number, offset: number, matched: number): Link[] {
  const own = `${rootOf(c)}/collections/${layer.id}`;
  const at = (start: number): string => {
    const search = new URLSearchParams(c.req.query());
    search.set("limit", String(limit));
    search.set("offset", String(start));
    return `${own}/items?${search}`;
  };
  const page = (rel: string, start: number): Link => ({ href: at(start), rel, type: geojson });
  return [
    page("self", offset),
    ...(offset + limit < matched ? [page("next", offset + limit)] : []),
    ...(offset > 0 ? [page("prev", Math.max(0, offset - limit))] : []),
    { href: `${own}/items?f=json`, rel: "alternate", type: "application/json", title: "同一内容" },
    { href: own, rel: "collection", type: "application/json", title: layer.name },
  ];
}
