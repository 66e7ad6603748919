import type { Light, LightCounts, LightReason } from "../light.ts";
import type { PhotoPhase } from "../photo.ts";
import type { TaskState, TaskStep } from "../task.ts";
import type { AsOf } from "./as-of.ts";
import type { Returned } from "./feature.ts";
import type { Deed } from "./history.ts";

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
  readonly returned: Returned | null;
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
