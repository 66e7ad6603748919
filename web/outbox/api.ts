import { asked, within } from "./database.ts";
import type { ChangeOrder, PhotoOrder, Queued, RevertOrder } from "./engine.ts";
import type { Box } from "./entry.ts";

/**
 * The way to write from anywhere in the browser: the deed is on this machine when the promise resolves, and is sent in order,
 * once, as soon as the line allows. Loaded when somebody signs in, so it is there when the line is not.
 */
const engine = () => import("./engine.ts");

/** Set while somebody is signed in: brings the sender in, which the page begins without. */
let wanted: () => void = () => undefined;

const running = async () => {
  wanted();
  return engine();
};

export const enqueueChange = async (order: ChangeOrder): Promise<Queued> =>
  (await running()).enqueueChange(order);

export const enqueueRevert = async (order: RevertOrder): Promise<Queued> =>
  (await running()).enqueueRevert(order);

export const enqueuePhotos = async (order: PhotoOrder, files: readonly File[]) =>
  (await running()).enqueuePhotos(order, files);

export const retryEntries = async (ids: readonly string[]): Promise<void> => (await running()).retry(ids);

export const discardEntries = async (ids: readonly string[]): Promise<void> => (await running()).discard(ids);

/** The picture of a photo that is still here. */
export const queuedPicture = async (id: string): Promise<Blob | null> => (await running()).pictureOf(id);

/** All that this browser keeps, whoever's it is. */
export const readOutbox = async (): Promise<Box> => (await running()).readBox();

/** Does anything wait from last time? Asked without loading what would send it. */
const hasLeft = (): Promise<boolean> =>
  within(["entries"], "readonly", async (store) => (await asked(store("entries").count())) > 0).catch(
    () => false,
  );

/** Calls `begin` when something waits from last time, or is queued now. Returns the way to stop. */
export function whenOutboxIsWanted(begin: () => void): () => void {
  wanted = begin;
  void hasLeft().then((left) => {
    if (left && wanted === begin) begin();
  });
  return () => {
    wanted = () => undefined;
  };
}
