import { create } from "zustand";

interface Asking {
  readonly asking: boolean;
  ask(asking: boolean): void;
}

/** Is the dialog of 发起会签 open? It is opened from the notice and from the fault on the map. */
export const useAsking = create<Asking>()((set) => ({
  asking: false,
  ask: (asking) => set({ asking }),
}));
