import path from "node:path";
import pino from "pino";
import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/open.ts";
import { demoClock, realClock } from "./clock.ts";
import type { Deps } from "./deps.ts";
import type { Env } from "./env.ts";
import { Feed } from "./events/feed.ts";
import { openFilled, placeOf, type Tell } from "./filling.ts";
import { startNightlyCopy } from "./jobs/nightly-copy.ts";
import { startPhotoCleanUp } from "./jobs/photo-clean-up.ts";
import { refuseOpenDemo } from "./loopback.ts";
import { BucketShelf } from "./photos/bucket-shelf.ts";
import { PhotoFiles } from "./photos/files.ts";
import { FolderShelf } from "./photos/folder-shelf.ts";
import { type Shelf, ShelfAway } from "./photos/shelf.ts";
import { Attendance } from "./presence/attendance.ts";
import { SignOuts } from "./session/sign-outs.ts";

export interface Product {
  readonly deps: Deps;
  readonly close: () => Promise<void>;
}

const secrets = ["*.password", "*.token", "*.authorization", "*.cookie", "*.secret"];

/** Opens the database, brings it to this build, fills a new one with the demo, and starts the feed. */
export async function openProduct(env: Env, tell: Tell, image?: string): Promise<Product> {
  const log = pino({ level: env.logLevel, redact: secrets }, pino.destination(2));
  tell(env.databaseUrl ? "连接 PostgreSQL" : `打开内置数据库 ${env.directory}`);
  const db = await openAsApp(env, tell, env.restoreFrom ?? image);
  try {
    const demo = await hasDemo(db);
    if (demo) refuseOpenDemo(env);
    const feed = new Feed(db, log);
    await feed.start();
    const attendance = new Attendance(db, log);
    attendance.start();
    const clock = demo ? demoClock(env.demoToday, await lastRecorded(db)) : realClock;
    const stopCopies =
      db.kind === "embedded" ? startNightlyCopy(db, path.resolve(env.directory), log) : () => {};
    const shelf = env.bucket ? new BucketShelf(env.bucket) : new FolderShelf(env.filesDirectory);
    if (env.bucket) await tellIfAway(shelf, tell);
    const stopCleanUp = startPhotoCleanUp(db, shelf, log);
    const close = async () => {
      stopCopies();
      stopCleanUp();
      feed.stop();
      attendance.stop();
      await db.close();
    };
    return {
      deps: {
        db,
        clock,
        env,
        log,
        feed,
        attendance,
        photos: new PhotoFiles(shelf),
        signOuts: new SignOuts(),
        demo,
      },
      close,
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** The app's handle is opened while the owner still holds the embedded database, so that it is not closed in between. */
async function openAsApp(env: Env, tell: Tell, image?: string): Promise<Database> {
  const owner = await openFilled(env, { filling: "demo", tell, image });
  try {
    return await openDatabase(env.appUrl ? { url: env.appUrl } : placeOf(env));
  } finally {
    await owner.close();
  }
}

/** Wrong keys are told at the start, not to the first clerk who uploads; everything else works without photos. */
async function tellIfAway(shelf: Shelf, tell: Tell): Promise<void> {
  try {
    await shelf.get("guatu");
  } catch (error) {
    if (!(error instanceof ShelfAway)) throw error;
    tell(`照片的对象存储用不了（${error.message}）：请核对 GUATU_S3_… 各项。其他功能照常。`);
  }
}

async function hasDemo({ sql }: Database): Promise<boolean> {
  const [row] = await sql<{ demo: boolean }[]>`
    select exists (select from account where demo and disabled_at is null) as demo`;
  return row?.demo ?? false;
}

async function lastRecorded({ sql }: Database): Promise<Date> {
  const [row] = await sql<{ at: Date }[]>`select at from feed_head`;
  return row?.at ?? new Date(0);
}
