import type { LayerSpecification } from "maplibre-gl";

/**
 * Named places in the draw order. A business layer is added with `map.addLayer(layer, slot)`: below the anchor,
 * above everything added to that slot before. Base labels lie between `slot-points` and `slot-labels`.
 */
export const slots = [
  "slot-areas",
  "slot-lines",
  "slot-clusters",
  "slot-points",
  "slot-labels",
  "slot-selection",
  "slot-drawing",
] as const;
export type Slot = (typeof slots)[number];

/** An anchor draws nothing. */
export const anchor = (slot: Slot): LayerSpecification => ({
  id: slot,
  type: "background",
  layout: { visibility: "none" },
});
