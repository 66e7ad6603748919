/** Shapes the API answers with. Server builds them, web reads them, OpenAPI describes them. Dates are ISO; coordinates WGS84. */
import type { Who } from "./account.ts";
import type { Geometry } from "./change.ts";
import type { Light, LightCounts, LightReason } from "./light.ts";
import type { PhotoPhase, PositionSource } from "./photo.ts";
import type { Metric } from "./programme.ts";
import type { TaskState, TaskStep } from "./task.ts";

/** Head of every answer that depends on time: what was asked and what it was resolved to. */
export interface AsOf {
  /** ISO instant, or null for now. */
  readonly at: string | null;
  /** Changeset number the answer knows. */
  readonly known: number;
  /** Product's today, `YYYY-MM-DD`, the day lights are computed for (the day of `at` when asked). */
  readonly today: string;
}

/** Stored body of a feature: all that its ETag `"f<id>.<version>"` covers. */
export interface FeatureBody {
  readonly type: "Feature";
  readonly id: number;
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly guatu: {
    readonly uid: string;
    readonly layer: string;
    readonly version: number;
    /** Shown number, e.g. QP-RQ-07. */
    readonly no: string;
    readonly town: string | null;
    readonly shares: Readonly<Record<string, number>>;
    /** 责任属地 when set by the 专班. */
    readonly duty: string | null;
    readonly deleted: boolean;
  };
}

export interface TaskView {
  readonly id: number;
  readonly target: number;
  readonly state: TaskState;
  readonly due: string | null;
  readonly lead: string;
  readonly progress: number;
  readonly version: number;
  readonly light: LightReason;
  /** Steps this reader may take now; the others with the reason why not. */
  readonly steps: readonly { readonly step: TaskStep; readonly allowed: boolean; readonly why?: string }[];
  /** This reader may move the due day; left out when not. */
  readonly redate?: true;
}

export interface FeatureView {
  readonly feature: FeatureBody;
  readonly tasks: readonly TaskView[];
  readonly light: Light;
  /** Metres / square metres, geodesic. */
  readonly size: { readonly lengthM?: number; readonly areaM2?: number };
  readonly may: {
    readonly edit: boolean;
    readonly delete: boolean;
    readonly why?: string;
    /** Not edit, but propose an edit to all towns it lies in (跨镇会签). */
    readonly propose?: boolean;
    /** Bring it back, when it is deleted. */
    readonly restore?: boolean;
  };
  /** Who took it away, when and why, while it is deleted. */
  readonly deletion?: Deed;
  readonly historyCount: number;
  readonly observations?: readonly Observation[];
  /** Oldest first; taken-down ones are left out. */
  readonly photos: readonly PhotoView[];
  readonly asOf: AsOf;
}

/** A photo as evidence of one task; the picture itself is at /api/photos/{uid}?size=thumb|full. */
export interface PhotoView {
  readonly uid: string;
  /** Target number in the plan, 1 to 20. */
  readonly target: number;
  readonly phase: PhotoPhase;
  /** As read from the file or told by the device; null when neither knew. */
  readonly takenAt: string | null;
  readonly filedAt: string;
  readonly unit: string;
  /** Only inside the own unit. */
  readonly person?: string;
  readonly width: number;
  readonly height: number;
  /** Metres to the place when it was filed; null without a position. */
  readonly distanceM: number | null;
  /** The same if the position were GCJ-02. */
  readonly distanceIfGcjM: number | null;
  readonly positionFrom: PositionSource | null;
}

/** What an upload found in the file. */
export interface PhotoFile {
  /** Of the file as it was sent: the name under which it is filed. */
  readonly sha256: string;
  /** Of the picture that is kept, upright. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly takenAt: string | null;
  /** [lon, lat] as the file says. */
  readonly position: readonly [number, number] | null;
}

export interface Observation {
  readonly takenAt: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Who did something, when and why: the unit for readers outside it, the clerk's name only inside the own unit. */
export interface Deed {
  readonly seq: number;
  readonly at: string;
  readonly unit: string;
  readonly person?: string;
  readonly reason: string | null;
}

export interface HistoryEntry {
  readonly seq: number;
  readonly at: string;
  /** What it was so from; differs from `at` for corrections and offline claims. */
  readonly from: string;
  /** Of a version, or `task`, `photo`, `photo-remove` with its target; photos are counted by phase in `fields`. */
  readonly op: string;
  /** Unit for readers outside it; the clerk's name only inside the own unit. */
  readonly unit: string;
  readonly person?: string;
  readonly reason: string | null;
  readonly version?: number;
  readonly target?: number;
  /** Field → [before, after]; `geometry: true` when the shape changed. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly geometry: boolean;
  /** Number of the 跨镇会签 that this changeset belongs to. */
  readonly proposal?: number;
  /** Changesets that this one takes back, and the one that took this back. */
  readonly reverts?: readonly number[];
  readonly revertedBy?: number;
}

/** Shapes on both sides of one changeset with their sizes (m or m², 0 for points); null where there was none. */
export interface HistoryShapes {
  readonly before: Geometry | null;
  readonly after: Geometry | null;
  readonly size: { readonly before: number | null; readonly after: number | null };
}

/** One thing that a changeset did in an area. */
export interface AreaChange {
  readonly kind: "feature" | "task" | "observation" | "photo" | "proposal";
  /** Feature: create, patch, delete, restore, correct; task also the step it took; observation: observe. */
  readonly op: string;
  readonly feature: {
    readonly id: number;
    readonly name: string;
    readonly layer: string;
    readonly town: string | null;
    readonly deleted: boolean;
  };
  readonly task?: {
    readonly target: number;
    readonly state: TaskState | null;
    readonly progress: number | null;
  };
  /** Where it was before and is after: [w, s, e, n]. */
  readonly box: readonly [number, number, number, number] | null;
}
/** A changeset as far as this reader may see it, with the first of its changes. */
export interface AreaDeed extends Deed {
  /** What wrote: edit, import, revert, seed … */
  readonly kind: string;
  readonly batch: string | null;
  readonly reverts: readonly number[];
  readonly revertedBy: number | null;
  /** All that it did in the area asked for; `changes` are the first of them. */
  readonly count: number;
  readonly changes: readonly AreaChange[];
}
export interface AreaHistoryAnswer {
  readonly deeds: readonly AreaDeed[];
  /** `before` of the next page; null at the end. */
  readonly next: number | null;
  readonly asOf: AsOf;
}

export interface LayerSummary {
  readonly id: string;
  readonly total: number;
  readonly lights: LightCounts;
  /** True when this reader sees counts only (限定). */
  readonly countsOnly: boolean;
}

export interface LayersAnswer {
  readonly layers: readonly LayerSummary[];
  readonly asOf: AsOf;
}

export interface SummaryRow {
  readonly key: string;
  readonly name: string;
  readonly total: number;
  readonly lights: LightCounts;
  /** Cells under 5 that may not be told are left out of `lights` and counted here. */
  readonly hidden?: boolean;
}
export interface SummaryAnswer {
  readonly by: "town" | "target" | "layer";
  readonly rows: readonly SummaryRow[];
  readonly asOf: AsOf;
}

export interface MetricValue {
  readonly code: string;
  readonly value: number | null;
  readonly of: number | null;
  /** value/of in percent when it is a rate or a list. */
  readonly percent: number | null;
  readonly light: Light | null;
  readonly why: string;
  /** Reached after its due date. */
  readonly metLate?: boolean;
  readonly met: boolean;
  /** Months already judged: a past month keeps its colour. */
  readonly months?: readonly { readonly month: string; readonly light: Light | null }[];
  /** Map filter that shows the features behind the number. */
  readonly behind?: { readonly layer: string; readonly target?: number };
  readonly reportedBy?: string;
  /** Same period of last year, for a trend. */
  readonly reference?: number;
  /** Each number of a metric that has several; the value above is the first one's. */
  readonly parts?: readonly {
    readonly key: string;
    readonly name: string;
    readonly value: number | null;
    readonly of: number | null;
    readonly percent: number | null;
    readonly light: Light | null;
    readonly why: string;
  }[];
}

/** One metric through the year: its value and light at the end of each month, as known now. */
export interface MetricSeriesAnswer {
  readonly code: string;
  readonly months: readonly (Pick<MetricValue, "value" | "of" | "percent" | "light" | "why"> & {
    readonly month: string;
  })[];
  readonly asOf: AsOf;
}

export interface TargetStatus {
  readonly no: number;
  readonly light: Light;
  readonly why: string;
  readonly due: string | null;
  readonly percent: number | null;
  readonly lights: LightCounts;
}

export interface ProgrammeAnswer {
  readonly year: number;
  readonly targets: readonly TargetStatus[];
  readonly metrics: readonly (MetricValue & { readonly metric: Metric })[];
  readonly campaigns: readonly {
    readonly no: number;
    readonly percent: number | null;
    readonly light: Light;
  }[];
  /** One light a town: the worst over the targets that apply to it (lead units' own reds are not counted). */
  readonly towns: readonly {
    readonly code: string;
    readonly light: Light;
    readonly lights: LightCounts;
    readonly notes: readonly string[];
  }[];
  readonly asOf: AsOf;
}

export interface SearchHit {
  readonly kind: "feature" | "town" | "target" | "place" | "coordinate";
  readonly title: string;
  readonly sub: string;
  readonly id?: number;
  readonly layer?: string;
  readonly light?: Light;
  readonly at?: readonly [number, number];
  readonly box?: readonly [number, number, number, number];
}
export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
}

/** List beside the map and OGC items share one filter. */
export interface ListRow {
  readonly id: number;
  readonly no: string;
  readonly layer: string;
  readonly name: string;
  readonly town: string | null;
  readonly light: Light;
  readonly state: TaskState | null;
  readonly target: number | null;
  readonly due: string | null;
  readonly lead: string | null;
  readonly progress: number | null;
  readonly at: readonly [number, number];
  /** Only in the list of deleted ones: when, by which unit and why. */
  readonly deletion?: Pick<Deed, "at" | "unit" | "reason">;
}
export interface ListAnswer {
  readonly total: number;
  readonly lights: LightCounts;
  readonly rows: readonly ListRow[];
  readonly asOf: AsOf;
}

/** An open task of the own unit, as it stands in the hand: what it is, where, and what may be done next. */
export interface MyTask {
  readonly task: number;
  readonly version: number;
  readonly state: TaskState;
  /** Target number in the plan, 1 to 20. */
  readonly target: number;
  readonly due: string | null;
  readonly lead: string;
  readonly progress: number;
  readonly light: LightReason;
  /** Steps this reader may take now. */
  readonly steps: readonly TaskStep[];
  readonly feature: number;
  readonly no: string;
  readonly layer: string;
  readonly name: string;
  readonly town: string | null;
  readonly at: readonly [number, number];
  /** Metres from where was asked to the place, 0 inside; null when nowhere was asked. */
  readonly metres: number | null;
  /** Sent back and not submitted again: when, by which unit and why. */
  readonly returned: Pick<Deed, "at" | "unit" | "reason"> | null;
  /** How many there are of each side. */
  readonly photos: Readonly<Record<PhotoPhase, number>>;
}

export interface MyTasksAnswer {
  /** `todo`: the next step is mine; `returned`: 退回; `soon`: late or due within the days of 预警; `open`: all of them. */
  readonly counts: Readonly<Record<"todo" | "returned" | "soon" | "open", number>>;
  readonly rows: readonly MyTask[];
  /** What the next page is asked with (`after`); null at the end. */
  readonly next: string | null;
  readonly asOf: AsOf;
}

/** `[id, layer no, lon, lat, state code or -1, due day or null, town or null, leading target or null, name]` */
export type PointRow = readonly [
  id: number,
  layer: number,
  lon: number,
  lat: number,
  state: number,
  due: number | null,
  town: string | null,
  target: number | null,
  name: string,
];
/** All readable point features of some layers, column-wise: the source of clusters. */
export interface PointsAnswer {
  readonly rows: readonly PointRow[];
  readonly asOf: AsOf;
}

/** One line of the feed: what changed, never the value. */
export interface ChangeEvent {
  readonly seq: number;
  readonly kind: "feature" | "task" | "observation" | "report" | "photo" | "proposal";
  /** Of the feature or task; an observation, a photo and a proposal carry their feature's (a new place's proposal is negative). */
  readonly id: number;
  readonly layer: string | null;
  readonly op: string;
  /** Boxes before and after [w,s,e,n]; null when there was none. */
  readonly before: readonly number[] | null;
  readonly after: readonly number[] | null;
}

/** One line of "what happened last", newest first; only what this reader may see. */
export interface RecentChange {
  readonly seq: number;
  /** ISO instant on the product's clock. */
  readonly at: string;
  readonly kind: "feature" | "task" | "observation" | "photo";
  /** Feature: create, patch … ; task: the step it took (submit, accept …) or `patch`; observation: `create`; photo: `photo`, `photo-remove`. */
  readonly op: string;
  readonly unit: string;
  readonly feature: {
    readonly id: number;
    readonly name: string;
    readonly layer: string;
    readonly town: string | null;
  };
  /** Target number, state and progress of the task after the change. */
  readonly task?: {
    readonly target: number;
    readonly state: TaskState;
    readonly due: string | null;
    readonly progress: number;
  };
}
export interface RecentAnswer {
  readonly changes: readonly RecentChange[];
  /** ISO instant of the product's clock, from which a wall ticks on by itself. */
  readonly now: string;
  readonly asOf: AsOf;
}

export interface ChangesReply {
  readonly seq: number;
  readonly results: readonly {
    readonly op: string;
    readonly id?: number;
    readonly uid?: string;
    readonly version?: number;
    readonly tasks?: readonly {
      readonly id: number;
      readonly target: number;
      readonly version: number;
      readonly state: TaskState;
    }[];
  }[];
}

/** One place of a revert: what its fields are now and would be again. */
export interface RevertChange {
  readonly feature: { readonly id: number; readonly name: string; readonly layer: string };
  /** `delete` takes back a creation, `restore` a deletion; `patch` only parts of it. */
  readonly op: "patch" | "delete" | "restore";
  /** Field → [now, again]. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly geometry: boolean;
  readonly tasks: readonly {
    readonly target: number;
    readonly state: readonly [TaskState | null, TaskState | null];
    readonly progress: readonly [number | null, number | null];
  }[];
}
export interface RevertPreview {
  readonly seqs: readonly number[];
  readonly changes: readonly RevertChange[];
}

/** A later change of the same thing, which a revert would undo without being asked to. */
export interface Overlap {
  readonly seq: number;
  readonly at: string;
  readonly unit: string;
  readonly feature: RevertChange["feature"];
  /** Field ids, `geometry`, `duty`, `deleted`, `task`. */
  readonly parts: readonly string[];
}

export interface SessionAnswer {
  readonly who: Who;
  readonly csrf: string;
  readonly today: string;
  readonly demo: boolean;
  readonly year: number;
  readonly head: number;
}

/** RFC 9457 problem+json. `errors` names fields; `stale` comes with 412. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly request: string;
  readonly errors?: readonly { readonly at: string; readonly message: string }[];
  readonly stale?: {
    readonly feature?: FeatureBody;
    readonly task?: {
      readonly id: number;
      readonly version: number;
      readonly state: TaskState;
      readonly progress: number;
      readonly due: string | null;
    };
    /** Field ids changed since the base version; `geometry` for the shape. */
    readonly changed: readonly string[];
    readonly seq: number;
  };
  /** With `overlap`: what came later and stands in the way of a revert. */
  readonly overlaps?: readonly Overlap[];
}
