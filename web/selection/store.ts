import type { FeatureCollection } from "geojson";
import { create } from "zustand";
import { roleRights } from "#data/domain/account.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { layerById } from "#data/layers/registry.ts";
import { useSession } from "../api/session.ts";
import type { MapState } from "../map/state.ts";

/** A place that is chosen with others, to be changed together. */
export type Picked = Pick<SelectionRow, "id" | "layer" | "name" | "town" | "at" | "may" | "why">;
type PickTool = "box" | "lasso";
/** What is being done with the selection. */
type Acting = "bulk" | "move";
/** What a gesture does to the places it meets. */
export type PickMode = "add" | "remove";

interface SelectionState {
  readonly picked: ReadonlyMap<number, Picked>;
  readonly tool: PickTool | null;
  readonly mode: PickMode;
  readonly acting: Acting | null;
  /** In the hand: rows of the list are chosen by a tap. */
  readonly listing: boolean;
  /** What became of the last gesture, when it wants saying. */
  readonly note: string | null;
  use(tool: PickTool | null): void;
}

/** The selection of the map page; the list, bulk editing and the table work on it too. */
export const useSelection = create<SelectionState>()((set) => ({
  picked: new Map(),
  tool: null,
  mode: "add",
  acting: null,
  listing: false,
  note: null,
  use: (tool) => set({ tool, mode: "add", note: null }),
}));

export const clearSelection = (): void =>
  useSelection.setState({ picked: new Map(), acting: null, note: null });

/** Choosing serves changing: not for who only reads, and not in the past. */
export function maySelect({ search }: Pick<MapState, "search">): boolean {
  const role = useSession.getState().session?.who.role;
  return role !== undefined && roleRights[role].edit && !search.at && !search.known;
}

/** Chosen points where the map shows clusters: one ring each, so that a selection is seen at any zoom. */
export function pickedPoints(picked: ReadonlyMap<number, Picked>): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: [...picked.values()].flatMap(({ id, layer, at }) =>
      layerById(layer)?.geometry === "Point"
        ? [
            {
              type: "Feature" as const,
              id,
              properties: {},
              geometry: { type: "Point" as const, coordinates: [...at] },
            },
          ]
        : [],
    ),
  };
}
