import type { Position } from "#data/domain/paths.ts";
import type { Pixel } from "./projection.ts";
import type { Snapped } from "./snap.ts";

/** Where the pointer is, and what it holds on to. */
export interface Aim {
  readonly pixel: Pixel;
  readonly position: Position;
  readonly snapped: Snapped | null;
  /** Aimed with the arrow keys: a cross is drawn. */
  readonly keys?: true;
}
