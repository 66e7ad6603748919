import { useSyncExternalStore } from "react";

/** Does the window match a media query now? Re-renders when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (told) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", told);
      return () => media.removeEventListener("change", told);
    },
    () => window.matchMedia(query).matches,
  );
}
