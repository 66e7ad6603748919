import { rmSync } from "node:fs";
import path from "node:path";
import type { Database } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { openDatabase } from "#db/open.ts";
import { seed } from "#db/seed.ts";
import { type Env, WrongSetting } from "./env.ts";
import { refuseOpenDemo } from "./loopback.ts";

const progressDays = 50;

/** Tells the terminal what is being done: `tell("打开数据库")`. */
export type Tell = (line: string) => void;

/** `demo`: programme and demo data; `empty`: the programme alone. */
type Filling = "demo" | "empty";

export interface FillOptions {
  readonly filling: Filling;
  readonly tell: Tell;
  /** Image of a migrated embedded database, from which a new one starts sooner. */
  readonly image?: string;
}

/**
 * The owner's database, brought to this build and filled if nobody filled it yet. A filling that was interrupted is begun
 * anew: nobody can have worked in it. The caller closes it.
 */
export async function openFilled(env: Env, options: FillOptions): Promise<Database> {
  const owner = await openOwner(env, options.image);
  try {
    await migrate(owner);
    const state = await fillingOf(owner);
    if (state === "begun") return await beginAnew(env, owner, options);
    if (state === null) await fill(env, owner, options);
    return owner;
  } catch (error) {
    await owner.close();
    throw error;
  }
}

const openOwner = (env: Env, image?: string): Promise<Database> =>
  openDatabase({ ...placeOf(env, image), role: "owner", max: 2 });

/** Where the database is, for openDatabase. */
export const placeOf = (env: Env, image?: string) =>
  env.databaseUrl ? { url: env.databaseUrl } : { directory: path.resolve(env.directory), image };

async function fill(env: Env, owner: Database, { filling, tell }: FillOptions): Promise<void> {
  if (filling === "demo") {
    refuseOpenDemo(env);
    tell("写入演示数据（只在第一次）");
  }
  await mark(owner, "begun");
  await seed(owner, {
    empty: filling === "empty",
    password: env.demoPassword,
    today: env.demoToday,
    onProgress: (done, of) => {
      if (done % progressDays === 0 || done === of) tell(`演示数据 ${done} / ${of} 天`);
    },
  });
  await mark(owner, filling);
}

async function beginAnew(env: Env, owner: Database, options: FillOptions): Promise<Database> {
  if (env.databaseUrl)
    throw new WrongSetting(
      "上次写入演示数据时中断了，这个数据库里只有一部分。请重新建一个空的数据库再启动。\n" +
        "(Seeding was interrupted: create the database anew.)",
    );
  options.tell("上次写入演示数据时中断了，重新开始");
  await owner.close();
  rmSync(path.join(env.directory, "complete"), { force: true });
  return openFilled(env, options);
}

async function fillingOf({ sql }: Database): Promise<Filling | "begun" | null> {
  const [row] = await sql<{ state: Filling | "begun" | null; used: boolean }[]>`
    select (select checksum from schema_migration where name = 'filling') as state,
      exists (select from account) as used`;
  // Somebody made accounts by hand: that database is in use, whatever it says.
  return row?.state ?? (row?.used ? "empty" : null);
}

async function mark({ sql }: Database, state: Filling | "begun"): Promise<void> {
  await sql`insert into schema_migration (name, checksum) values ('filling', ${state})
    on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`;
}
