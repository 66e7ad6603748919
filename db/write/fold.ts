import type { ChangeOp } from "#data/domain/change.ts";
import { townCodes } from "#data/domain/programme.ts";
import type { TaskStep } from "#data/domain/task.ts";
import { checkAttrs, checkGeometry, roundGeometry, tidyAttrs } from "#data/domain/validate.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import { stakesField } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { type FeatureDraft, type OpOf, syncTasks, type TaskDraft } from "./draft.ts";
import { Findings } from "./findings.ts";
import { Known } from "./known.ts";
import type { Loaded } from "./load.ts";
import type { NewPhoto } from "./photos.ts";
import { WriteRefused } from "./refused.ts";
import { type Measurement, measurementsOf, type Report, reportOf } from "./reported.ts";
import { stepTask, type Writer } from "./step.ts";

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
  readonly #known: Known;
  readonly #findings: Findings = new Findings();
  readonly #corrections: Folded["corrections"][number][] = [];
  readonly #taskCorrections: Folded["taskCorrections"][number][] = [];
  readonly #measurements = new Map<string, Measurement>();
  readonly #reports = new Map<string, Report>();
  readonly #photos: NewPhoto[] = [];
  readonly #photosRemoved = new Set<string>();
  readonly #lastClear: Map<number, Date>;

  constructor(context: Context) {
    this.#context = context;
    this.#lastClear = new Map(context.loaded.lastClear);
    this.#known = new Known(context.loaded.features, context.year);
  }

  run(): Folded {
    const results = this.#context.ops.map((op, i) => {
      this.#findings.at = i;
      const [draft, task] = this.#apply(op);
      return { op: op.op, draft, task };
    });
    this.#findings.settle();
    return {
      features: this.#known.all(),
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
    if (!layer) this.#findings.refuse("layer", `没有图层“${op.layer}”`);
    if (this.#known.has(op.uid)) throw new WriteRefused("conflict", "这一处已经建过了，请刷新后再看。");
    const geometry = roundGeometry(op.geometry);
    const attrs = tidyAttrs(op.properties);
    this.#findings.note("properties", checkAttrs(layer, attrs));
    this.#findings.note("", checkGeometry(layer, geometry));
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
    this.#known.remember(draft);
    return draft;
  }

  #patch(op: OpOf<"patch">): FeatureDraft {
    const draft = this.#known.feature(op.feature);
    if (draft.deleted) throw gone();
    this.#step(draft, op.base, op.effective);
    if (op.set === undefined && op.geometry === undefined && op.duty === undefined)
      this.#findings.refuse("set", "没有要改的内容");
    if (op.set) this.#set(draft, op.set);
    if (op.geometry) {
      this.#shape(draft, op.geometry);
      dropStakes(draft, op.set);
    }
    if (op.duty !== undefined) {
      if (op.duty !== null && !towns.has(op.duty))
        this.#findings.refuse("duty", `没有镇街代码“${op.duty}”，应为 310118102 这样的代码`);
      if (this.#context.reason === "") this.#findings.refuseReason("指定责任属地要写明理由");
      draft.duty = op.duty;
      if (op.duty !== null) draft.dutyNamed = true;
    }
    syncTasks(draft, this.#context.year);
    return draft;
  }

  #delete(op: OpOf<"delete">): FeatureDraft {
    const draft = this.#known.feature(op.feature);
    if (draft.deleted) throw gone();
    this.#step(draft, op.base, op.effective);
    draft.deleted = true;
    syncTasks(draft, this.#context.year);
    return draft;
  }

  #restore(op: OpOf<"restore">): FeatureDraft {
    const draft = this.#known.feature(op.feature);
    if (!draft.deleted && op.version === undefined)
      this.#findings.refuse("version", "这一处没有删除，不用恢复");
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
    const [draft, task] = this.#known.task(op.task);
    if (draft.deleted) throw gone();
    if (op.base !== undefined && (op.base < task.base || op.base > task.base + task.folded))
      throw new Stale(draft, task, op.base);
    this.#findings.refuseMixed(task.corrected);
    // A returning task is read from its history by the database; what it then allows is known only after this changeset.
    if (task.id === null && draft.id !== null)
      throw new WriteRefused("wrong-step", "任务刚随这一处恢复，请保存后再办理。");
    task.folded += 1;
    task.claimed = op.effective ?? null;
    if (op.step === undefined && op.progress === undefined && op.due === undefined && op.note === undefined)
      this.#findings.refuse("step", "没有要办的内容");
    if (op.step !== undefined)
      stepTask(task, op.step as TaskStep, op.note, { ...this.#context, findings: this.#findings });
    else if (op.progress !== undefined && task.state === "closed")
      throw new WriteRefused("wrong-step", "已经销项，不能再报进度；要改请先重新打开。");
    if (op.progress !== undefined) task.progress = op.progress;
    if (op.due !== undefined) task.due = op.due;
    if (op.note !== undefined) task.note = op.note.trim() || null;
    return [draft, task];
  }

  #correct(op: OpOf<"correct">): FeatureDraft {
    const draft = this.#known.feature(op.feature);
    this.#findings.refuseMixed(draft.folded > 0 || draft.corrected);
    if (!op.set && !op.geometry) this.#findings.refuse("set", "没有要更正的内容");
    const geometry = op.geometry && roundGeometry(op.geometry);
    if (op.set) this.#findings.note("set", checkAttrs(draft.layer, op.set, { partial: true }));
    if (geometry) this.#findings.note("", checkGeometry(draft.layer, geometry));
    draft.corrected = true;
    this.#corrections.push({ op: { ...op, geometry }, draft });
    if (op.set && !draft.deleted && this.#reachesNow(op.to)) {
      draft.attrs = tidyAttrs({ ...draft.attrs, ...op.set });
      syncTasks(draft, this.#context.year);
    }
    return draft;
  }

  #correctTask(op: OpOf<"correct-task">): [FeatureDraft, TaskDraft] {
    const [draft, task] = this.#known.task(op.task);
    this.#findings.refuseMixed(task.id === null || task.folded > 0 || task.corrected);
    task.corrected = true;
    this.#taskCorrections.push({ op, task });
    if (this.#reachesNow(op.to)) {
      task.state = op.state;
      task.progress = op.progress ?? task.progress;
    }
    return [draft, task];
  }

  #observe(op: OpOf<"observe">): FeatureDraft {
    const draft = this.#known.feature(op.point);
    if (draft.deleted) throw gone();
    if (draft.layer.id !== "water_point") this.#findings.refuse("point", "只有水质监测点能填监测值");
    const { rows, findings } = measurementsOf(draft, op);
    this.#findings.note("values", findings);
    for (const row of rows) this.#measurements.set(`${draft.uid} ${row.takenAt} ${row.parameter}`, row);
    const taken = new Date(op.takenAt);
    const last = this.#lastClear.get(draft.id ?? 0);
    if (op.values.clear === undefined || (last && taken < last)) return draft;
    if (draft.id !== null) this.#lastClear.set(draft.id, taken);
    const clear = op.values.clear === 1;
    if (draft.attrs.clear !== clear) {
      this.#findings.refuseMixed(draft.corrected);
      draft.folded += 1;
      draft.claimed = op.takenAt;
      draft.attrs = { ...draft.attrs, clear };
    }
    return draft;
  }

  #report(op: OpOf<"report">): [null, null] {
    const { row, findings } = reportOf(op);
    this.#findings.note("", findings);
    this.#reports.set(`${row.metric} ${row.unit} ${row.period}`, row);
    return [null, null];
  }

  #photo(op: OpOf<"photo">): [FeatureDraft, TaskDraft] {
    const { feature, target, sha256 } = op;
    const [draft, task] = this.#known.task({ feature, target });
    if (draft.deleted) throw gone();
    const file = this.#context.files.get(sha256);
    if (!file) this.#findings.refuse("sha256", "照片的文件还没有传上来，请先上传（POST /api/photos）再登记");
    this.#photos.push({ draft, target: task.target, op: { ...op, uid: op.uid.toLowerCase() }, file });
    return [draft, task];
  }

  #removePhoto(op: OpOf<"photo-remove">): FeatureDraft {
    const uid = op.photo.toLowerCase();
    const feature = this.#context.loaded.photos.get(uid);
    if (feature === undefined) throw new WriteRefused("not-found", "没有这张照片，请刷新后再看。");
    if (this.#context.reason === "") this.#findings.refuseReason("撤下照片要写明原因");
    this.#photosRemoved.add(uid);
    return this.#known.feature(feature);
  }

  #set(draft: FeatureDraft, set: Record<string, unknown>): void {
    this.#findings.note("set", checkAttrs(draft.layer, set, { partial: true }));
    draft.attrs = tidyAttrs({ ...draft.attrs, ...set });
  }

  #shape(draft: FeatureDraft, drawn: NonNullable<OpOf<"patch">["geometry"]>): void {
    const geometry = roundGeometry(drawn);
    this.#findings.note("", checkGeometry(draft.layer, geometry));
    draft.geometry = geometry;
    draft.shapeOf = null;
  }

  #step(draft: FeatureDraft, base: number, effective: string | undefined): void {
    this.#findings.refuseMixed(draft.corrected);
    if (base < draft.base || base > draft.base + draft.folded) throw new Stale(draft, null, base);
    draft.folded += 1;
    if (draft.id !== null) draft.claimed = effective ?? null;
  }

  #reachesNow(to: string | undefined): boolean {
    return to === undefined || new Date(to) >= this.#context.now;
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
