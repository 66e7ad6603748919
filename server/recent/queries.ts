import type { TaskState } from "#data/domain/task.ts";
import type { Sql } from "#db/client.ts";
import { mayRead, type Reader } from "#db/reading.ts";
import { nameThen } from "../history/names.ts";
import type { AsOfRequest } from "../http/app-env.ts";

export interface RecentRow {
  readonly seq: number;
  readonly at: Date;
  readonly kind: "feature" | "task" | "observation" | "photo";
  readonly op: string;
  readonly unit: string;
  readonly id: number;
  readonly name: string;
  readonly layer_no: number;
  readonly town: string | null;
  /** State before and after; null when the line is not a task's. */
  readonly before: TaskState | null;
  readonly state: TaskState | null;
  readonly target: number | null;
  readonly due: string | null;
  readonly progress: number | null;
  /** Done by the account that had submitted it. */
  readonly own: boolean;
}

/** Changes looked through for a few lines: a changeset of 2,000 edits must not be sorted for four of them. */
const looked = 2000;

/**
 * The last changes of features this reader may see, one line a feature and changeset: a task's step says more than the
 * edit beside it.
 */
export async function recentChanges(
  sql: Sql,
  who: Reader,
  { at, known }: AsOfRequest,
  limit: number,
): Promise<{ rows: RecentRow[]; head: number }> {
  const rows = await sql<RecentRow[]>`
    with g as materialized (
      select g.seq, g.kind, g.id, g.op, c.at, c.unit, c.account_id
      from change g join changeset c on c.seq = g.seq
      where g.kind in ('feature', 'task', 'observation', 'photo') and not (g.kind = 'task' and g.op <> 'patch')
        and c.seq <= ${known ?? Number.MAX_SAFE_INTEGER} and c.at <= ${at ?? new Date(8.64e15)}
      order by g.seq desc, g.kind desc, g.id limit ${looked}
    ), lines as (
      select g.*, coalesce(v.feature_id, g.id) as feature_id, v.target_id % 100 as target, v.state, v.due, v.progress,
        b.state as before, coalesce(b.submitted_by = g.account_id, false) as own
      from g
      left join lateral (
        select * from task_version t where g.kind = 'task' and t.task_id = g.id and t.kfrom = g.seq
        order by t.vfrom desc limit 1
      ) v on true
      left join lateral (
        select t.state, t.submitted_by from task_version t
        where g.kind = 'task' and t.task_id = g.id and t.kfrom < g.seq order by t.kfrom desc, t.vfrom desc limit 1
      ) b on true
    ), told as (
      select distinct on (l.seq, f.id) l.seq, l.at, l.kind, l.op, l.unit, f.id,
        coalesce(${nameThen(sql, sql`f`, sql`l.seq`, sql`l.at`)}, '') as name,
        f.layer_no, coalesce(f.duty, f.town) as town, l.before, l.state, l.target, to_char(l.due, 'YYYY-MM-DD') as due,
        l.progress, l.own
      from lines l join feature f on f.id = l.feature_id
      where ${mayRead(sql, who, "f")}
      order by l.seq, f.id, (l.kind = 'task') desc, (l.kind = 'photo'), (l.before is distinct from l.state) desc
    )
    select t.seq, t.at, t.kind, t.op, u.name as unit, t.id, t.name, t.layer_no, t.town, t.before, t.state, t.target,
      t.due, t.progress, t.own
    from told t join unit u on u.id = t.unit
    order by t.seq desc, (t.before is distinct from t.state) desc, t.id limit ${limit}`;
  const [head] = await sql<{ seq: number }[]>`select seq from feed_head`;
  return { rows, head: known ?? head?.seq ?? 0 };
}
