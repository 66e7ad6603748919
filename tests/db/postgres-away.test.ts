import { describe, expect, inject, test } from "vitest";
import { DatabaseBusy, DatabaseUnavailable } from "#db/errors.ts";
import { openDatabase } from "#db/open.ts";
import { cuttable } from "#tests/support/cuttable.ts";
import { answers } from "#tests/support/databases.ts";
import { needs } from "#tests/support/machine.ts";

const url = inject("postgresUrl");

describe.skipIf(url === null)(`a database that goes away (needs ${needs.postgis.name})`, () => {
  test("calls reject as DatabaseUnavailable while it is away, work when it is back, and the bell rings then", async () => {
    const line = await cuttable(new URL(url ?? ""));
    const database = await openDatabase({ url: line.url, max: 2 });
    await database.ready();
    const running = database.sql`select pg_sleep(5)`;
    running.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    let rings = 0;
    database.onBell(() => {
      rings += 1;
    });
    line.cut();
    await expect(running).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(database.ready()).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(database.transaction((tx) => tx`select 1`)).rejects.toBeInstanceOf(DatabaseUnavailable);
    await line.mend();
    await expect.poll(() => answers(database), { timeout: 5000 }).toBe(true);
    await expect.poll(() => rings, { timeout: 5000 }).toBeGreaterThan(0);
    await database.close();
    line.cut();
  });

  test("a transaction that loses its line rejects, whatever its code does next, and the process lives", async () => {
    const line = await cuttable(new URL(url ?? ""));
    const database = await openDatabase({ url: line.url, max: 1 });
    const during = database.transaction(async (tx) => {
      await tx`select 1`;
      setTimeout(line.cut, 50);
      await tx`select pg_sleep(5)`;
    });
    await expect(during).rejects.toBeInstanceOf(DatabaseUnavailable);
    await line.mend();
    await expect.poll(() => answers(database), { timeout: 5000 }).toBe(true);
    let went: unknown = null;
    const between = database.transaction(async (tx) => {
      await tx`select 1`;
      line.cut();
      await new Promise((resolve) => setTimeout(resolve, 100));
      went = await tx.savepoint((inner) => inner`select 2`).catch((error: unknown) => error);
    });
    await expect(between).rejects.toBeInstanceOf(DatabaseUnavailable);
    await line.mend();
    await expect.poll(() => answers(database), { timeout: 5000 }).toBe(true);
    expect(went === null || went instanceof Error).toBe(true);
    await database.close();
    line.cut();
  });

  test("a terminated session, a statement over its limit and a lock held too long have their types", async () => {
    const database = await openDatabase({ url: url ?? "", max: 2, statementLimit: 4000 });
    const other = await openDatabase({ url: url ?? "", role: "owner", max: 2 });
    await expect(database.sql`select pg_sleep(10)`).rejects.toBeInstanceOf(DatabaseBusy);
    await other.transaction(async (tx) => {
      await tx`select pg_advisory_xact_lock(7)`;
      await expect(database.sql`select pg_advisory_xact_lock(7)`).rejects.toBeInstanceOf(DatabaseBusy);
    });
    const ended = database.sql`select pg_sleep(3)`;
    ended.catch(() => {});
    await other.sql`select pg_sleep(0.3)`;
    await other.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guatu' and query like '%pg_sleep(3)%' and pid <> pg_backend_pid()`;
    await expect(ended).rejects.toBeInstanceOf(DatabaseUnavailable);
    await database.ready();
    await Promise.all([database.close(), other.close()]);
  });
});
