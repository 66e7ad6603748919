import { gunzipSync } from "node:zlib";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

export interface Decoded {
  readonly id: number | undefined;
  readonly type: number;
  readonly properties: Readonly<Record<string, number | string | boolean>>;
  /** [left, top, right, bottom] in units of the tile. */
  readonly box: readonly number[];
}

/** Features of a tile's one layer, by id. Throws when there is another layer. */
export function decode(mvt: Uint8Array, layer: string): Decoded[] {
  if (mvt.length === 0) return [];
  const { layers } = new VectorTile(new PbfReader(mvt));
  const names = Object.keys(layers);
  if (names.length !== 1 || names[0] !== layer) throw new Error(`layers ${names.join()}, wanted ${layer}`);
  const own = layers[layer];
  if (own?.extent !== 4096 || own.version !== 2) throw new Error("not an MVT 2 layer of 4096 units");
  return Array.from({ length: own.length }, (_, i) => {
    const feature = own.feature(i);
    return { id: feature.id, type: feature.type, properties: feature.properties, box: feature.bbox() };
  }).sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

/** Body of an answer, whether it came compressed or not. */
export async function bytesOf(response: Response): Promise<Uint8Array> {
  const body = new Uint8Array(await response.arrayBuffer());
  return response.headers.get("content-encoding") === "gzip" ? new Uint8Array(gunzipSync(body)) : body;
}
