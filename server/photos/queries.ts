import type { Who } from "#data/domain/account.ts";
import { type PhotoPhase, type PositionSource, phaseName } from "#data/domain/photo.ts";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import type { Database } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import type { AsOfRequest } from "../http/app-env.ts";

interface PhotoRow {
  readonly uid: string;
  readonly target: number;
  readonly phase: PhotoPhase;
  readonly taken_at: Date | null;
  readonly filed_at: Date;
  readonly unit: string;
  readonly unit_id: string;
  readonly person: string;
  readonly width: number;
  readonly height: number;
  readonly distance_m: number | null;
  readonly distance_gcj_m: number | null;
  readonly position_from: PositionSource | null;
}

/** The photos of a feature as they are or were, oldest first: by when they were taken, else filed. */
export async function photosOf(
  { sql }: Database,
  unit: string,
  feature: number,
  { at, known }: AsOfRequest,
): Promise<PhotoView[]> {
  const then = at ?? new Date(8.64e15);
  const k = known ?? Number.MAX_SAFE_INTEGER;
  const rows = await sql<PhotoRow[]>`
    select p.uid, p.target_id % 100 as target, p.phase, p.taken_at, c.at as filed_at, u.name as unit, p.unit as unit_id,
      a.name as person, p.width, p.height, p.distance_m, p.distance_gcj_m, p.position_from
    from photo p
    join changeset c on c.seq = p.seq
    join unit u on u.id = p.unit
    join account a on a.id = p.account_id
    left join changeset r on r.seq = p.removed_seq
    where p.feature_id = ${feature} and p.seq <= ${k} and c.at <= ${then}
      and (r.seq is null or r.seq > ${k} or r.at > ${then})
    order by coalesce(p.taken_at, c.at), p.id`;
  return rows.map((row) => ({
    uid: row.uid,
    target: row.target,
    phase: row.phase,
    takenAt: row.taken_at?.toISOString() ?? null,
    filedAt: row.filed_at.toISOString(),
    unit: row.unit,
    person: row.unit_id === unit ? row.person : undefined,
    width: row.width,
    height: row.height,
    distanceM: row.distance_m,
    distanceIfGcjM: row.distance_gcj_m,
    positionFrom: row.position_from,
  }));
}

/** What serving a picture needs: its file and the words of its mark. */
export interface ServedPhoto {
  readonly id: number;
  readonly sha256: string;
  readonly phase: PhotoPhase;
  readonly taken_at: Date | null;
  readonly filed_at: Date;
  readonly unit: string;
  readonly place: string;
  readonly town: string | null;
}

/** One photo, taken-down ones too (the past shows them); undefined when this reader may not see its feature. */
export async function servedPhoto(
  { sql }: Database,
  who: Who,
  uid: string,
): Promise<ServedPhoto | undefined> {
  const [row] = await sql<ServedPhoto[]>`
    select p.id, encode(p.sha256, 'hex') as sha256, p.phase, p.taken_at, c.at as filed_at, u.name as unit,
      coalesce(f.name, '') as place, t.name as town
    from photo p
    join feature f on f.id = p.feature_id
    join changeset c on c.seq = p.seq
    join unit u on u.id = p.unit
    left join town t on t.code = coalesce(f.duty, f.town)
    where p.uid = ${uid} and ${mayRead(sql, who, "f")}`;
  return row;
}

const shanghai = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "short",
});

/** Time, place and unit, as they are drawn into the picture. */
export function markOf(photo: Omit<ServedPhoto, "id" | "sha256">): string[] {
  const time = photo.taken_at
    ? `${shanghai.format(photo.taken_at)} 拍摄`
    : `${shanghai.format(photo.filed_at)} 上传（拍摄时间不详）`;
  return [
    `${phaseName[photo.phase]}　${time}`,
    [photo.town, photo.place, `${photo.unit}上传`].filter(Boolean).join("　"),
  ];
}
