import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { DatabaseUnavailable } from "#db/errors.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

describeOnBothDatabases("the database handle", (open) => {
  test("ids, numbers, days, instants and json arrive as JavaScript values", async () => {
    const [row] = await open().owner.sql`
      select 9007199254740991::bigint as id, 2.50::numeric as n, 12345678901234567890.5::numeric as long,
        date '2026-03-01' as day, timestamptz '2026-03-01 08:00+08' as instant, timestamptz 'infinity' as always,
        '{"a": [1]}'::jsonb as doc, array[1, 2]::bigint[] as ids`;
    expect(row).toEqual({
      id: 9007199254740991,
      n: 2.5,
      long: "12345678901234567890.5",
      day: "2026-03-01",
      instant: new Date("2026-03-01T00:00:00Z"),
      always: new Date(8.64e15),
      doc: { a: [1] },
      ids: [1, 2],
    });
  });

  test("the same values go back, infinity and days included", async () => {
    const { sql } = open().owner;
    const [row] = await sql`
      select ${new Date(8.64e15)}::timestamptz = 'infinity' as always, ${"2026-03-01"}::date as day,
        ${sql.json({ a: [1] })}::jsonb as doc, ${9007199254740991}::bigint as id`;
    expect(row).toEqual({ always: true, day: "2026-03-01", doc: { a: [1] }, id: 9007199254740991 });
  });

  test("the app acts as guatu_app, the owner does not, and days are those of 上海", async () => {
    const { app, owner } = open();
    const ask = `select current_user as name, to_char(timestamptz '2026-03-01 00:00Z', 'HH24') as hour`;
    expect(await app.sql.unsafe(ask)).toEqual([{ name: "guatu_app", hour: "08" }]);
    const [row] = await owner.sql.unsafe(ask);
    expect(row).toMatchObject({ hour: "08" });
    expect(row?.name).not.toBe("guatu_app");
  });

  test("a transaction returns its value, and a throw rolls back", async () => {
    const { owner } = open();
    await owner.sql`create table kept (n int)`;
    expect(
      await owner.transaction(async (tx) => (await tx`insert into kept values (1) returning n`)[0]?.n),
    ).toBe(1);
    const thrown = owner.transaction(async (tx) => {
      await tx`insert into kept values (2)`;
      throw new Error("changed my mind");
    });
    await expect(thrown).rejects.toThrow("changed my mind");
    expect(await owner.sql`select n from kept`).toEqual([{ n: 1 }]);
    await owner.sql`drop table kept`;
  });

  test("the bell rings after the commit of a transaction that notified, and not after its rollback", async () => {
    const { app } = open();
    await pause(300);
    let rings = 0;
    const stop = app.onBell(() => {
      rings += 1;
    });
    const rolledBack = app.transaction(async (tx) => {
      await tx`select pg_notify('feed', '')`;
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await pause(200);
    expect(rings).toBe(0);
    await app.transaction((tx) => tx`select pg_notify('feed', '')`);
    await expect.poll(() => rings).toBe(1);
    stop();
  });

  test("two handles take turns, transaction by transaction", async () => {
    const { app, owner } = open();
    await owner.sql`create table counted (n int)`;
    await owner.sql`insert into counted values (0)`;
    await owner.sql`grant select, update on counted to guatu_app`;
    const add = (database: typeof app) =>
      database.transaction(async (tx) => {
        const [row] = await tx<{ n: number }[]>`select n from counted for update`;
        await pause(1);
        await tx`update counted set n = ${(row?.n ?? 0) + 1}`;
      });
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(n % 2 ? app : owner)));
    expect(await owner.sql`select n from counted`).toEqual([{ n: 20 }]);
    await owner.sql`drop table counted`;
  });

  test("a transaction whose client thinks over 5 s is rolled back and reported as busy", async () => {
    const { app } = open();
    const slow = app.transaction(async (tx) => {
      await tx`select 1`;
      await pause(6000);
      await tx`select 2`;
    });
    await expect(slow).rejects.toBeInstanceOf(DatabaseUnavailable);
    await app.ready();
  });
});
