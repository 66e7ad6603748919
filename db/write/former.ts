import type { TaskState } from "#data/domain/task.ts";
import type { TransactionSql } from "../client.ts";

/** What one changeset did to one feature: the live row before it and after it. */
export interface FeatureStep {
  readonly id: number;
  readonly seq: number;
  readonly before: FormerFeature | null;
  readonly after: FormerFeature | null;
  /** The shape differs. */
  readonly moved: boolean;
}
export interface FormerFeature {
  readonly attrs: Record<string, unknown>;
  readonly duty: string | null;
  readonly deleted: boolean;
  readonly version: number;
}

/** What one changeset did to one task; `before` null where there was none. */
export interface TaskStep {
  readonly id: number;
  readonly feature: number;
  readonly target: number;
  readonly seq: number;
  readonly before: FormerTask | null;
}
export interface FormerTask {
  readonly state: TaskState;
  readonly progress: number;
  readonly due: string | null;
  readonly lead: string;
  readonly note: string | null;
}

/**
 * Every step of these features from changeset `since` on, oldest first. The live row under K is the last one on the V
 * axis among those known: an ordinary edit ends it in place (vto), a backdated one closes it in K.
 */
export function featureSteps(
  tx: TransactionSql,
  ids: readonly number[],
  since: number,
): Promise<FeatureStep[]> {
  const live = (known: "before" | "after") => tx`
    select v.attrs, v.duty, v.op = 'delete' as deleted, v.version, v.geom from feature_version v
     where v.feature_id = g.id and ${known === "before" ? tx`v.kfrom < g.seq and v.kto >= g.seq` : tx`v.kfrom <= g.seq and v.kto > g.seq`}
     order by v.vfrom desc limit 1`;
  const told = (row: "a" | "b") =>
    tx`case when ${tx(row)}.version is not null then jsonb_build_object('attrs', ${tx(row)}.attrs,
      'duty', ${tx(row)}.duty, 'deleted', ${tx(row)}.deleted, 'version', ${tx(row)}.version) end`;
  return tx<FeatureStep[]>`
    select g.id, g.seq, ${told("b")} as before, ${told("a")} as after,
        coalesce(ST_AsBinary(a.geom) <> ST_AsBinary(b.geom), true) as moved
      from change g
      left join lateral (${live("before")}) b on true
      left join lateral (${live("after")}) a on true
     where g.kind = 'feature' and g.id = any(${[...ids]}::bigint[]) and g.seq >= ${since}
     order by g.seq, g.id`;
}

/** Every step of the tasks of these features from `since` on, oldest first. A task that ended keeps its row with that end. */
export function taskSteps(
  tx: TransactionSql,
  features: readonly number[],
  since: number,
): Promise<TaskStep[]> {
  return tx<TaskStep[]>`
    select g.id, t.feature_id as feature, t.target_id as target, g.seq,
        case when b.state is not null then jsonb_build_object('state', b.state, 'progress', b.progress,
          'due', to_char(b.due, 'YYYY-MM-DD'), 'lead', b.lead, 'note', b.note) end as before
      from (select distinct task_id, feature_id, target_id from task_version
             where feature_id = any(${[...features]}::bigint[])) t
      join change g on g.kind = 'task' and g.id = t.task_id and g.seq >= ${since}
      join changeset c on c.seq = g.seq
      left join lateral (
        select l.* from (
          select v.* from task_version v
           where v.task_id = g.id and v.kfrom < g.seq and v.kto >= g.seq order by v.vfrom desc limit 1) l
         where l.vto >= c.at) b on true
     order by g.seq, g.id`;
}
