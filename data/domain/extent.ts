import type { LayerDef } from "../layers/define.ts";
import type { Shape } from "./paths.ts";

/** A part smaller than this is a slip of the hand: metres of a line, square metres of an area. */
const leastExtent: Readonly<Record<Shape, number>> = { Point: 0, LineString: 1, Polygon: 1 };

/** Edges that two places share, drawn twice, never agree to the last digit: so many square metres are no overlap. */
const mostOverlap = 1;

/** What the database and the editor hold a layer's geometry to. `mostOverlap` in square metres; `null`: places may overlap. */
export interface ExtentRule {
  readonly least: number;
  readonly mostOverlap: number | null;
}

export const extentRule = (layer: LayerDef): ExtentRule => ({
  least: leastExtent[layer.geometry],
  mostOverlap: layer.apart ? mostOverlap : null,
});
