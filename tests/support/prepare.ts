import type { Database } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";

/** Extensions, tables, functions and roles, as an installation gets them. */
export async function prepareDatabase(owner: Database): Promise<void> {
  for (const extension of ["postgis", "btree_gist", "pg_trgm"])
    await owner.sql.unsafe(`create extension if not exists ${extension}`);
  await migrate(owner);
}
