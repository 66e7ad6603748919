import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, inject } from "vitest";
import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/open.ts";
import { needs } from "./machine.ts";
import { administer, databaseUrl } from "./postgres.ts";

export interface TestDatabase {
  kind: Database["kind"];
  /** Reads and edits as guatu_app, like the server. */
  app: Database;
  /** Owns everything: for arranging what the app may not. */
  owner: Database;
}

interface OpenedDatabase extends TestDatabase {
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Runs one suite on the embedded database and on PostgreSQL. `open()` gives the database inside a test; before each test
 * every table is as the migrations left it.
 */
export function describeOnBothDatabases(name: string, suite: (open: () => TestDatabase) => void): void {
  describe(`${name} (embedded)`, () => withDatabase(embedded, suite));
  const url = inject("postgresUrl");
  describe.skipIf(url === null)(
    `${name} (${url === null ? `${needs.postgis.name} is missing` : "PostgreSQL"})`,
    () => withDatabase(() => onPostgres(url ?? ""), suite),
  );
}

/** Whether the database answers now; for waiting until it is back. */
export const answers = (database: Database): Promise<boolean> =>
  database.ready().then(
    () => true,
    () => false,
  );

function withDatabase(make: () => Promise<OpenedDatabase>, suite: (open: () => TestDatabase) => void): void {
  let database: OpenedDatabase | null = null;
  beforeAll(async () => {
    database = await make();
  });
  beforeEach(async () => {
    await database?.reset();
  });
  afterAll(async () => {
    await database?.close();
  });
  suite(() => {
    if (!database) throw new Error("open() is for use inside tests and hooks.");
    return database;
  });
}

let shared: Promise<OpenedDatabase> | null = null;

/** Loading the image takes 3 s and 1 GB, so all suites of a worker use one; it ends with the worker. */
async function embedded(): Promise<OpenedDatabase> {
  shared ??= (async () => {
    const place = { directory: path.join(inject("scratch"), randomUUID()), image: inject("embeddedImage") };
    const owner = await openDatabase({ ...place, role: "owner" });
    const app = await openDatabase(place);
    return { kind: "embedded", owner, app, reset: await resetOf(owner), close: async () => {} };
  })();
  return shared;
}

async function onPostgres(url: string): Promise<OpenedDatabase> {
  const name = `guatu_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${name} template ${inject("postgresTemplate")} strategy wal_log`);
  const own = databaseUrl(url, name);
  const owner = await openDatabase({ url: own, role: "owner", max: 3 });
  const app = await openDatabase({ url: own, max: 8 });
  return {
    kind: "postgres",
    owner,
    app,
    reset: await resetOf(owner),
    close: async () => {
      await Promise.all([app.close(), owner.close()]);
      await administer(url, `drop database ${name} with (force)`);
    },
  };
}

/** Empties what the migrations left empty and puts the feed's head back: what they filled is reference data. */
async function resetOf(owner: Database): Promise<() => Promise<void>> {
  const tables = await owner.sql<{ name: string }[]>`
    select quote_ident(c.relname) as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
  const empty: string[] = [];
  for (const { name } of tables) {
    const [row] = await owner.sql.unsafe<{ filled: boolean }[]>(
      `select exists (select from ${name}) as filled`,
    );
    if (row?.filled === false) empty.push(name);
  }
  const hasHead = tables.some(({ name }) => name === "feed_head");
  const [head] = hasHead ? await owner.sql<{ seq: number; at: Date }[]>`select seq, at from feed_head` : [];
  return async () => {
    if (empty.length > 0) await owner.sql.unsafe(`truncate ${empty.join(", ")} restart identity cascade`);
    if (head) await owner.sql`update feed_head set seq = ${head.seq}, at = ${head.at}`;
  };
}
