import { create } from "zustand";

const key = "guatu-preferences";

interface Preferences {
  /** 大字模式: everything 1.2 times as large. */
  readonly large: boolean;
  toggleLarge(): void;
}

const stored = (): boolean => {
  try {
    return localStorage.getItem(key) === "large";
  } catch {
    return false;
  }
};

/** What a person chose for this browser; never part of a link. */
export const usePreferences = create<Preferences>()((set, get) => ({
  large: stored(),
  toggleLarge: () => {
    const large = !get().large;
    set({ large });
    try {
      localStorage.setItem(key, large ? "large" : "");
    } catch {
      // Storage switched off: the choice lasts as long as the page.
    }
  },
}));
