import type { LayerDef } from "../layers/define.ts";
import type { Shape } from "./paths.ts";

/** A part smaller than this is a slip of the hand: metres of a line, square metres of an area. */
export const leastExtent: Readonly<Record<Shape, number>> = { Point: 0, LineString: 1, Polygon: 1 };

/** Edges that two places share, drawn twice, never agree to the last digit: so many square metres are no overlap. */
const slightOverlap = 1;

/** Square metres that two places of the layer may share; `null`: they may overlap. */
export const mostOverlap = (layer: LayerDef): number | null => (layer.apart ? slightOverlap : null);

/** One list of edits holds so many, so a selection does too. */
export const mostSelected = 2000;

/** A lasso is thinned before it is sent. */
export const mostCorners = 500;
