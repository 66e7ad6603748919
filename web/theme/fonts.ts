import "@fontsource/barlow-semi-condensed/500.css";
import "@fontsource/barlow-semi-condensed/600.css";

/** Phones have Chinese faces of their own, and a slow line is for the work: 2.8 MB of ours are for bare office machines and walls. */
export const bringsFaces = !/Android|HarmonyOS|iPhone|iPad/.test(navigator.userAgent);

/** Settles when the faces are known to the browser. Until then text stands in the system's; it never waits. */
export const facesKnown: Promise<unknown> = bringsFaces
  ? import("./chinese.ts").catch(() => undefined)
  : Promise.resolve();
