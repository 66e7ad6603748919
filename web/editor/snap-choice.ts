import { create } from "zustand";
import type { LayerDef } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";

/** Something to snap to: the base map's lines, the layer being edited, or another layer. */
export interface SnapSource {
  readonly id: string;
  readonly label: string;
}

const baseSources: readonly SnapSource[] = [
  { id: "border", label: "镇界" },
  { id: "road", label: "道路" },
  { id: "own", label: "同层" },
  { id: "water", label: "河湖" },
];

/** Layers that go with the base map's lines of the same kind. */
export const layersWith: Readonly<Record<string, string>> = { road: "key_road", water: "river_reach" };

/** What can be chosen while editing `layer`: lines and areas everybody may see. */
export const snapSources = (layer: LayerDef): readonly SnapSource[] => [
  ...baseSources,
  ...layers
    .filter(
      ({ id, geometry, sensitivity }) =>
        id !== layer.id &&
        geometry !== "Point" &&
        sensitivity === "general" &&
        !Object.values(layersWith).includes(id),
    )
    .map(({ id, name }) => ({ id, label: name })),
];

const firstChoice = ["border", "road", "own"];
const memory = "guatu.snap";

/** The choice of this browser; the first one while it remembers none. */
function remembered(): readonly string[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(memory) ?? "null");
    return Array.isArray(known) ? known.filter((id): id is string => typeof id === "string") : firstChoice;
  } catch {
    return firstChoice;
  }
}

interface SnapChoice {
  readonly to: readonly string[];
  toggle(id: string): void;
}

export const useSnapChoice = create<SnapChoice>()((set, get) => ({
  to: remembered(),
  toggle: (id) => {
    const { to } = get();
    const next = to.includes(id) ? to.filter((each) => each !== id) : [...to, id];
    set({ to: next });
    try {
      localStorage.setItem(memory, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing still snaps as chosen until it is closed.
    }
  },
}));

/** 镇界、道路、同层 */
export const choiceText = (layer: LayerDef, to: readonly string[]): string =>
  snapSources(layer)
    .filter(({ id }) => to.includes(id))
    .map(({ label }) => label)
    .join("、");
