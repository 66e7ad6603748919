import { bench, describe, inject } from "vitest";
import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/open.ts";
import { tileAt } from "#server/tiles/grid.ts";
import { tileFromPostgis, tileFromRows } from "#server/tiles/queries.ts";
import { startApi } from "#tests/support/api.ts";
import { administer, databaseUrl } from "#tests/support/postgres.ts";
import { chance, createOf, openTaskforce, point, questionOf, write } from "#tests/tiles/fixture.ts";

/** `npx vitest bench --project db --run tests/bench/tiles.bench.ts`: what HTTP, rights and the cache cost over the bare query. */
const url = inject("postgresUrl");
const features = 20_000;
const centre = [121.1, 31.1] as const;

interface Ground {
  readonly db: Database;
  readonly ask: (path: string) => Promise<ArrayBuffer>;
}
let made: Promise<Ground> | undefined;
/** Suite hooks do not run around benches, so the first that asks fills the database; it ends with the run's cluster. */
const ground = (): Promise<Ground> => {
  made ??= fill(url ?? "");
  return made;
};

async function fill(cluster: string): Promise<Ground> {
  await administer(cluster, `create database guatu_tile_bench template ${inject("postgresTemplate")}`);
  const place = databaseUrl(cluster, "guatu_tile_bench");
  const owner = await openDatabase({ url: place, role: "owner", max: 2 });
  const db = await openDatabase({ url: place, max: 4 });
  const database = { kind: db.kind, app: db, owner };
  const server = await startApi(database);
  const headers = { ...(await server.as("zhuanban")).headers, "accept-encoding": "gzip" };
  const token = await openTaskforce(database);
  const random = chance(5);
  const somewhere = () => point(120.9 + random() * 0.4, 30.95 + random() * 0.35);
  for (let done = 0; done < features; done += 2_000)
    await write(
      db,
      token,
      Array.from({ length: 2_000 }, () => createOf("finding", somewhere())),
    );
  await owner.sql`analyze`;
  await owner.close();
  return { db, ask: async (path) => (await server.app.request(path, { headers })).arrayBuffer() };
}

describe.skipIf(url === null)(`a tile of ${features} findings on PostGIS`, () => {
  const options = { throws: true, time: 1_500, setup: async () => void (await ground()) };
  for (const z of [10, 12, 14]) {
    const tile = tileAt(...centre, z);
    const path = `/tiles/finding/${z}/${tile.x}/${tile.y}.mvt`;
    let nth = 0;
    describe(`zoom ${z}`, () => {
      bench(
        "bare query, ST_AsMVT",
        async () => {
          const { db } = await ground();
          await tileFromPostgis(db, questionOf(db, "finding", tile));
        },
        options,
      );
      bench(
        "rows encoded in process",
        async () => {
          const { db } = await ground();
          await tileFromRows(db, questionOf(db, "finding", tile));
        },
        options,
      );
      bench(
        "over HTTP, as of an instant, not cached",
        async () => {
          // Another instant each time is another key of the cache; nothing was recorded between them.
          nth += 1;
          await (await ground()).ask(
            `${path}?at=${new Date(Date.UTC(2025, 8, 15, 0, 59) + nth * 7).toISOString()}`,
          );
        },
        options,
      );
      bench("over HTTP, cached", async () => void (await (await ground()).ask(path)), options);
    });
  }
});
