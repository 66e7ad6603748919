import { roleRights } from "#data/domain/account.ts";
import type { ChangeOp } from "#data/domain/change.ts";
import { townCodes } from "#data/domain/programme.ts";
import { nextState, stateName, stepRule, type TaskStep } from "#data/domain/task.ts";
import { checkAttrs, checkGeometry, type Finding, roundGeometry, tidyAttrs } from "#data/domain/validate.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { stakesField } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { programmes, targetOf } from "#data/programme/programme.ts";
import {
  type FeatureDraft,
  type FeatureRef,
  type OpOf,
  programmeOn,
  syncTasks,
  type TaskDraft,
  type TaskRef,
  targetId,
} from "./draft.ts";
import type { Loaded } from "./load.ts";
import type { NewPhoto } from "./photos.ts";
import { WriteRefused } from "./refused.ts";
import { type Measurement, measurementsOf, type Report, reportOf } from "./reported.ts";

interface Writer {
  readonly accountId: number;
  readonly role: keyof typeof roleRights;
  readonly unit: string;
  readonly town: string | null;
}

const towns = new Set<string>(townCodes);

/** The stored version is not the one the op was made for; told in full after a look at the database. */
export class Stale extends Error {
  readonly draft: FeatureDraft;
  readonly task: TaskDraft | null;
  readonly base: number;

  constructor(draft: FeatureDraft, task: TaskDraft | null, base: number) {
    super("stale");
    this.draft = draft;
    this.task = task;
    this.base = base;
  }
}

/** What a list of edits comes to: one version a feature and a task, and where each op ended. */
export interface Folded {
  readonly features: readonly FeatureDraft[];
  readonly corrections: readonly { op: OpOf<"correct">; draft: FeatureDraft }[];
  readonly taskCorrections: readonly { op: OpOf<"correct-task">; task: TaskDraft }[];
  readonly measurements: readonly Measurement[];
  readonly reports: readonly Report[];
  readonly photos: readonly NewPhoto[];
  /** Uids of photos to take down. */
  readonly photosRemoved: readonly string[];
  readonly results: readonly { op: string; draft: FeatureDraft | null; task: TaskDraft | null }[];
}

interface Context {
  readonly ops: readonly ChangeOp[];
  readonly loaded: Loaded;
  /** Uploaded files that the ops name, by hash. */
  readonly files: ReadonlyMap<string, PhotoFile>;
  readonly writer: Writer;
  readonly reason: string;
  /** Server's time of the changeset and the year its tasks belong to. */
  readonly now: Date;
  readonly year: number;
}

/** Folds `ops` in order onto what is stored. Pure. Throws WriteRefused or Stale. */
export function fold(context: Context): Folded {
  return new Folding(context).run();
}

class Folding {
  readonly #context: Context;
  readonly #byId = new Map<number, FeatureDraft>();
  readonly #byUid = new Map<string, FeatureDraft>();
  readonly #byTask = new Map<number, [FeatureDraft, TaskDraft]>();
  readonly #errors: NonNullable<ProblemBody["errors"]>[number][] = [];
  readonly #corrections: Folded["corrections"][number][] = [];
  readonly #taskCorrections: Folded["taskCorrections"][number][] = [];
  readonly #measurements = new Map<string, Measurement>();
  readonly #reports = new Map<string, Report>();
  readonly #photos: NewPhoto[] = [];
  readonly #photosRemoved = new Set<string>();
  readonly #lastClear: Map<number, Date>;
  /** Position of the op that is being folded, for messages. */
  #at = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#lastClear = new Map(context.loaded.lastClear);
    for (const draft of context.loaded.features) this.#remember(draft);
  }

  run(): Folded {
    const results = this.#context.ops.map((op, i) => {
      this.#at = i;
      const [draft, task] = this.#apply(op);
      return { op: op.op, draft, task };
    });
    if (this.#errors.length > 0)
      throw new WriteRefused("invalid", this.#errors[0]!.message, { errors: this.#errors });
    return {
      features: [...this.#byUid.values()],
      corrections: this.#corrections,
      taskCorrections: this.#taskCorrections,
      measurements: [...this.#measurements.values()],
      reports: [...this.#reports.values()],
      photos: this.#photos,
      photosRemoved: [...this.#photosRemoved],
      results,
    };
  }

  #apply(op: ChangeOp): [FeatureDraft | null, TaskDraft | null] {
    switch (op.op) {
      case "create":
        return [this.#create(op), null];
      case "patch":
        return [this.#patch(op), null];
      case "delete":
        return [this.#delete(op), null];
      case "restore":
        return [this.#restore(op), null];
      case "task":
        return this.#task(op);
      case "correct":
        return [this.#correct(op), null];
      case "correct-task":
        return this.#correctTask(op);
      case "observe":
        return [this.#observe(op), null];
      case "report":
        return this.#report(op);
      case "photo":
        return this.#photo(op);
      case "photo-remove":
        return [this.#removePhoto(op), null];
    }
  }

  #create(op: OpOf<"create">): FeatureDraft {
    const layer = layerById(op.layer);
    if (!layer) this.#refuse("layer", `没有图层“${op.layer}”`);
    if (this.#byUid.has(op.uid)) throw new WriteRefused("conflict", "这一处已经建过了，请刷新后再看。");
    const geometry = roundGeometry(op.geometry);
    const attrs = tidyAttrs(op.properties);
    this.#note("properties", checkAttrs(layer, attrs));
    this.#note("", checkGeometry(layer, geometry));
    const draft: FeatureDraft = {
      id: null,
      uid: op.uid.toLowerCase(),
      layer,
      base: 0,
      folded: 1,
      attrs,
      geometry,
      shapeOf: null,
      duty: null,
      deleted: false,
      claimed: op.effective ?? null,
      tasks: new Map(),
      corrected: false,
    };
    syncTasks(draft, this.#context.year);
    this.#remember(draft);
    return draft;
  }

  #patch(op: OpOf<"patch">): FeatureDraft {
    const draft = this.#find(op.feature);
    if (draft.deleted) throw gone();
    this.#step(draft, op.base, op.effective);
    if (op.set === undefined && op.geometry === undefined && op.duty === undefined)
      this.#refuse("set", "没有要改的内容");
    if (op.set) this.#set(draft, op.set);
    if (op.geometry) {
      this.#shape(draft, op.geometry);
      dropStakes(draft, op.set);
    }
    if (op.duty !== undefined) {
      if (op.duty !== null && !towns.has(op.duty))
        this.#refuse("duty", `没有镇街代码“${op.duty}”，应为 310118102 这样的代码`);
      if (this.#context.reason === "") this.#refuseReason("指定责任属地要写明理由");
      draft.duty = op.duty;
      if (op.duty !== null) draft.dutyNamed = true;
    }
    syncTasks(draft, this.#context.year);
    return draft;
  }

  #delete(op: OpOf<"delete">): FeatureDraft {
    const draft = this.#find(op.feature);
    if (draft.deleted) throw gone();
    this.#step(draft, op.base, op.effective);
    draft.deleted = true;
    syncTasks(draft, this.#context.year);
    return draft;
  }

  #restore(op: OpOf<"restore">): FeatureDraft {
    const draft = this.#find(op.feature);
    if (!draft.deleted && op.version === undefined) this.#refuse("version", "这一处没有删除，不用恢复");
    this.#step(draft, op.base, op.effective);
    if (op.version !== undefined) {
      const attrs = this.#context.loaded.versions.get(`${draft.id} ${op.version}`);
      if (!attrs) throw new WriteRefused("not-found", `没有第 ${op.version} 版，请在历史里另选一版。`);
      // A field that the layer has dropped since stays in the history and is not written again.
      draft.attrs = Object.fromEntries(Object.entries(attrs).filter(([id]) => id in draft.layer.fields));
      draft.geometry = null;
      draft.shapeOf = op.version;
    }
    draft.deleted = false;
    syncTasks(draft, this.#context.year);
    return draft;
  }

  #task(op: OpOf<"task">): [FeatureDraft, TaskDraft] {
    const [draft, task] = this.#findTask(op.task);
    if (draft.deleted) throw gone();
    if (op.base !== undefined && (op.base < task.base || op.base > task.base + task.folded))
      throw new Stale(draft, task, op.base);
    this.#refuseMixed(task.corrected);
    // A returning task is read from its history by the database; what it then allows is known only after this changeset.
    if (task.id === null && draft.id !== null)
      throw new WriteRefused("wrong-step", "任务刚随这一处恢复，请保存后再办理。");
    task.folded += 1;
    task.claimed = op.effective ?? null;
    if (op.step === undefined && op.progress === undefined && op.due === undefined && op.note === undefined)
      this.#refuse("step", "没有要办的内容");
    if (op.step !== undefined) this.#stepTask(task, op.step as TaskStep, op.note);
    else if (op.progress !== undefined && task.state === "closed")
      throw new WriteRefused("wrong-step", "已经销项，不能再报进度；要改请先重新打开。");
    if (op.progress !== undefined) task.progress = op.progress;
    if (op.due !== undefined) task.due = op.due;
    if (op.note !== undefined) task.note = op.note.trim() || null;
    return [draft, task];
  }

  #stepTask(task: TaskDraft, step: TaskStep, note: string | undefined): void {
    const next = nextState(task.state, step);
    if (!next)
      throw new WriteRefused(
        "wrong-step",
        `任务现在是“${stateName[task.state]}”，不能“${stepRule[step].name}”。请刷新后再看。`,
      );
    if (stepRule[step].needsReason && !note?.trim() && this.#context.reason === "")
      this.#refuse("note", `请写明${step === "reject" ? "退回" : "重新打开"}的理由`);
    if (stepRule[step].right === "verify") this.#requireVerifier(task, step);
    task.state = next;
    if (next === "closed") task.progress = 100;
  }

  /** The database asks the same; it cannot tell a rejection from a withdrawal, so the step itself is judged here. */
  #requireVerifier(task: TaskDraft, step: TaskStep): void {
    const { writer } = this.#context;
    const rights = roleRights[writer.role];
    const leads = programmeOf(task).leads;
    if (!rights.verify || !(rights.everywhere || leads.some((lead) => lead === writer.unit)))
      throw new WriteRefused("forbidden", "核查由牵头单位的审核人或专班办理。");
    if (task.submittedBy === writer.accountId || (task.submittedBy === null && task.folded > 1))
      throw new WriteRefused(
        "forbidden",
        step === "reject"
          ? "这是你自己提交的，请用“撤回提交”。"
          : "你不能核查自己提交的销项，请牵头单位或专班另一位同事核查。",
      );
  }

  #correct(op: OpOf<"correct">): FeatureDraft {
    const draft = this.#find(op.feature);
    this.#refuseMixed(draft.folded > 0 || draft.corrected);
    if (!op.set && !op.geometry) this.#refuse("set", "没有要更正的内容");
    const geometry = op.geometry && roundGeometry(op.geometry);
    if (op.set) this.#note("set", checkAttrs(draft.layer, op.set, { partial: true }));
    if (geometry) this.#note("", checkGeometry(draft.layer, geometry));
    draft.corrected = true;
    this.#corrections.push({ op: { ...op, geometry }, draft });
    if (op.set && !draft.deleted && this.#reachesNow(op.to)) {
      draft.attrs = tidyAttrs({ ...draft.attrs, ...op.set });
      syncTasks(draft, this.#context.year);
    }
    return draft;
  }

  #correctTask(op: OpOf<"correct-task">): [FeatureDraft, TaskDraft] {
    const [draft, task] = this.#findTask(op.task);
    this.#refuseMixed(task.id === null || task.folded > 0 || task.corrected);
    task.corrected = true;
    this.#taskCorrections.push({ op, task });
    if (this.#reachesNow(op.to)) {
      task.state = op.state;
      task.progress = op.progress ?? task.progress;
    }
    return [draft, task];
  }

  #observe(op: OpOf<"observe">): FeatureDraft {
    const draft = this.#find(op.point);
    if (draft.deleted) throw gone();
    if (draft.layer.id !== "water_point") this.#refuse("point", "只有水质监测点能填监测值");
    const { rows, findings } = measurementsOf(draft, op);
    this.#note("values", findings);
    for (const row of rows) this.#measurements.set(`${draft.uid} ${row.takenAt} ${row.parameter}`, row);
    const taken = new Date(op.takenAt);
    const last = this.#lastClear.get(draft.id ?? 0);
    if (op.values.clear === undefined || (last && taken < last)) return draft;
    if (draft.id !== null) this.#lastClear.set(draft.id, taken);
    const clear = op.values.clear === 1;
    if (draft.attrs.clear !== clear) {
      this.#refuseMixed(draft.corrected);
      draft.folded += 1;
      draft.claimed = op.takenAt;
      draft.attrs = { ...draft.attrs, clear };
    }
    return draft;
  }

  #report(op: OpOf<"report">): [null, null] {
    const { row, findings } = reportOf(op);
    this.#note("", findings);
    this.#reports.set(`${row.metric} ${row.unit} ${row.period}`, row);
    return [null, null];
  }

  #photo(op: OpOf<"photo">): [FeatureDraft, TaskDraft] {
    const { feature, target, sha256 } = op;
    const [draft, task] = this.#findTask({ feature, target });
    if (draft.deleted) throw gone();
    const file = this.#context.files.get(sha256);
    if (!file) this.#refuse("sha256", "照片的文件还没有传上来，请先上传（POST /api/photos）再登记");
    this.#photos.push({ draft, target: task.target, op: { ...op, uid: op.uid.toLowerCase() }, file });
    return [draft, task];
  }

  #removePhoto(op: OpOf<"photo-remove">): FeatureDraft {
    const uid = op.photo.toLowerCase();
    const feature = this.#context.loaded.photos.get(uid);
    if (feature === undefined) throw new WriteRefused("not-found", "没有这张照片，请刷新后再看。");
    if (this.#context.reason === "") this.#refuseReason("撤下照片要写明原因");
    this.#photosRemoved.add(uid);
    return this.#find(feature);
  }

  #set(draft: FeatureDraft, set: Record<string, unknown>): void {
    this.#note("set", checkAttrs(draft.layer, set, { partial: true }));
    draft.attrs = tidyAttrs({ ...draft.attrs, ...set });
  }

  #shape(draft: FeatureDraft, drawn: NonNullable<OpOf<"patch">["geometry"]>): void {
    const geometry = roundGeometry(drawn);
    this.#note("", checkGeometry(draft.layer, geometry));
    draft.geometry = geometry;
    draft.shapeOf = null;
  }

  #step(draft: FeatureDraft, base: number, effective: string | undefined): void {
    this.#refuseMixed(draft.corrected);
    if (base < draft.base || base > draft.base + draft.folded) throw new Stale(draft, null, base);
    draft.folded += 1;
    if (draft.id !== null) draft.claimed = effective ?? null;
  }

  /** A correction stands alone: with other ops on the same feature, one of them would be lost. */
  #refuseMixed(mixed: boolean): void {
    if (mixed) this.#refuse("feature", "更正不能和其他修改放在同一批");
  }

  #reachesNow(to: string | undefined): boolean {
    return to === undefined || new Date(to) >= this.#context.now;
  }

  #find(ref: FeatureRef): FeatureDraft {
    const draft = typeof ref === "number" ? this.#byId.get(ref) : this.#byUid.get(ref.toLowerCase());
    if (!draft) throw new WriteRefused("not-found", "没有这一处，它可能已被删除，或不在你可见的范围里。");
    return draft;
  }

  #findTask(ref: TaskRef): [FeatureDraft, TaskDraft] {
    if (typeof ref === "number") {
      const found = this.#byTask.get(ref);
      if (!found) throw new WriteRefused("not-found", "没有这项任务，请刷新后再看。");
      return found;
    }
    const draft = this.#find(ref.feature);
    const task = draft.tasks.get(targetId(programmeOn(this.#context.year).year, ref.target));
    if (!task || task.dropped)
      throw new WriteRefused("not-found", `这一处没有任务 ${ref.target % 100}，请刷新后再看。`);
    return [draft, task];
  }

  #remember(draft: FeatureDraft): void {
    this.#byUid.set(draft.uid, draft);
    if (draft.id === null) return;
    this.#byId.set(draft.id, draft);
    for (const task of draft.tasks.values()) if (task.id !== null) this.#byTask.set(task.id, [draft, task]);
  }

  #note(inside: string, findings: readonly Finding[]): void {
    for (const { at, message } of findings)
      this.#errors.push({
        at: ["changes", this.#at, inside, at].filter((part) => part !== "").join("."),
        message,
      });
  }

  #refuse(at: string, message: string): never {
    throw new WriteRefused("invalid", `${message}。`, {
      errors: [...this.#errors, { at: `changes.${this.#at}.${at}`, message }],
    });
  }

  #refuseReason(message: string): never {
    throw new WriteRefused("invalid", `${message}。`, { errors: [{ at: "reason", message }] });
  }
}

/** Where a shape is given by hand the place lies no longer where its stakes say. */
function dropStakes(draft: FeatureDraft, set: Record<string, unknown> | undefined): void {
  const field = stakesField(draft.layer);
  if (field === undefined || (set && field in set)) return;
  const { [field]: _, ...attrs } = draft.attrs;
  draft.attrs = attrs;
}

const gone = () => new WriteRefused("gone", "这一处已经删除。要改请先在历史里恢复它。");

function programmeOf(task: TaskDraft): { readonly leads: readonly string[] } {
  const programme = programmes.find(({ year }) => year === Math.floor(task.target / 100));
  return (programme && targetOf(programme, task.target % 100)) ?? { leads: [task.lead] };
}
