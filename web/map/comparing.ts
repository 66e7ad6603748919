import type { Feature, FeatureCollection } from "geojson";
import { create } from "zustand";
import type { Geometry } from "#data/domain/change.ts";

interface Compared {
  /** What is compared: a press on the same closes it. */
  readonly key: string;
  readonly before: Geometry | null;
  readonly after: Geometry | null;
}

interface ComparingState {
  readonly shown: Compared | null;
  show(shown: Compared | null): void;
}

/** Two shapes of one place, laid over the map while its history is read. */
export const useComparing = create<ComparingState>()((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
}));

/** Both shapes for the map's source, each with its side. */
export function comparedFeatures(shown: Compared | null): FeatureCollection {
  const drawn = (side: "before" | "after"): Feature[] => {
    const geometry = shown?.[side];
    return geometry
      ? [{ type: "Feature", properties: { side }, geometry: geometry as Feature["geometry"] }]
      : [];
  };
  return { type: "FeatureCollection", features: [...drawn("after"), ...drawn("before")] };
}
