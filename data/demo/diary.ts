import type { ChangeOp, Geometry, WaterParameter } from "../domain/change.ts";
import type { TaskStep } from "../domain/task.ts";
import { instantOn } from "../domain/time.ts";
import { chanceOf, uuidAt } from "./random.ts";

/** One changeset of one account at one instant. */
export interface DemoBatch {
  readonly login: string;
  readonly reason: string;
  readonly clock: string;
  readonly ops: readonly ChangeOp[];
}
export interface DemoDay {
  readonly date: string;
  readonly batches: readonly DemoBatch[];
}

/** Who writes when and why. `hour` orders the day: what is handled and filed 14, verified 16, unless the story needs another. */
interface Entry {
  readonly date: string;
  readonly login: string;
  readonly reason: string;
  readonly hour?: number;
}

/** Opens a task with its own due date; left out, the task stays 未开始 with the due date of its layer. */
interface Opening {
  readonly target: number;
  readonly due?: string;
  readonly planned?: true;
  readonly progress?: number;
}

type Attrs = Record<string, unknown>;

export interface Diary {
  /** Returns the uid. Attributes `null` are left out. */
  create(entry: Entry, layer: string, geometry: Geometry, attrs: Attrs, tasks?: readonly Opening[]): string;
  patch(entry: Entry, uid: string, set: Attrs, more?: { duty?: string; geometry?: Geometry }): void;
  /** Changes attributes from a past day on, as it is now known. */
  correct(entry: Entry, uid: string, from: string, set: Attrs): void;
  correctTask(entry: Entry, uid: string, target: number, from: string, state: "underway" | "closed"): void;
  step(entry: Entry, uid: string, target: number, step: TaskStep, more?: TaskMore): void;
  progress(entry: Entry, uid: string, target: number, progress: number, note?: string): void;
  /** Handed in by one account and verified by another on the same day; `set` goes with the handing in. */
  close(entry: Entry, verifier: string, uid: string, targets: readonly number[], set?: Attrs): void;
  observe(entry: Entry, point: string, values: Partial<Record<WaterParameter, number>>): void;
  report(entry: Entry, report: Omit<Extract<ChangeOp, { op: "report" }>, "op" | "at">, at?: string): void;
  days(): DemoDay[];
}

interface TaskMore {
  readonly due?: string;
  readonly note?: string;
  readonly progress?: number;
}
interface Written extends Entry {
  readonly at: number;
  readonly op: ChangeOp;
}

/** As many ops as one changeset takes, with room left (the wire allows 2,000). */
const mostOps = 1900;

const slots = { handle: 14, verify: 16 };
const noon = (date: string) => instantOn(date).toISOString();

/** Collects what everybody writes and puts it in order: one changeset for each account and hour of a day. */
export function openDiary(): Diary {
  const chance = chanceOf("uid");
  const written: Written[] = [];
  const write = (entry: Entry, hour: number, op: ChangeOp) => {
    written.push({ ...entry, at: instantOn(entry.date, entry.hour ?? hour).getTime(), op });
  };
  const present = (attrs: Attrs) => Object.fromEntries(Object.entries(attrs).filter(([, v]) => v !== null));
  const diary: Diary = {
    create(entry, layer, geometry, attrs, tasks = []) {
      const uid = uuidAt(instantOn(entry.date, entry.hour ?? slots.handle).getTime(), chance);
      write(entry, slots.handle, { op: "create", uid, layer, geometry, properties: present(attrs) });
      for (const { target, due, planned, progress } of tasks) {
        if (planned && !due) continue;
        write(entry, slots.handle, {
          op: "task",
          task: { feature: uid, target },
          ...(planned ? {} : { step: "start" as const }),
          ...(due ? { due } : {}),
          ...(progress === undefined ? {} : { progress }),
        });
      }
      return uid;
    },
    patch(entry, uid, set, { duty, geometry } = {}) {
      write(entry, slots.handle, {
        op: "patch",
        feature: uid,
        base: 1,
        ...(Object.keys(set).length > 0 ? { set } : {}),
        ...(duty ? { duty } : {}),
        ...(geometry ? { geometry } : {}),
      });
    },
    correct(entry, uid, from, set) {
      write(entry, slots.handle, {
        op: "correct",
        feature: uid,
        from: instantOn(from, 0).toISOString(),
        set,
      });
    },
    correctTask(entry, uid, target, from, state) {
      const task = { feature: uid, target };
      write(entry, slots.handle, { op: "correct-task", task, from: instantOn(from, 0).toISOString(), state });
    },
    step(entry, uid, target, step, more = {}) {
      write(entry, slots.handle, { op: "task", task: { feature: uid, target }, step, ...more });
    },
    progress(entry, uid, target, progress, note) {
      const task = { feature: uid, target };
      write(entry, slots.handle, { op: "task", task, progress, ...(note ? { note } : {}) });
    },
    close(entry, verifier, uid, targets, set) {
      if (set) diary.patch(entry, uid, set);
      for (const target of targets) {
        diary.step(entry, uid, target, "submit");
        const check = { date: entry.date, login: verifier, reason: "核查通过，销项", hour: slots.verify };
        diary.step(check, uid, target, "accept");
      }
    },
    observe(entry, point, values) {
      const takenAt = instantOn(entry.date, 10).toISOString();
      write(entry, slots.handle, { op: "observe", point, takenAt, values: values as Record<string, number> });
    },
    report(entry, report, at) {
      write(entry, slots.handle, { op: "report", ...report, at: at ? noon(at) : noon(entry.date) });
    },
    days: () => inOrder(written),
  };
  return diary;
}

function inOrder(written: readonly Written[]): DemoDay[] {
  const groups = new Map<string, Written[]>();
  for (const entry of written) {
    const key = `${entry.at} ${entry.login}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const sorted = [...groups.values()].sort((a, b) => first(a).at - first(b).at);
  const days = new Map<string, DemoBatch[]>();
  const versions = new Map<string, number>();
  let last = 0;
  for (const group of sorted) {
    const { date, login } = first(group);
    for (let i = 0; i < group.length; i += mostOps) {
      const part = group.slice(i, i + mostOps);
      // Changesets of one hour follow each other by a minute, so that the order is told by the clock too.
      last = Math.max(first(part).at, last + 60_000);
      const ops = withBases(
        part.map(({ op }) => op),
        versions,
      );
      const reason = [...new Set(part.map((entry) => entry.reason))].slice(0, 4).join("；");
      days.set(date, [
        ...(days.get(date) ?? []),
        { login, reason, clock: new Date(last).toISOString(), ops },
      ]);
    }
  }
  return [...days].map(([date, batches]) => ({ date, batches }));
}

const first = (group: readonly Written[]): Written => {
  const [entry] = group;
  if (!entry) throw new RangeError("empty group");
  return entry;
};

/** One version a feature a changeset, so the base of a patch is what the earlier changesets made. */
function withBases(ops: readonly ChangeOp[], versions: Map<string, number>): ChangeOp[] {
  const touched = new Set<string>();
  const based = ops.map((op) => {
    if (op.op === "create") versions.set(op.uid, 1);
    if (op.op !== "patch" && op.op !== "correct") return op;
    const uid = String(op.feature);
    touched.add(uid);
    return op.op === "patch" ? { ...op, base: versions.get(uid) ?? 1 } : op;
  });
  for (const uid of touched) versions.set(uid, (versions.get(uid) ?? 1) + 1);
  return based;
}
