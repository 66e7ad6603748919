import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { useUpdate } from "./installed.ts";

const againMs = 5000;
/** So many failures with the server in reach: what is asked for is no longer there. */
const enough = 3;

/** A part of a page whose code comes when it is wanted. Until it is here it suspends: a line that breaks just then takes nothing down. */
export function part<P extends object>(
  bring: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await brought(bring) }));
}

/**
 * What `bring` imports, asked for again until it comes: as soon as the line is back, else every few seconds. A page older than the
 * server, whose files are gone, is told to load anew.
 */
export async function brought<T>(bring: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      return await bring();
    } catch (error) {
      if (!isLoss(error)) throw error;
      if (navigator.onLine) failures += 1;
      if (failures === enough) useUpdate.setState({ replaced: true });
      await lineOrLater();
      await styleAgain();
    }
  }
}

/** Did the file not come, or did it come and break? What browsers and the build say of the first. */
const isLoss = (error: unknown): boolean =>
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/i.test(String(error));

const lineOrLater = (): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = window.setTimeout(go, againMs);
    window.addEventListener("online", go);
  });

/** The build asks for a part's style sheet once: one that was lost is asked for here. */
async function styleAgain(): Promise<void> {
  const lost = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].filter(
    (link) => link.sheet === null,
  );
  await Promise.all(
    lost.map(
      (link) =>
        new Promise<void>((resolve) => {
          const again = document.createElement("link");
          again.rel = "stylesheet";
          again.href = link.href;
          again.addEventListener("load", () => resolve());
          again.addEventListener("error", () => resolve());
          link.replaceWith(again);
        }),
    ),
  );
}
