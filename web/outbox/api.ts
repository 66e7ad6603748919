import type { ChangeOrder, PhotoOrder, Queued } from "./engine.ts";
import type { Box } from "./entry.ts";

/**
 * The way to write from anywhere in the browser: the deed is on this machine when the promise resolves, and is sent in order,
 * once, as soon as the line allows. Loaded when somebody signs in, so it is there when the line is not.
 */
const engine = () => import("./engine.ts");

export const enqueueChange = async (order: ChangeOrder): Promise<Queued> =>
  (await engine()).enqueueChange(order);

export const enqueuePhotos = async (order: PhotoOrder, files: readonly File[]) =>
  (await engine()).enqueuePhotos(order, files);

export const retryEntries = async (ids: readonly string[]): Promise<void> => (await engine()).retry(ids);

export const discardEntries = async (ids: readonly string[]): Promise<void> => (await engine()).discard(ids);

/** The picture of a photo that is still here. */
export const queuedPicture = async (id: string): Promise<Blob | null> => (await engine()).pictureOf(id);

/** All that this browser keeps, whoever's it is. */
export const readOutbox = async (): Promise<Box> => (await engine()).readBox();

/** Mounted once behind the sign-in gate. Returns the way to stop. */
export function startOutbox(): () => void {
  let stop: (() => void) | null = null;
  let ended = false;
  void engine().then(({ runOutbox }) => {
    if (!ended) stop = runOutbox();
  });
  return () => {
    ended = true;
    stop?.();
  };
}
