import { warnDays } from "#data/domain/light.ts";
import { taskStates } from "#data/domain/task.ts";
import type { Fragment, Sql, TransactionSql } from "#db/client.ts";
import { visibleAt } from "#db/visible.ts";
import type { AsOfRequest } from "../http/app-env.ts";

/**
 * Rows of features as they were at the moment: id, layer_no, version, attrs, geom, town, shares, duty, name, pinyin. Now
 * reads the present tables. `deleted`: those that were deleted then instead.
 */
export function featuresAt(sql: Sql | TransactionSql, { at, known }: AsOfRequest, deleted = false): Fragment {
  if (at === null)
    return sql`select id, uid, layer_no, version, attrs, geom, town, shares, duty, name, pinyin
      from feature where ${deleted ? sql`deleted_seq is not null` : sql`deleted_seq is null`}`;
  return sql`select v.feature_id as id, p.uid, v.layer_no, v.version, v.attrs, v.geom, v.town, v.shares, v.duty,
      v.attrs ->> 'name' as name, p.pinyin
    from feature_version v join feature p on p.id = v.feature_id
    where ${deleted ? sql`v.op = 'delete'` : sql`v.op <> 'delete'`} and ${visibleAt(sql, "v", at, known)}`;
}

/**
 * Rows of tasks as they were at the moment: id, feature_id, target_id, version, state, due, lead, progress.
 * Compares the ends instead of asking `tstzrange @>`: a look-up by feature must not be led to the index on time, which
 * holds every task of the district, and the planner guesses ranges at a thousandth of what they are.
 */
export function tasksAt(sql: Sql | TransactionSql, { at, known }: AsOfRequest): Fragment {
  if (at === null)
    return sql`select id, feature_id, target_id, version, state, due, lead, progress from task`;
  return sql`select v.task_id as id, v.feature_id, v.target_id, v.version, v.state, v.due, v.lead, v.progress
    from task_version v where v.vfrom <= ${at} and v.vto > ${at} and ${
      known === null ? sql`v.kto = 9223372036854775807` : sql`v.kfrom <= ${known} and v.kto > ${known}`
    }`;
}

/**
 * The task that stands for a feature, as `leadingTask` of data/domain/light.ts chooses it: open before closed, earliest
 * due first, begun before planned. Adds `code` (place in taskStates), `due_day` (days since 1970) and `tasks` (how many).
 */
export const leadingTask = (sql: Sql, tasks: Fragment, feature: Fragment): Fragment => sql`
  select k.id, k.target_id, k.state, k.due, k.lead, k.progress, count(*) over ()::int as tasks,
    array_position(${[...taskStates]}::text[], k.state) - 1 as code, (k.due - date '1970-01-01')::int as due_day
  from (${tasks}) k where k.feature_id = ${feature}
  order by (k.state = 'closed'), coalesce(k.due, '9999-12-31'), (k.state = 'planned'), k.target_id limit 1`;

/** Light of a task row with `state` and `due` (rule L-01, the same as `lightOf`): `today` is a day number. */
export const lightColumn = (sql: Sql, alias: Fragment, today: number): Fragment => sql`
  case when ${alias}.state is null then 'none'
    when ${alias}.state = 'closed' then 'done'
    when ${alias}.due < date '1970-01-01' + ${today}::int then 'late'
    when ${alias}.due - (date '1970-01-01' + ${today}::int) <= ${warnDays} then 'warn'
    when ${alias}.state = 'planned' then 'none' else 'normal' end`;
