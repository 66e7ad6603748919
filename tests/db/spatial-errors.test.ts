import { expect, test } from "vitest";
import type { Sql } from "#db/client.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const bowTie = "ST_GeomFromText('POLYGON((0 0,1 1,1 0,0 1,0 0))')";
const square = "ST_GeomFromText('POLYGON((0 0,2 0,2 1,0 1,0 0))')";
const shapes = `(values (1, ${square}), (2, ${bowTie})) shape(n, geom)`;
const overlays = ["ST_Union", "ST_Intersection", "ST_Difference", "ST_SymDifference"];
/** A parameter, even an unused one, makes postgres.js speak the extended protocol. */
const extended = (sql: Sql, statement: string, options: { prepare?: boolean } = {}) =>
  sql.unsafe(`${statement} where $1::int is not null`, [1], options);
const failing = { name: "PostgresError", code: "XX000" };

describeOnBothDatabases("an overlay of a self-crossing geometry", (open) => {
  test.each(overlays)("%s is an error, by the simple and by the extended protocol", async (overlay) => {
    const { sql } = open().owner;
    const statement = `select ${overlay}(geom, ${square}) from ${shapes}`;
    await expect(sql.unsafe(statement).simple()).rejects.toMatchObject(failing);
    await expect(extended(sql, statement)).rejects.toMatchObject(failing);
    await expect(extended(sql, statement, { prepare: true })).rejects.toMatchObject(failing);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test("a bare INSERT keeps none of the rows before the bad one", async () => {
    const { sql } = open().owner;
    await sql`create table if not exists overlay (n int, geom geometry)`;
    const statement = `insert into overlay select n, ST_Union(geom, ${square}) from ${shapes}`;
    await expect(sql.unsafe(statement).simple()).rejects.toMatchObject(failing);
    await expect(extended(sql, statement)).rejects.toMatchObject(failing);
    expect(await sql`select n from overlay`).toEqual([]);
    await sql`drop table overlay`;
  });

  test("a transaction cannot commit after it, even when the error is caught", async () => {
    const { owner } = open();
    await owner.sql`create table if not exists kept (n int)`;
    const swallowing = owner.transaction(async (tx) => {
      await tx`insert into kept values (1)`;
      await tx.unsafe(`select ST_Difference(${bowTie}, ${square})`).catch(() => {});
      await tx`insert into kept values (2)`.catch(() => {});
    });
    await expect(swallowing).rejects.toMatchObject(failing);
    expect(await owner.sql`select n from kept`).toEqual([]);
    await owner.sql`drop table kept`;
  });

  test("a function sees it: EXCEPTION catches it, and without EXCEPTION the call fails", async () => {
    const { sql } = open().owner;
    await sql.unsafe(`create or replace function caught() returns text language plpgsql as $$
      begin perform ST_Union(${bowTie}, ${square}); return 'went on';
      exception when others then return sqlstate; end $$`);
    await sql.unsafe(`create or replace function uncaught() returns int language sql as
      $$ select ST_NPoints(ST_Union(geom, ${square})) from ${shapes} where n = 2 $$`);
    expect(await sql`select caught() as how`).toEqual([{ how: "XX000" }]);
    await expect(sql`select uncaught()`).rejects.toMatchObject(failing);
    await sql`drop function caught(), uncaught()`;
  });

  test("a savepoint takes it back, and the rest commits", async () => {
    const { owner } = open();
    await owner.sql`create table if not exists kept (n int)`;
    await owner.transaction(async (tx) => {
      await tx`insert into kept values (1)`;
      await tx
        .savepoint((inner) =>
          inner.unsafe(`insert into kept select ST_NPoints(ST_Union(geom, ${square})) from ${shapes}`),
        )
        .catch(() => {});
    });
    expect(await owner.sql`select n from kept`).toEqual([{ n: 1 }]);
    await owner.sql`drop table kept`;
  });

  test("a hundred of them leave the database as it was", async () => {
    const { sql } = open().owner;
    for (let n = 0; n < 100; n += 1)
      await expect(sql.unsafe(`select ST_Union(${bowTie}, ${square})`)).rejects.toMatchObject(failing);
    expect(await sql.unsafe(`select ST_Area(ST_Intersection(${square}, ${square})) as area`)).toEqual([
      { area: 2 },
    ]);
  });
});
