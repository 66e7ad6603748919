import type { Database } from "#db/client.ts";
import type { Tile } from "./cache.ts";
import { encodeTile, pack } from "./encode.ts";
import { type EncodedTile, encodedTile, type RawTile, rawTile, type TileQuestion } from "./sql.ts";

/** Makes the tile by the encoder this database has: ST_AsMVT, or the one in this process. */
export async function makeTile(db: Database, question: TileQuestion): Promise<Tile> {
  const { k, mvt } = await (db.kind === "postgres" ? tileFromPostgis : tileFromRows)(db, question);
  return { k, ...(await pack(mvt)) };
}

/** ST_AsMVT's bytes. */
export async function tileFromPostgis(
  { sql }: Database,
  question: TileQuestion,
): Promise<{ k: number; mvt: Uint8Array }> {
  const [row] = await sql<EncodedTile[]>`${encodedTile(sql, question)}`;
  return { k: row?.k ?? 0, mvt: row?.tile ?? new Uint8Array() };
}

/** Rows of the tile's box, encoded here. */
export async function tileFromRows(
  { sql }: Database,
  question: TileQuestion,
): Promise<{ k: number; mvt: Uint8Array }> {
  const [row] = await sql<RawTile[]>`${rawTile(sql, question)}`;
  return { k: row?.k ?? 0, mvt: encodeTile(question.layer.id, question.tile, row?.features ?? []) };
}
