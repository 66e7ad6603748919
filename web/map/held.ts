import { create } from "zustand";
import type { Held } from "./resting.ts";

/** Where a finger rested on the map; null when it moved on. */
export const useHeld = create<{ readonly held: Held | null }>()(() => ({ held: null }));
