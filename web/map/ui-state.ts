import { create } from "zustand";

export type Measuring = "line" | "area";

interface MapUi {
  /** Layer whose legend is open in the tree. */
  readonly active: string | null;
  /** 0–1 by layer; 1 when left out. */
  readonly opacity: Readonly<Record<string, number>>;
  /** Feature under the pointer, on the map or in the list: each shows the other's. */
  readonly hover: number | null;
  readonly listOpen: boolean;
  readonly treeOpen: boolean;
  readonly measuring: Measuring | null;
  activate(layer: string | null): void;
  fade(layer: string, opacity: number): void;
  point(hover: number | null): void;
  openList(open: boolean): void;
  openTree(open: boolean): void;
  measure(kind: Measuring | null): void;
}

/** State of the map page that is nobody else's business: not in the link, not on the server. */
export const useMapUi = create<MapUi>()((set) => ({
  active: null,
  opacity: {},
  hover: null,
  listOpen: false,
  treeOpen: true,
  measuring: null,
  activate: (active) => set({ active }),
  fade: (layer, opacity) => set((old) => ({ opacity: { ...old.opacity, [layer]: opacity } })),
  point: (hover) => set((old) => (old.hover === hover ? old : { hover })),
  openList: (listOpen) => set({ listOpen }),
  openTree: (treeOpen) => set({ treeOpen }),
  measure: (measuring) => set({ measuring }),
}));
