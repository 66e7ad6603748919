import type { Feature, FeatureCollection } from "geojson";
import { create } from "zustand";
import { lineLength, ringArea } from "./measure.ts";
import type { Measuring } from "./ui-state.ts";

type Position = readonly [number, number];

interface MeasureState {
  readonly points: readonly Position[];
  /** Finished: the next click begins anew. */
  readonly done: boolean;
  add(position: Position, last: boolean): void;
  back(): void;
  finish(): void;
  clear(): void;
}

export const useMeasure = create<MeasureState>()((set) => ({
  points: [],
  done: false,
  // A double click is two clicks before it: its own position is already there.
  add: (position, last) =>
    set(({ points, done }) =>
      last ? { done: true } : { points: done ? [position] : [...points, position], done: false },
    ),
  back: () => set(({ points }) => ({ points: points.slice(0, -1), done: false })),
  finish: () => set({ done: true }),
  clear: () => set({ points: [], done: false }),
}));

/** What is drawn of a measurement. */
export function measureFeatures(points: readonly Position[], kind: Measuring): FeatureCollection {
  const coordinates = points.map((p) => [...p]);
  const dots: Feature[] = coordinates.map((at) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: at },
  }));
  const shape: Feature[] =
    kind === "area" && points.length > 2
      ? [
          {
            type: "Feature",
            properties: {},
            geometry: { type: "Polygon", coordinates: [[...coordinates, coordinates[0]!]] },
          },
        ]
      : points.length > 1
        ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }]
        : [];
  return { type: "FeatureCollection", features: [...shape, ...dots] };
}

export interface Measured {
  readonly metres: number;
  readonly squareMetres: number | null;
}

/** Length of the line, or perimeter and area of the ring; geodesic. */
export function measured(points: readonly Position[], kind: Measuring): Measured | null {
  if (points.length < 2) return null;
  if (kind === "line" || points.length < 3) return { metres: lineLength(points), squareMetres: null };
  return { metres: lineLength([...points, points[0]!]), squareMetres: ringArea(points) };
}
