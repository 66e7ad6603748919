import type { Who } from "#data/domain/account.ts";
import { explainLight, leadingTask, lightOf } from "#data/domain/light.ts";
import { stepRule, type TaskStep } from "#data/domain/task.ts";
import { dayNumber } from "#data/domain/time.ts";
import type { FeatureView, TaskView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { toReturned } from "../tasks/returned.ts";
import { bodyOf, type FeatureRow, type TaskRow } from "./queries.ts";
import { mayPropose, mayRedate, mayStep, mayWrite, type Verdict } from "./rights.ts";

const allSteps = Object.keys(stepRule) as TaskStep[];

const past: Verdict = { allowed: false, why: "正在看过去的样子，回到今天才能修改" };

interface Seen {
  readonly who: Who;
  readonly today: number;
  readonly isPast: boolean;
}

function taskView(task: TaskRow, place: Verdict, { who, today, isPast }: Seen): TaskView {
  return {
    id: task.id,
    target: task.target,
    state: task.state,
    due: task.due,
    lead: task.lead,
    progress: task.progress,
    version: task.version,
    light: explainLight({ state: task.state, due: dueDay(task) }, today),
    steps: allSteps.map((step) => ({ step, ...(isPast ? past : mayStep(who, task, step, place)) })),
    ...(!isPast && mayRedate(who, task) && { redate: true as const }),
    ...(task.returned && { returned: toReturned(task.returned) }),
  };
}

const dueDay = (task: TaskRow): number | null => (task.due === null ? null : dayNumber(task.due));

/** Everything of a feature view that follows from its row, its tasks and its reader. */
export function viewOf(
  layer: LayerDef,
  row: FeatureRow,
  tasks: readonly TaskRow[],
  seen: Seen,
): Omit<FeatureView, "historyCount" | "observations" | "photos" | "deletion" | "asOf"> {
  const right = mayWrite(seen.who, layer, row);
  const place = seen.isPast ? past : row.deleted ? deletedNow(right) : right;
  const leading = leadingTask(tasks.map((task) => ({ state: task.state, due: dueDay(task) })));
  return {
    feature: bodyOf(row),
    tasks: tasks.map((task) => taskView(task, place, seen)),
    light: lightOf(leading ?? { state: null, due: null }, seen.today),
    size: sizeOf(layer, row),
    may: {
      edit: place.allowed,
      delete: place.allowed,
      why: place.why,
      ...(!place.allowed &&
        !row.deleted &&
        !seen.isPast &&
        mayPropose(seen.who, layer, row) && { propose: true }),
      ...(row.deleted && { restore: right.allowed && !seen.isPast }),
    },
  };
}

const deletedNow = (right: Verdict): Verdict =>
  right.allowed ? { allowed: false, why: "已经删除；恢复以后才能修改" } : right;

function sizeOf(layer: LayerDef, row: FeatureRow): FeatureView["size"] {
  if (layer.geometry === "LineString") return { lengthM: row.length_m };
  return layer.geometry === "Polygon" ? { areaM2: row.area_m2 } : {};
}
