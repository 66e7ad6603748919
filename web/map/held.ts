import { create } from "zustand";

/** Where a finger rested on the map, WGS84 and px of the map; null when it moved on. */
interface HeldState {
  readonly held: { readonly at: readonly [number, number]; readonly x: number; readonly y: number } | null;
}

export const useHeld = create<HeldState>()(() => ({ held: null }));
