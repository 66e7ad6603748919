import { roleRights, type Who } from "#data/domain/account.ts";
import { warnDays } from "#data/domain/light.ts";
import { type TaskState, taskStates } from "#data/domain/task.ts";
import type { Returned } from "#data/domain/wire/feature.ts";
import { layers } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import { returnOf } from "./returned.ts";

/** `todo`: the next step is mine. `returned`: 退回 and not sent again. `soon`: late, or due within the days of 预警. */
export const taskChoices = ["todo", "returned", "soon", "open"] as const;
export type TaskChoice = (typeof taskChoices)[number];

/** Where a page ended: the sort key of its last row and that row's task. */
export interface TaskCursor {
  readonly key: readonly (string | number)[];
  readonly task: number;
}

export interface TaskQuestion {
  readonly who: Who;
  readonly account: number;
  /** Day number. */
  readonly today: number;
  readonly only: TaskChoice;
  /** WGS84; sorted by the metres from here when given, else by due date and state. */
  readonly near?: readonly [number, number];
  readonly limit: number;
  readonly after?: TaskCursor;
}

export interface MyTaskRow {
  readonly task: number;
  readonly version: number;
  readonly state: TaskState;
  readonly target: number;
  readonly due: string | null;
  readonly due_day: number | null;
  readonly lead: string;
  readonly progress: number;
  readonly mine: boolean;
  readonly feature: number;
  readonly layer_no: number;
  readonly name: string;
  readonly town: string | null;
  readonly duty: string | null;
  readonly point: { readonly coordinates: readonly [number, number] };
  readonly metres: number | null;
  readonly returned: Returned | null;
  readonly before: number;
  readonly after: number;
}

const noDue = "9999-12-31";

/**
 * Open tasks that this account's unit handles or verifies, with the features it may read: the same rule as mayStep of
 * server/features/rights.ts, as a condition.
 */
function mine(sql: Sql, { who, account }: TaskQuestion): Fragment {
  const rights = roleRights[who.role];
  const led = targets.filter((target) => target.leads.some((lead) => lead === who.unit)).map(({ no }) => no);
  const open = layers.filter((layer) => layer.townWritable).map((layer) => layer.no);
  const leads = rights.everywhere ? sql`true` : sql`k.target_id % 100 = any(${led}::int[])`;
  const inTown =
    who.town === null
      ? sql`false`
      : sql`(coalesce(f.duty = ${who.town}, false) or coalesce(f.town = ${who.town}, false) and f.layer_no = any(${open}::smallint[]))`;
  const handles = rights.edit ? sql`(${leads} or ${inTown})` : sql`false`;
  const verifies = rights.verify ? sql`${leads}` : sql`false`;
  return sql`
    select k.id as task, k.version, k.state, k.target_id, k.due, k.lead, k.progress, k.submitted_by = ${account} as mine,
      f.id as feature, f.layer_no, f.name, f.town, f.duty, f.geom,
      (${handles} and k.state in ('planned', 'underway')
        or ${verifies} and k.state = 'review' and k.submitted_by is distinct from ${account}) as todo
    from task k join feature f on f.id = k.feature_id
    where k.state <> 'closed' and f.deleted_seq is null and (${handles} or ${verifies}) and ${mayRead(sql, who, "f")}`;
}

const returned = (sql: Sql): Fragment =>
  returnOf(sql, { task: sql`m.task`, feature: sql`m.feature`, state: sql`m.state` });

function chosen(sql: Sql, { only, today }: TaskQuestion): Fragment {
  if (only === "returned") return sql`exists (${returned(sql)})`;
  if (only === "soon") return sql`m.due <= ${soonDay(sql, today)}`;
  return only === "todo" ? sql`m.todo` : sql`true`;
}

const soonDay = (sql: Sql, today: number): Fragment => sql`date '1970-01-01' + ${today + warnDays}::int`;

/** How many there are of each choice. */
export async function taskCounts(sql: Sql, question: TaskQuestion): Promise<Record<TaskChoice, number>> {
  const [row] = await sql<Record<TaskChoice, number>[]>`
    with m as (${mine(sql, question)})
    select count(*) filter (where m.todo)::int as todo, count(*) filter (where m.due <= ${soonDay(sql, question.today)})::int as soon,
      count(*)::int as open, count(*) filter (where m.state = 'underway' and exists (${returned(sql)}))::int as returned
    from m`;
  return row ?? { todo: 0, returned: 0, soon: 0, open: 0 };
}

/** One row more than the limit when there is a next page. */
export async function myTasks(sql: Sql, question: TaskQuestion): Promise<MyTaskRow[]> {
  const { near, limit } = question;
  const order = near ? byDistance(sql, question, near) : byDue(sql, question);
  return sql<MyTaskRow[]>`
    with m as not materialized (${mine(sql, question)}), page as (${order})
    select m.task, m.version, m.state, m.target_id % 100 as target, m.due, (m.due - date '1970-01-01')::int as due_day, m.lead,
      m.progress, coalesce(m.mine, false) as mine, m.feature, m.layer_no, coalesce(m.name, '') as name, m.town, m.duty,
      ST_AsGeoJSON(ST_PointOnSurface(m.geom), 6)::json as point, m.metres,
      (select json_build_object('at', r.at, 'unit', r.unit, 'reason', r.reason) from (${returned(sql)}) r) as returned,
      (select count(*)::int from photo p where p.feature_id = m.feature and p.target_id = m.target_id
        and p.phase = 'before' and p.removed_seq is null) as before,
      (select count(*)::int from photo p where p.feature_id = m.feature and p.target_id = m.target_id
        and p.phase = 'after' and p.removed_seq is null) as after
    from page m order by m.place limit ${limit + 1}`;
}

function byDue(sql: Sql, question: TaskQuestion): Fragment {
  const due = sql`coalesce(m.due, ${noDue}::date)`;
  const rank = sql`array_position(${[...taskStates]}::text[], m.state)`;
  const { after } = question;
  const later = after
    ? sql`(${due}, ${rank}, m.task) > (${String(after.key[0])}::date, ${Number(after.key[1])}::int, ${after.task}::bigint)`
    : sql`true`;
  return sql`
    select m.*, null::float8 as metres, row_number() over (order by ${due}, ${rank}, m.task) as place from m
    where ${chosen(sql, question)} and ${later} order by place limit ${question.limit + 1}`;
}

/** A degree of longitude at Qingpu is 0.856 of one of latitude: what is nearest in metres lies within this many times the degrees. */
const stretch = 1.2;

/**
 * In two strides, so that the index finds the neighbours and the metres decide: the nearest by degrees (`<->`, KNN) tell how
 * far the page can reach, and within that reach the rows are ordered by geodesic metres.
 */
function byDistance(sql: Sql, question: TaskQuestion, [lon, lat]: readonly [number, number]): Fragment {
  const here = sql`ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4326)`;
  const metres = sql`ST_Distance(m.geom::geography, ${here}::geography)`;
  const { after, limit } = question;
  const farther = after
    ? sql`(${metres}, m.task) > (${Number(after.key[0])}::float8, ${after.task}::bigint)`
    : sql`true`;
  const fits = sql`${chosen(sql, question)} and ${farther}`;
  return sql`
    select n.*, row_number() over (order by n.metres, n.task) as place from (
      select m.*, ${metres} as metres from m
      where ${fits} and ST_DWithin(m.geom, ${here}, ${stretch}::float8 * (
        select coalesce(max(e.degrees), 0) from (
          select m.geom <-> ${here} as degrees from m where ${fits} order by m.geom <-> ${here} limit ${limit + 1}
        ) e) + 1e-7)
    ) n order by place limit ${limit + 1}`;
}

/** The cursor of a row: what the next page begins after. */
export function cursorOf(row: MyTaskRow): TaskCursor {
  const rank = taskStates.indexOf(row.state) + 1;
  return { key: row.metres === null ? [row.due ?? noDue, rank] : [row.metres], task: row.task };
}
