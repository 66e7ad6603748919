import { leastExtent } from "#data/domain/extent.ts";
import type { Parts, Shape } from "#data/domain/paths.ts";
import type { Border } from "../border.ts";
import { extentOf, faultsOf } from "../checks.ts";
import { buffered } from "../shape/buffer.ts";
import { cleaned, simplified } from "../shape/clean.ts";
import { clippedArea, clippedLine, joined, united, untangled, without } from "../shape/clip.ts";
import { beside, overlapsOf } from "../shape/overlap.ts";
import { rotated, squared } from "../shape/turn.ts";

/** Repeated vertices, spikes, self-crossings and parts too small to be meant taken out. */
function repaired(shape: Shape, parts: Parts): Parts {
  const clean = cleaned(shape, parts);
  const tangled = faultsOf(shape, clean, null).some((fault) => fault.kind === "crossing");
  const mended = tangled ? untangled(clean) : clean;
  const large = mended.filter((part) => extentOf(shape, part) >= leastExtent[shape]);
  return large.length > 0 ? large : mended;
}

const clipped = (shape: Shape, parts: Parts, border: Border): Parts =>
  shape === "Polygon" ? clippedArea(parts, border) : clippedLine(parts, border);

const merged = (shape: Shape, parts: Parts): Parts =>
  shape === "Polygon" ? united(parts) : joined(parts.flat()).map((line) => [line]);

/** Pure work of the editor that may take longer than a frame. The worker does it; all arguments can be cloned. */
export const tasks = {
  faultsOf,
  repaired,
  clipped,
  merged,
  without,
  simplified,
  buffered,
  rotated,
  squared,
  overlapsOf,
  beside,
} as const;

export type Tasks = typeof tasks;
