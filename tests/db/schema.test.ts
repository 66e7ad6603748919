import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as accounts from "#db/schema/account.ts";
import * as changesets from "#db/schema/changeset.ts";
import * as features from "#db/schema/feature.ts";
import * as observations from "#db/schema/observation.ts";
import * as photos from "#db/schema/photo.ts";
import * as programme from "#db/schema/programme.ts";
import * as tasks from "#db/schema/task.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const tables: PgTable[] = [programme, accounts, changesets, features, tasks, observations, photos].flatMap(
  (file) => Object.values(file),
);

describeOnBothDatabases("the typed mirror", (open) => {
  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    "%s has the columns, types and nulls of the migrations",
    async (name, table) => {
      const rows = await open().owner.sql<{ column: string; type: string; required: boolean }[]>`
        select a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
          from pg_attribute a
         where a.attrelid = ${`public.${name}`}::regclass and a.attnum > 0 and not a.attisdropped
         order by a.attname`;
      const mirror = getTableConfig(table)
        .columns.map((column) => ({
          column: column.name,
          type: column.getSQLType(),
          required: column.notNull,
        }))
        .sort((a, b) => (a.column < b.column ? -1 : 1));
      expect(mirror).toEqual([...rows]);
    },
  );
});
