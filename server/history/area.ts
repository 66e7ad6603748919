import type { Who } from "#data/domain/account.ts";
import type { TaskState } from "#data/domain/task.ts";
import type { AreaChange, AreaDeed } from "#data/domain/wire/history.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import { stepBetween } from "../recent/line.ts";
import { nameThen } from "./names.ts";

export interface AreaFilter {
  readonly bbox?: readonly [number, number, number, number];
  readonly town?: readonly string[];
  /** Layer numbers. */
  readonly layers?: readonly number[];
  readonly unit?: readonly string[];
  /** Recorded in [from, to). */
  readonly from?: Date;
  readonly to?: Date;
  readonly known: number;
  readonly at: Date | null;
  /** Changesets older than this number. */
  readonly below: number;
  readonly limit: number;
}

/** Changes told of one changeset; the others are counted. */
const told = 50;

interface Row {
  seq: number;
  at: Date;
  kind: string;
  batch: string | null;
  unit: string;
  person: string;
  own: boolean;
  reason: string | null;
  reverts: number[] | null;
  reverted_by: number | null;
  count: number;
  changes: {
    kind: AreaChange["kind"];
    op: string;
    id: number;
    name: string | null;
    layerNo: number;
    town: string | null;
    deleted: boolean;
    target: number | null;
    state: TaskState | null;
    was: TaskState | null;
    progress: number | null;
    own: boolean;
    box: [number, number, number, number] | null;
  }[];
}

/** What changed in an area and when, by changeset, newest first: only of features that this reader may see. */
export async function areaHistory(sql: Sql, who: Who, filter: AreaFilter): Promise<AreaDeed[]> {
  const { known, at, below, limit } = filter;
  const rows = await sql<Row[]>`
    with newest as (
      -- From the newest back, each asked for one change that fits, until the page is full: the rest of the history is not read.
      select c.seq from changeset c
      where c.seq <= ${known} and c.seq < ${below} and ${at === null ? sql`true` : sql`c.at <= ${at}`}
        and ${ofDeed(sql, filter)} and exists (select from ${fitting(sql, who, filter)})
      order by c.seq desc limit ${limit}
    ), hit as (
      select h.* from newest p join changeset c on c.seq = p.seq cross join lateral (
        select g.seq, g.kind, g.id, g.op, g.before, g.after, f.id as feature_id from ${fitting(sql, who, filter)}) h
    ), page as (
      select seq, count(*)::int as count from hit group by seq
    ), numbered as (
      -- Places first: what became of their tasks with them is told by the place.
      select h.*, row_number() over (partition by h.seq order by (h.kind = 'task' and h.op <> 'patch'), h.kind, h.id) as n
      from hit h join page p on p.seq = h.seq
    )
    select c.seq, c.at, c.kind, c.batch, u.name as unit, a.name as person, c.unit = ${who.unit} as own, c.reason, p.count,
      (select array_agg(r.seq order by r.seq) from reverted r where r.by = c.seq) as reverts,
      (select max(r.by) from reverted r where r.seq = c.seq and r.by <= ${known}) as reverted_by,
      (select json_agg(json_build_object('kind', h.kind, 'op', h.op, 'id', f.id, 'name', ${nameThen(sql, sql`f`, sql`h.seq`, sql`c.at`)}, 'layerNo', f.layer_no,
          'town', coalesce(f.duty, f.town), 'deleted', f.deleted_seq is not null, 'target', v.target_id % 100,
          'state', v.state, 'was', b.state, 'progress', v.progress,
          'own', coalesce(b.submitted_by = c.account_id, false),
          'box', case when h.before is null then h.after when h.after is null then h.before else array[
            least(h.before[1], h.after[1]), least(h.before[2], h.after[2]),
            greatest(h.before[3], h.after[3]), greatest(h.before[4], h.after[4])] end) order by h.n)
        from numbered h join feature f on f.id = h.feature_id
          left join lateral (
            select t.* from task_version t where h.kind = 'task' and t.task_id = h.id and t.kfrom <= h.seq
            order by t.kfrom desc, t.vfrom desc limit 1) v on true
          left join lateral (
            select t.* from task_version t where h.kind = 'task' and t.task_id = h.id and t.kfrom < h.seq
            order by t.kfrom desc, t.vfrom desc limit 1) b on true
        where h.seq = p.seq and h.n <= ${told}) as changes
    from page p join changeset c on c.seq = p.seq
      join unit u on u.id = c.unit join account a on a.id = c.account_id
    order by p.seq desc`;
  return rows.map(toDeed);
}

/** Who wrote and when: of a whole changeset. */
const ofDeed = (sql: Sql, { unit, from, to }: AreaFilter): Fragment =>
  all(sql, [
    ...(unit ? [sql`c.unit = any(${[...unit]}::text[])`] : []),
    ...(from ? [sql`c.at >= ${from}`] : []),
    ...(to ? [sql`c.at < ${to}`] : []),
  ]);

/** The changes `g` of changeset `c` with their features `f` that this reader may see and that fit: what follows a `from`. */
const fitting = (sql: Sql, who: Who, filter: AreaFilter): Fragment => sql`
  change g left join lateral (
      select t.feature_id from task_version t where g.kind = 'task' and t.task_id = g.id limit 1) t on true
    join feature f on f.id = case g.kind when 'task' then t.feature_id else g.id end
  where g.seq = c.seq and g.kind <> 'report' and ${mayRead(sql, who, "f")} and ${ofChange(sql, filter)}`;

/** Where it is and in which layer: of each change. */
function ofChange(sql: Sql, { bbox, town, layers }: AreaFilter): Fragment {
  const meets = (box: Fragment) => {
    const [w, s, e, n] = bbox ?? [0, 0, 0, 0];
    return sql`coalesce(${box}[1] <= ${e}::float8 and ${box}[3] >= ${w}::float8
      and ${box}[2] <= ${n}::float8 and ${box}[4] >= ${s}::float8, false)`;
  };
  // A place that was moved out of a town or given another 责任属地 belongs to the record of both.
  const lay = sql`exists (select from feature_version v where v.feature_id = f.id and v.kfrom <= g.seq and v.kto >= g.seq
    and (v.kfrom = g.seq or v.vto >= c.at) and (v.town = any(${[...(town ?? [])]}::text[]) or v.duty = any(${[...(town ?? [])]}::text[])))`;
  return all(sql, [
    ...(bbox ? [sql`(${meets(sql`g.before`)} or ${meets(sql`g.after`)})`] : []),
    ...(town ? [lay] : []),
    ...(layers ? [sql`f.layer_no = any(${[...layers]}::smallint[])`] : []),
  ]);
}

const all = (sql: Sql, conditions: readonly Fragment[]): Fragment =>
  conditions.reduce<Fragment>((sum, condition) => sql`${sum} and ${condition}`, sql`true`);

const toDeed = (row: Row): AreaDeed => ({
  seq: row.seq,
  at: row.at.toISOString(),
  kind: row.kind,
  batch: row.batch,
  unit: row.unit,
  person: row.own ? row.person : undefined,
  reason: row.reason,
  reverts: row.reverts ?? [],
  revertedBy: row.reverted_by,
  count: row.count,
  changes: row.changes.map(
    ({ id, name, layerNo, town, deleted, target, state, was, progress, own, op, kind, box }) => ({
      kind,
      op: kind === "task" && op === "patch" && state !== null ? stepBetween(was, state, own) : op,
      feature: { id, name: name ?? "", layer: layerByNo(layerNo)?.id ?? "", town, deleted },
      ...(target !== null && { task: { target, state, progress } }),
      box,
    }),
  ),
});
