import type { Returned } from "#data/domain/wire/feature.ts";
import type { Fragment, Sql } from "#db/client.ts";

const forever = "9223372036854775807";

/** How the asking question names a task. */
interface Named {
  readonly task: Fragment;
  readonly feature: Fragment;
  readonly state: Fragment;
}

/**
 * The 退回 that a task under way waits on: at most one row of `at`, `unit`, `reason`, of present knowledge. Nobody returns what he
 * sent himself: that is 撤回.
 */
export const returnOf = (sql: Sql, { task, feature, state }: Named): Fragment => sql`
  select c.at, u.name as unit, coalesce(c.reason, b.note) as reason
  from (
    select w.vfrom, w.state, w.submitted_by from task_version w
    where w.task_id = ${task} and w.feature_id = ${feature} and w.kto = ${forever} and w.state <> 'underway'
    order by w.vfrom desc limit 1
  ) a cross join lateral (
    select w.kfrom, w.note from task_version w
    where w.task_id = ${task} and w.feature_id = ${feature} and w.kto = ${forever} and w.vfrom > a.vfrom
    order by w.vfrom limit 1
  ) b join changeset c on c.seq = b.kfrom join unit u on u.id = c.unit
  where ${state} = 'underway' and a.state = 'review' and a.submitted_by is distinct from c.account_id and c.kind <> 'revert'`;

/** As JSON of the database tells it: instants in the database's own zone. */
export const toReturned = (row: Returned): Returned => ({ ...row, at: new Date(row.at).toISOString() });
