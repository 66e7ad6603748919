import { create } from "zustand";
import type { Hover } from "./controller.ts";
import { homeView, type View } from "./search-params.ts";

/** What changes with every frame: kept out of the address and out of React's tree above. */
export const useView = create<{ readonly view: View; readonly hover: Hover | null }>()(() => ({
  view: homeView,
  hover: null,
}));
