import type { Geometry } from "../change.ts";
import type { TaskState } from "../task.ts";
import type { AsOf } from "./as-of.ts";

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
  /** By the account that reads, in whatever window. */
  readonly own?: boolean;
  readonly reason: string | null;
  readonly version?: number;
  readonly target?: number;
  /** Field → [before, after]; `geometry: true` when the shape changed. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly geometry: boolean;
  /** Number of the 跨镇会签 that this changeset belongs to. */
  readonly proposal?: number;
  /** It moved with the centre line of the road that its 桩号 names. */
  readonly followed?: true;
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
  readonly kind: "feature" | "task" | "observation" | "photo" | "proposal" | "duty";
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
