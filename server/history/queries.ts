import type { HistoryShapes } from "#data/domain/wire/history.ts";
import type { Database } from "#db/client.ts";

/** One version row beside the one it replaced; both as stored, geometry only compared. */
export interface VersionPair {
  readonly seq: number;
  readonly at: Date;
  readonly vfrom: Date;
  readonly op: string;
  readonly unit: string;
  readonly unit_id: string;
  readonly person: string;
  readonly account: string;
  readonly reason: string | null;
  /** Null for photos and proposals, which have none. */
  readonly version: number | null;
  /** 1 to 20 for a task's version, null for the feature's own. */
  readonly target: number | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown>;
  readonly geometry: boolean;
  readonly proposal: number | null;
  /** It moved because its road did. */
  readonly followed: boolean;
  readonly reverts: number[] | null;
  readonly reverted_by: number | null;
}

interface Page {
  readonly feature: number;
  /** Nothing recorded after this number, or so only after this instant. */
  readonly known: number;
  readonly at: Date;
  /** Older than this number, for the next page. */
  readonly below: number;
  readonly limit: number;
}

/**
 * Versions of a feature and of its tasks, what photos were filed or taken down (counts by phase), who proposed or signed a change, and what towns said on 责任属地, newest first, each with what was so before it: for a correction the row it
 * closed, for an ordinary edit the row that ends where it begins.
 */
export function versionPairs({ sql }: Database, page: Page): Promise<VersionPair[]> {
  const { feature, known, at, below, limit } = page;
  return sql<VersionPair[]>`
    with photo_acts as (
      select seq, 'photo' as op, target_id, phase from photo where feature_id = ${feature}
      union all
      select removed_seq, 'photo-remove', target_id, phase from photo
      where feature_id = ${feature} and removed_seq is not null
    ), proposal_acts as (
      select d.seq, d.step from proposal_deed d join proposal_place pp on pp.proposal_id = d.proposal_id
      where pp.uid = (select uid from feature where id = ${feature})
    ), duty_acts as (
      select seq, 'duty-' || word as step from duty_word where feature_id = ${feature}
    ), seqs as (
      select distinct seq from (
        select kfrom as seq from feature_version where feature_id = ${feature} and vfrom <= ${at}
        union all
        select kfrom from task_version where feature_id = ${feature} and vfrom <= ${at}
        union all
        select p.seq from photo_acts p join changeset c on c.seq = p.seq where c.at <= ${at}
        union all
        select p.seq from proposal_acts p join changeset c on c.seq = p.seq where c.at <= ${at}
        union all
        select d.seq from duty_acts d join changeset c on c.seq = d.seq where c.at <= ${at}
      ) s where seq <= ${known} and seq < ${below} order by seq desc limit ${limit}
    ), pairs as (
      select v.kfrom as seq, v.vfrom, v.op, v.version, null::int as target,
        case when b.attrs is not null then b.attrs || jsonb_build_object('duty', b.duty) end as before,
        v.attrs || jsonb_build_object('duty', v.duty) as after,
        b.geom is not null and ST_AsBinary(b.geom) <> ST_AsBinary(v.geom) as geometry
      from (
        select distinct on (kfrom) * from feature_version
        where feature_id = ${feature} and kfrom in (select seq from seqs) and vfrom <= ${at}
        order by kfrom, (op = 'correct') desc, vfrom desc
      ) v
      left join lateral (
        select o.attrs, o.duty, o.geom from feature_version o
        where o.feature_id = v.feature_id and o.kfrom < v.kfrom
          and (o.kto = v.kfrom and o.vfrom <= v.vfrom and o.vto > v.vfrom
            or o.kto > v.kfrom and o.vto = v.vfrom)
        order by (o.kto = v.kfrom) desc, o.vfrom desc limit 1
      ) b on true
      union all
      select v.kfrom, v.vfrom, 'task', v.version, v.target_id % 100,
        case when b.task_id is not null
          then jsonb_build_object('state', b.state, 'progress', b.progress, 'due', b.due, 'note', b.note) end,
        jsonb_build_object('state', v.state, 'progress', v.progress, 'due', v.due, 'note', v.note), false
      from (
        select distinct on (task_id, kfrom) * from task_version
        where feature_id = ${feature} and kfrom in (select seq from seqs) and vfrom <= ${at}
        order by task_id, kfrom, vfrom desc
      ) v
      left join lateral (
        select o.task_id, o.state, o.progress, o.due, o.note from task_version o
        where o.task_id = v.task_id and o.kfrom < v.kfrom
          and (o.kto = v.kfrom and o.vfrom <= v.vfrom and o.vto > v.vfrom
            or o.kto > v.kfrom and o.vto = v.vfrom)
        order by (o.kto = v.kfrom) desc, o.vfrom desc limit 1
      ) b on true
      union all
      select p.seq, c.at, p.op, null, p.target,
        case p.op when 'photo-remove' then p.counts end, case p.op when 'photo' then p.counts else '{}' end, false
      from (
        select seq, op, target_id % 100 as target, jsonb_strip_nulls(jsonb_build_object(
          'before', nullif(count(*) filter (where phase = 'before'), 0),
          'after', nullif(count(*) filter (where phase = 'after'), 0))) as counts
        from photo_acts where seq in (select seq from seqs) group by seq, op, target_id
      ) p join changeset c on c.seq = p.seq
      union all
      select p.seq, c.at, p.step, null, null, null, '{}', false
      from (select * from proposal_acts union all select * from duty_acts) p
      join changeset c on c.seq = p.seq where p.seq in (select seq from seqs)
    )
    select p.*, c.at, c.unit as unit_id, u.name as unit, a.name as person, a.login as account, c.reason,
      (select d.proposal_id from proposal_deed d where d.seq = p.seq) as proposal,
      p.version is not null and p.geometry and p.after ? 'stakes' and exists (
        select from feature_version r where r.kfrom = p.seq
          and r.feature_id::text = substring(p.after ->> 'stakes' from '^QP-DL-0*([0-9]+) ')) as followed,
      (select array_agg(r.seq order by r.seq) from reverted r where r.by = p.seq) as reverts,
      (select max(r.by) from reverted r where r.seq = p.seq and r.by <= ${known}) as reverted_by
    from pairs p
    join changeset c on c.seq = p.seq
    join unit u on u.id = c.unit
    join account a on a.id = c.account_id
    order by p.seq desc, p.target nulls first, p.version nulls last`;
}

/** Shapes on both sides of one changeset, for drawing the difference; null where there was none. Nothing later than `at`. */
export async function shapesAround(
  { sql }: Database,
  feature: number,
  seq: number,
  at: Date,
): Promise<HistoryShapes | undefined> {
  const [row] = await sql<HistoryShapes[]>`
    select ST_AsGeoJSON(b.geom)::jsonb as before,
      case when v.op <> 'delete' then ST_AsGeoJSON(v.geom)::jsonb end as after,
      jsonb_build_object('before', size_of(b.geom), 'after', case when v.op <> 'delete' then size_of(v.geom) end) as size
    from (
      select * from feature_version where feature_id = ${feature} and kfrom = ${seq} and vfrom <= ${at}
      order by (op = 'correct') desc, vfrom desc limit 1
    ) v
    left join lateral (
      select o.geom from feature_version o
      where o.feature_id = v.feature_id and o.kfrom < v.kfrom and o.op <> 'delete'
        and (o.kto = v.kfrom and o.vfrom <= v.vfrom and o.vto > v.vfrom
          or o.kto > v.kfrom and o.vto = v.vfrom)
      order by (o.kto = v.kfrom) desc, o.vfrom desc limit 1
    ) b on true`;
  return row;
}
