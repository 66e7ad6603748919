import type { Logger } from "pino";
import type { Database } from "#db/client.ts";
import type { Shelf } from "../photos/shelf.ts";
import { cleanUnfiled } from "../photos/unfiled.ts";
import { everyNight } from "./nightly.ts";

/** After the copy, which it must not slow down. */
const hourOfCleanUp = 4;

/** Removes uploads that nobody filed, every night until the returned function is called. */
export const startPhotoCleanUp = (db: Database, shelf: Shelf, log: Logger): (() => void) =>
  everyNight(hourOfCleanUp, () => {
    cleanUnfiled(db, shelf, new Date()).then(
      ({ strange, ...counts }) =>
        strange
          ? log.warn("no photo is known to this database: uploads were left alone")
          : log.info(counts, "uploads never filed"),
      (error: unknown) => log.error({ err: error }, "clean-up of uploads failed"),
    );
  });
