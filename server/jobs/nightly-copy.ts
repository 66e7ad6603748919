import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { Logger } from "pino";
import { dateOf, dayOfInstant } from "#data/domain/time.ts";
import type { Database } from "#db/client.ts";
import { copyEmbedded } from "#db/embedded.ts";
import { everyNight } from "./nightly.ts";

/** The embedded database survives kill -9 but not a power cut, so a copy is made each night at this hour of 上海. */
const hourOfCopy = 3;
const copiesKept = 7;

/** Copies the embedded database now into `<directory>/copies/<date>.tar.gz` and drops all but the newest. Returns the file. */
async function copyNow(db: Database, directory: string, now: Date): Promise<string> {
  const folder = path.join(directory, "copies");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${dateOf(dayOfInstant(now))}.tar.gz`);
  // Under another name until it is whole: a copy cut off by a power cut must not look like one.
  await copyEmbedded(db, `${file}.part`);
  renameSync(`${file}.part`, file);
  const copies = readdirSync(folder).filter((name) => name.endsWith(".tar.gz"));
  for (const old of copies.sort().slice(0, -copiesKept)) rmSync(path.join(folder, old));
  return file;
}

/** Copies every night until the returned function is called. */
export const startNightlyCopy = (db: Database, directory: string, log: Logger): (() => void) =>
  everyNight(hourOfCopy, () => {
    copyNow(db, directory, new Date()).then(
      (file) => log.info({ file }, "nightly copy"),
      (error: unknown) => log.error({ err: error }, "nightly copy failed"),
    );
  });
