import { createHash } from "node:crypto";
import { gzip } from "node:zlib";
import { geoJSONToTile } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import { type TileAddress, tileBuffer, tileExtent } from "./grid.ts";

/** The second encoder, for a database without ST_AsMVT: same ids, same properties, boxes within a unit. */
export function encodeTile(
  layer: string,
  { z, x, y }: TileAddress,
  features: readonly GeoJSON.Feature[],
): Uint8Array {
  if (features.length === 0) return new Uint8Array();
  // Tolerance 0: with the library's default of 3 small features vanish.
  const tile = geoJSONToTile({ type: "FeatureCollection", features: [...features] }, z, x, y, {
    tolerance: 0,
    extent: tileExtent,
    buffer: tileBuffer,
    clip: true,
  });
  return tile.features.length === 0
    ? new Uint8Array()
    : fromGeojsonVt({ [layer]: tile }, { version: 2, extent: tileExtent });
}

/** Compresses once, off the main thread; the tag is over the uncompressed tile. */
export async function pack(mvt: Uint8Array): Promise<{ gzipped: Uint8Array<ArrayBuffer>; etag: string }> {
  const etag = `"${createHash("sha256").update(mvt).digest("base64url").slice(0, 22)}"`;
  const gzipped = await new Promise<Buffer>((resolve, reject) =>
    gzip(mvt, { level: 6 }, (error, bytes) => (error ? reject(error) : resolve(bytes))),
  );
  return { gzipped: new Uint8Array(gzipped), etag };
}
