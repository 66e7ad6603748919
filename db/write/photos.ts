import gcoord from "gcoord";
import type postgres from "postgres";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { TransactionSql } from "../client.ts";
import type { FeatureDraft, OpOf } from "./draft.ts";

/** A photo to be filed, with what the upload found in its file. */
export interface NewPhoto {
  readonly draft: FeatureDraft;
  /** With its year: 202511. */
  readonly target: number;
  readonly op: OpOf<"photo">;
  readonly file: PhotoFile;
}

/** Files and takes down, one statement each; the guard judges rights and measures distances. */
export async function storePhotos(
  tx: TransactionSql,
  added: readonly NewPhoto[],
  removed: readonly string[],
): Promise<void> {
  if (removed.length > 0)
    await tx`update photo set removed_seq = ${Number.MAX_SAFE_INTEGER} where uid = any(${[...removed]}::uuid[])`;
  if (added.length === 0) return;
  const rows = added.map(({ draft, target, op, file }) => {
    const position = file.position ?? op.position ?? null;
    return {
      uid: op.uid,
      feature_id: draft.id,
      target_id: target,
      phase: op.phase,
      sha256: op.sha256,
      width: file.width,
      height: file.height,
      bytes: file.bytes,
      taken_at: file.takenAt ?? op.takenAt ?? null,
      position: position && pointOf(position),
      as_gcj: position && pointOf(gcoord.transform([...position], gcoord.GCJ02, gcoord.WGS84)),
      position_from: position && (file.position ? "exif" : "device"),
    };
  });
  await tx`
    insert into photo (uid, feature_id, target_id, phase, sha256, width, height, bytes, taken_at, position, as_gcj,
      position_from)
    select r.uid, r.feature_id, r.target_id, r.phase, decode(r.sha256, 'hex'), r.width, r.height, r.bytes, r.taken_at,
        ST_SetSRID(ST_GeomFromGeoJSON(r.position), 4326), ST_SetSRID(ST_GeomFromGeoJSON(r.as_gcj), 4326), r.position_from
      from jsonb_to_recordset(${tx.json(rows as postgres.JSONValue)})
        as r (uid uuid, feature_id bigint, target_id int, phase text, sha256 text, width int, height int, bytes int,
          taken_at timestamptz, position jsonb, as_gcj jsonb, position_from text)`;
}

const pointOf = ([lon = 0, lat = 0]: readonly number[]) => ({ type: "Point", coordinates: [lon, lat] });
