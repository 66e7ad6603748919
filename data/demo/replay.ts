import type { ChangeOp, Geometry } from "../domain/change.ts";
import { nextState, type TaskState, type TaskStep } from "../domain/task.ts";
import { targetsOfFeature } from "../layers/define.ts";
import { layerById } from "../layers/registry.ts";
import type { DemoDay } from "./diary.ts";

interface ReplayedTask {
  readonly target: number;
  state: TaskState;
  due: string;
  submittedBy: string | null;
}
export interface Replayed {
  readonly uid: string;
  readonly layer: string;
  readonly geometry: Geometry;
  attrs: Record<string, unknown>;
  readonly tasks: ReplayedTask[];
  version: number;
}
type Report = Extract<ChangeOp, { op: "report" }>;

/** What a reader knows at the end of a day: features, tasks and reports. Corrections count from when they were made. */
export interface Known {
  readonly features: readonly Replayed[];
  readonly of: (layer: string, where?: (attrs: Record<string, unknown>) => boolean) => Replayed[];
  readonly reports: readonly Report[];
  /** Latest value by `at` of a reported metric, summed over units. */
  readonly reported: (metric: string) => { value: number; of: number };
}

/** The write path in small, for testing the story without a database. Throws where the real one would refuse. */
export function replay(days: readonly DemoDay[], until = "9999"): Known {
  const features = new Map<string, Replayed>();
  const reports = new Map<string, Report>();
  const at = (uid: unknown): Replayed => {
    const found = features.get(String(uid));
    if (!found) throw new Error(`no feature ${String(uid)}`);
    return found;
  };
  for (const { date, batches } of days) {
    if (date > until) break;
    for (const { login, ops } of batches) {
      const touched = new Set<string>();
      for (const op of ops) {
        if (op.op === "create") features.set(op.uid, created(op));
        if (op.op === "patch" || op.op === "correct") {
          const feature = at(op.feature);
          if (op.op === "patch" && op.base !== feature.version)
            throw new Error(`stale ${feature.uid} ${date}`);
          if (touched.has(feature.uid)) throw new Error(`twice ${feature.uid} ${date}`);
          feature.attrs = withoutNulls({ ...feature.attrs, ...op.set });
          touched.add(feature.uid);
        }
        if (op.op === "observe" && op.values.clear !== undefined)
          at(op.point).attrs = { ...at(op.point).attrs, clear: op.values.clear === 1 };
        if (op.op === "task" || op.op === "correct-task") {
          if (typeof op.task === "number") throw new Error("the story names tasks by feature");
          const { feature, target } = op.task;
          const task = at(feature).tasks.find((row) => row.target === target);
          if (!task) throw new Error(`${at(feature).layer} has no task ${target}`);
          if (op.op === "correct-task") task.state = op.state;
          else step(task, op, login);
        }
        if (op.op === "report") reports.set(`${op.metric} ${op.unit} ${op.period}`, op);
      }
      for (const uid of touched) at(uid).version += 1;
    }
  }
  const all = [...features.values()];
  return {
    features: all,
    of: (layer, where = () => true) => all.filter((row) => row.layer === layer && where(row.attrs)),
    reports: [...reports.values()],
    reported: (metric) => latest([...reports.values()].filter((row) => row.metric === metric)),
  };
}

function created(op: Extract<ChangeOp, { op: "create" }>): Replayed {
  const layer = layerById(op.layer);
  if (!layer) throw new Error(`no layer ${op.layer}`);
  const tasks = targetsOfFeature(layer, op.properties).map((target) => ({
    target,
    state: "planned" as const,
    due: layer.due ?? "2025-12-31",
    submittedBy: null,
  }));
  return { uid: op.uid, layer: op.layer, geometry: op.geometry, attrs: op.properties, tasks, version: 1 };
}

function step(task: ReplayedTask, op: Extract<ChangeOp, { op: "task" }>, login: string): void {
  if (op.due) task.due = op.due;
  if (!op.step) return;
  const next = nextState(task.state, op.step as TaskStep);
  if (!next) throw new Error(`${op.step} from ${task.state}`);
  if (op.step === "accept" && task.submittedBy === login) throw new Error(`${login} verifies its own work`);
  if (op.step === "submit") task.submittedBy = login;
  task.state = next;
}

const withoutNulls = (attrs: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null));

function latest(rows: readonly Report[]): { value: number; of: number } {
  const byUnit = new Map<string, Report>();
  for (const row of rows) if (row.at >= (byUnit.get(row.unit)?.at ?? "")) byUnit.set(row.unit, row);
  const last = [...byUnit.values()];
  const sum = (of: (row: Report) => number) => last.reduce((total, row) => total + of(row), 0);
  return { value: sum((row) => row.value), of: sum((row) => row.of ?? 0) };
}
