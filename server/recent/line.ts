import { nextState, type TaskState, type TaskStep, taskFlow } from "#data/domain/task.ts";
import type { RecentChange } from "#data/domain/wire/live.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { RecentRow } from "./queries.ts";

/** A row as readers are told it: a task's change is named by the step it took. */
export function recentLine(row: RecentRow): RecentChange {
  const { target, state, due, progress } = row;
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.kind,
    op: state === null ? row.op : stepBetween(row.before, state, row.own),
    unit: row.unit,
    feature: { id: row.id, name: row.name, layer: layerByNo(row.layer_no)?.id ?? "", town: row.town },
    ...(state !== null && target !== null && { task: { target, state, due, progress: progress ?? 0 } }),
  };
}

/** The step that leads from one state to another; `patch` when the state stayed. `own`: by who had submitted it. */
export function stepBetween(
  from: TaskState | null,
  to: TaskState,
  own: boolean,
): TaskStep | "create" | "patch" {
  if (from === null) return "create";
  if (from === to) return "patch";
  // 退回 and 撤回 lead to the same state: nobody verifies what he sent himself.
  if (from === "review" && to === "underway") return own ? "withdraw" : "reject";
  const steps = Object.keys(taskFlow[from]) as TaskStep[];
  return steps.find((step) => nextState(from, step) === to) ?? "patch";
}
