import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { Sql } from "#db/client.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { notModified } from "../http/etag.ts";

interface TownShape {
  readonly code: string;
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly geometry: GeoJSON.Geometry;
  /** Where its name is written. */
  readonly label: GeoJSON.Point;
}

/** `GET /api/towns`: the borders in force at the moment, with names. */
export const townRoutes = ({ db, clock }: Deps) =>
  new Hono<AppEnv>().get("/api/towns", async (c) => {
    const shapes = await townShapes(db.sql, c.var.asOf.at ?? clock.now());
    const body = JSON.stringify({
      type: "FeatureCollection",
      features: shapes.map(({ geometry, label, ...properties }) => ({
        type: "Feature",
        id: Number(properties.code),
        geometry,
        properties: { ...properties, label: label.coordinates },
      })),
    });
    c.header("cache-control", "private, no-cache");
    const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const unchanged = notModified(c, tag);
    return unchanged ?? c.body(body, 200, { "content-type": "application/geo+json" });
  });

/** Towns in the order of their codes, with the border of that instant. */
const townShapes = (sql: Sql, at: Date) => sql<TownShape[]>`
  select t.code, t.id, t.name, t.short, ST_AsGeoJSON(b.geom, 6)::json as geometry,
    ST_AsGeoJSON(ST_PointOnSurface(b.geom), 5)::json as label
  from town t join town_border b on b.code = t.code
  where b.vfrom <= ${at} and ${at} < b.vto order by t.code`;
