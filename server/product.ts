import path from "node:path";
import pino from "pino";
import { type Database, openDatabase } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { isEmpty, seed } from "#db/seed.ts";
import { demoClock, realClock } from "./clock.ts";
import type { Deps } from "./deps.ts";
import { type Env, WrongSetting } from "./env.ts";
import { Feed } from "./events/feed.ts";
import { SignOuts } from "./session/sign-outs.ts";

/** Tells the terminal what is being done: `Tell("创建数据库")`. */
export type Tell = (line: string) => void;

export interface Product {
  readonly deps: Deps;
  readonly close: () => Promise<void>;
}

/** Opens the database, brings it to this build, fills an empty one with the demo, and starts the feed. */
export async function openProduct(env: Env, tell: Tell, image?: string): Promise<Product> {
  const log = pino(
    { level: env.logLevel, redact: ["*.password", "*.token", "*.authorization", "*.cookie"] },
    pino.destination(2),
  );
  const db = await preparedDatabase(env, tell, image);
  try {
    const demo = await hasDemo(db);
    refuseOpenDemo(env, demo);
    const feed = new Feed(db, log);
    await feed.start();
    const clock = demo ? demoClock(env.demoToday, await lastRecorded(db)) : realClock;
    const close = async () => {
      feed.stop();
      await db.close();
    };
    return { deps: { db, clock, env, log, feed, signOuts: new SignOuts(), demo }, close };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** The database under the app role, migrated and filled by its owner first. */
export async function preparedDatabase(env: Env, tell: Tell, image?: string): Promise<Database> {
  const place = env.databaseUrl
    ? { url: env.databaseUrl }
    : { directory: path.resolve(env.directory), image };
  tell(env.databaseUrl ? "连接 PostgreSQL" : `打开内置数据库 ${env.directory}`);
  const owner = await openDatabase({ ...place, role: "owner", max: 2 });
  try {
    await migrate(owner);
    if (await isEmpty(owner)) {
      refuseOpenDemo(env, true);
      tell("写入规划数据和演示数据（只在第一次）");
      await seed(owner, { password: env.demoPassword, today: env.demoToday });
    }
    return await openDatabase(env.appUrl ? { url: env.appUrl } : place);
  } finally {
    await owner.close();
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

/** Everybody knows the default password: with it a demo is for this machine alone. */
function refuseOpenDemo(env: Env, demo: boolean): void {
  if (demo && env.openDemo && !env.onLoopback)
    throw new WrongSetting(
      `演示账号还用着默认口令，不能在 ${env.host} 上对外提供服务。\n` +
        "请先设置 GUATU_DEMO_PASSWORD（至少 8 个字符）再启动，或者用 HOST=127.0.0.1。\n" +
        "(Demo accounts still have the default password: set GUATU_DEMO_PASSWORD, or keep HOST on loopback.)",
    );
}
