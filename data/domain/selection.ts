import { z } from "zod";
import type { Geometry } from "./change.ts";
import { mostCorners, mostSelected } from "./extent.ts";
import type { Light } from "./light.ts";
import type { TaskView } from "./wire/feature.ts";

const corner = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** What a selection names: numbers, or a filter (added by the server's room of lists) narrowed by an area [lon, lat]. */
export const selectionParts = z.strictObject({
  ids: z.array(z.number().int().positive()).min(1).max(mostSelected).optional(),
  within: z.array(corner).min(3).max(mostCorners).optional(),
  /** With attributes and tasks, as bulk and table editing want them. */
  full: z.boolean().optional(),
  /** With geometries, as moving wants them. */
  shapes: z.boolean().optional(),
});
export interface SelectionBody extends z.infer<typeof selectionParts> {
  /** Under the names of the list's address: `layers`, `town`, `light` … */
  readonly filter?: Readonly<Record<string, string>>;
}

/** One place of a selection, as it is stored now. */
export interface SelectionRow {
  readonly id: number;
  readonly no: string;
  readonly layer: string;
  readonly name: string;
  /** 责任属地, or the town that covers it; null across towns. */
  readonly town: string | null;
  readonly light: Light;
  readonly at: readonly [number, number];
  readonly version: number;
  /** The place right of this reader; the database decides again. */
  readonly may: boolean;
  readonly why?: string;
  /** With `full`. */
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly tasks?: readonly Omit<TaskView, "light">[];
  /** With `shapes`. */
  readonly geometry?: Geometry;
}

export interface SelectionAnswer {
  /** All that are meant; `rows` are the first `mostSelected` of them. */
  readonly total: number;
  readonly rows: readonly SelectionRow[];
  /** Changeset number the rows were read under. */
  readonly known: number;
}
