import { gunzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import type { LayerDef } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { mayRead, readerKey } from "#db/reading.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { notModified } from "../http/etag.ts";
import { Problem } from "../http/problem.ts";
import { featuresAt, tasksAt } from "../list/source.ts";
import { type Tile, TileCache } from "./cache.ts";
import { drawnBox, maxTileZoom, parseTile, type TileAddress } from "./grid.ts";
import { makeTile } from "./queries.ts";

const contentType = "application/vnd.mapbox-vector-tile";

/** `GET /tiles/:layer/:z/:x/:y.mvt`: one layer of what this reader may see, now or at a past moment. */
export const tileRoutes = (deps: Deps, cache = cacheFedBy(deps)) =>
  new Hono<AppEnv>().get("/tiles/:layer/:z/:x/:file", async (c) => {
    const layer = layerById(c.req.param("layer"));
    if (!layer)
      throw new Problem("not-found", {
        detail: `没有图层 ${c.req.param("layer").slice(0, 40)}；图层目录在 /api/layers。`,
      });
    const address = addressOf(c);
    await deps.feed.reach(leastSeq(c));
    const { at, known } = c.var.asOf;
    const key = [layer.id, address.z, address.x, address.y, at?.getTime() ?? "", known ?? ""];
    if (layer.sensitivity === "restricted") key.push(readerKey(c.var.who));
    const place = { layer: layer.id, box: drawnBox(address) };
    const tile = await cache.getOrMake(key.join("/"), place, () => freshTile(deps, c, layer, address));
    return send(c, tile);
  });

/** Drops what the feed says has changed; after a gap everything. */
function cacheFedBy({ feed }: Deps): TileCache {
  const cache = new TileCache();
  feed.listen((changes) => cache.drop(changes));
  return cache;
}

/** The tile as the database has it now, without the cache. */
function freshTile(
  { db }: Pick<Deps, "db">,
  c: Pick<Context<AppEnv>, "var">,
  layer: LayerDef,
  tile: TileAddress,
): Promise<Tile> {
  const { sql } = db;
  return makeTile(db, {
    layer,
    tile,
    features: featuresAt(sql, c.var.asOf),
    tasks: tasksAt(sql, c.var.asOf),
    readable: mayRead(sql, c.var.who, "f"),
  });
}

function addressOf(c: Context): TileAddress {
  const [, y = ""] = /^(\d+)\.mvt$/.exec(c.req.param("file") ?? "") ?? [];
  const tile = parseTile(c.req.param("z") ?? "", c.req.param("x") ?? "", y);
  if (!tile)
    throw new Problem("not-found", {
      detail: `没有这张瓦片：地址应为 /tiles/图层/z/x/y.mvt，z 为 0–${maxTileZoom}，x、y 在该级网格内。`,
    });
  return tile;
}

/** Least changeset the answer must know: after a save or an event the page sends the number it was told. */
function leastSeq(c: Context): number {
  const text = c.req.header("x-guatu-seq") ?? c.req.query("s") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

function send(c: Context<AppEnv>, tile: Tile): Response {
  const { at, known } = c.var.asOf;
  // A past that names what it knows never changes; `at` alone does, by a correction.
  const forEver = at !== null && known !== null;
  c.header("cache-control", forEver ? "private, max-age=31536000, immutable" : "private, no-cache");
  c.header("x-guatu-seq", String(tile.k));
  c.header("vary", "Accept-Encoding, Cookie, Authorization");
  const unchanged = notModified(c, tile.etag);
  if (unchanged) return unchanged;
  c.header("content-type", contentType);
  if (!/\bgzip\b/.test(c.req.header("accept-encoding") ?? ""))
    return c.body(new Uint8Array(gunzipSync(tile.gzipped)));
  c.header("content-encoding", "gzip");
  return c.body(tile.gzipped);
}
