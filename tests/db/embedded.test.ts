import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { Database } from "#db/client.ts";
import { copyEmbedded } from "#db/embedded.ts";
import { DatabaseBusy, DatabaseUnavailable } from "#db/errors.ts";
import { openDatabase } from "#db/open.ts";
import { buildChild } from "#tests/support/build-child.ts";
import { answers } from "#tests/support/databases.ts";

const endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
const directory = path.join(inject("scratch"), `embedded-${process.pid}`);
const open = (
  options: { statementLimit?: number; queueLimit?: number; directory?: string; image?: string } = {},
) => openDatabase({ directory, image: inject("embeddedImage"), role: "owner", ...options });

describe("the embedded database's limits", () => {
  /** Two handles on one database: only the second has the limit, so that a slow machine ends nothing else. */
  let database: Database;
  let limited: Database;
  beforeAll(async () => {
    database = await open({ queueLimit: 50 });
    limited = await open({ statementLimit: 3000 });
    await database.sql`create table kept (n int)`;
    await database.sql`insert into kept values (1)`;
  });
  afterAll(() => Promise.all([limited.close(), database.close()]));
  beforeEach(() => expect.poll(() => answers(database), { timeout: 60_000 }).toBe(true));

  test("a statement without end is ended; what waits rejects; the database comes back by itself with its data", async () => {
    let late = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      late = Math.max(late, performance.now() - last - 10);
      last = performance.now();
    }, 10);
    await limited.ready();
    const running = Promise.resolve(limited.sql.unsafe(endless));
    running.catch(() => {});
    await pause(200);
    const waiting = Array.from({ length: 20 }, () => database.sql`select n from kept`);
    const results = await Promise.allSettled([running, ...waiting]);
    for (const result of results)
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(DatabaseUnavailable) });
    await expect(database.sql`select 1`).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(database.ready()).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(database.transaction((tx) => tx`select 1`)).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect.poll(() => answers(database), { timeout: 60_000 }).toBe(true);
    clearInterval(watch);
    expect(await database.sql`select n from kept`).toEqual([{ n: 1 }]);
    // In the API's own thread the loop would stand for the statement's whole 3,000 ms; the rest is for a loaded machine.
    expect(late).toBeLessThan(1500);
  });

  test("a transaction that is ended so leaves nothing", async () => {
    const ended = limited.transaction(async (tx) => {
      await tx`insert into kept values (2)`;
      await tx.unsafe(endless);
    });
    await expect(ended).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect.poll(() => answers(database), { timeout: 60_000 }).toBe(true);
    expect(await database.sql`select n from kept`).toEqual([{ n: 1 }]);
  });

  test("the statement over the queue's limit is refused at once, the others are answered", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) => database.sql`select ${n}::int as n`),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(50);
    for (const result of results.slice(50))
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(DatabaseBusy) });
    expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test("a second handle of this process joins the same database", async () => {
    const second = await open();
    expect(await second.sql`select n from kept`).toEqual([{ n: 1 }]);
    await second.close();
    await database.ready();
  });

  test("a copy makes a new database with the same rows", async () => {
    const copy = `${directory}-copy.tar.gz`;
    await copyEmbedded(database, copy);
    const restored = await open({ directory: `${directory}-restored`, image: copy });
    expect(await restored.sql`select n from kept`).toEqual([{ n: 1 }]);
    await restored.close();
  });
});

describe("the embedded database and other processes", () => {
  const shared = `${directory}-shared`;
  let program: string;
  beforeAll(async () => {
    program = await buildChild("tests/support/inserting-child.ts");
    const database = await open({ directory: shared });
    await database.sql`create table kept (n int)`;
    await database.close();
  });
  afterAll(() => rmSync(path.dirname(program), { recursive: true, force: true }));

  test("a second process is refused with the directory's name, and kill -9 loses no acknowledged row", async () => {
    const child = spawn(process.execPath, [program, shared], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (data: Buffer) => {
      said += data.toString();
    });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    await expect.poll(() => said, { timeout: 60_000 }).toContain("\n200\n");

    await expect(open({ directory: shared })).rejects.toThrow(shared);
    await expect(open({ directory: shared })).rejects.toThrow(`process ${child.pid}`);

    await pause(300);
    child.kill("SIGKILL");
    await exited;
    const acknowledged = Number(said.split("\n").slice(1, -1).at(-1));
    const database = await open({ directory: shared });
    const [row] = await database.sql<{ rows: number; least: number }[]>`
      select count(*) filter (where n <= ${acknowledged})::int as rows, min(n) as least from kept`;
    expect(row).toEqual({ rows: acknowledged, least: 1 });
    await database.close();
  });
});
