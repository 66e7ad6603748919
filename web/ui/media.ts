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

/** In the hand: narrow, or lying. The style sheets say the same. */
export const phoneMedia = "(max-width: 767px), (max-height: 500px) and (pointer: coarse)";

/** Lying in the hand: sheets stand at the side. */
export const lyingMedia = "(max-height: 500px) and (orientation: landscape)";
