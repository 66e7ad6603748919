import { roleRights, type Who } from "#data/domain/account.ts";
import { type DutyAnswer, type DutyRow, type SaidWord, wordsOpen } from "#data/domain/duty.ts";
import { shownNumber } from "#data/layers/define.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Database } from "#db/client.ts";
import { layersLedBy, mayRead } from "#db/reading.ts";

interface Row {
  id: number;
  layer_no: number;
  name: string | null;
  version: number;
  town: string | null;
  duty: string | null;
  shares: Record<string, number>;
  sides: string[];
  decided: boolean;
  words: SaidWord[] | null;
  metres: number;
  x: number;
  y: number;
  total: number;
}

/** A little more than 50 m in degrees, for the index; metres decide. */
const near = 0.0006;

/**
 * Places within 50 m of the line between two towns, or across it, whose 责任属地 was not confirmed for their shape or is objected
 * to: disputed ones first, then nearest first. `decided` gives those that are settled instead, the last one first. Towns get
 * what touches them, lead units their layers, the 专班 all. `town` narrows to one.
 */
export async function dutyRows(
  { sql }: Database,
  who: Who,
  {
    town,
    decided,
    limit,
    offset,
  }: { town?: string | undefined; decided: boolean; limit: number; offset: number },
): Promise<DutyAnswer> {
  const led = layersLedBy(who.unit);
  const own =
    who.town !== null
      ? sql`${who.town} = any(s.towns)`
      : led.length > 0
        ? sql`s.layer_no = any(${led}::smallint[])`
        : sql`true`;
  const order = decided
    ? sql`(select max(k.seq) from duty_confirmation k where k.feature_id = s.id) desc nulls last, s.id`
    : sql`s.disputed desc, s.town is not null, s.metres, s.id`;
  const rows = await sql<Row[]>`
    with beside as (
      select f.id, min(ST_Distance(f.geom::geography, n.geom::geography)) as metres,
        array_agg(distinct n.one) || array_agg(distinct n.other) as sides
      from town_seam n join feature f on f.geom && ST_Expand(n.geom, ${near})
      where f.deleted_seq is null and ${mayRead(sql, who, "f")} and ST_DWithin(f.geom::geography, n.geom::geography, border_metres())
      group by f.id
    ), s as (
      select f.id, f.layer_no, f.name, f.version, f.town, f.duty, f.shares, b.metres, duty_decided(f) as decided,
        exists (select from duty_words(f) w where w.word = 'object') as disputed,
        (select jsonb_agg(jsonb_build_object('town', w.town, 'word', w.word, 'at', c.at, 'reason', c.reason) order by w.seq)
          from duty_words(f) w join changeset c on c.seq = w.seq) as words,
        array(select distinct c from unnest(b.sides || towns_of(f.shares, f.duty)) c) as towns, f.geom
      from beside b join feature f on f.id = b.id where duty_confirmed(f) = ${decided}
    )
    select s.id, s.layer_no, s.name, s.version, s.town, s.duty, s.shares, s.towns as sides, s.metres, s.decided, s.words,
      ST_X(p.at) as x, ST_Y(p.at) as y, count(*) over ()::int as total
    from s cross join lateral (select ST_PointOnSurface(s.geom) as at) p
    where ${own} and ${town === undefined ? sql`true` : sql`${town} = any(s.towns)`}
    order by ${order} limit ${limit} offset ${offset}`;
  return { rows: rows.map((row) => toRow(row, who, led)), total: rows[0]?.total ?? 0 };
}

function toRow(row: Row, who: Who, led: readonly number[]): DutyRow {
  const { id, layer_no, name, version, town, duty, shares, sides, metres, decided, x, y } = row;
  const layer = layerByNo(layer_no);
  const { edit, verify, everywhere } = roleRights[who.role];
  const words = row.words ?? [];
  return {
    id,
    no: layer ? shownNumber(layer, id) : String(id),
    layer: layer?.id ?? "",
    name: name ?? "",
    version,
    town,
    duty,
    decided,
    towns: sides
      .map((code) => ({ code, share: shares[code] ?? 0 }))
      .sort((a, b) => b.share - a.share || a.code.localeCompare(b.code)),
    metres,
    at: [x, y],
    words,
    may: edit && who.town !== null ? wordsOpen(who.town, decided, words) : [],
    decides: edit && (everywhere || (verify && led.includes(layer_no))),
  };
}
