import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { boxesMeet, drawnBox, type TileAddress, tileAt } from "#server/tiles/grid.ts";
import { makeTile } from "#server/tiles/queries.ts";
import { type Caller, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { bytesOf, decode } from "./decode.ts";
import { chance, createOf, openTaskforce, point, questionOf, write } from "./fixture.ts";

const centre = [121.08, 31.12] as const;
const tile = tileAt(...centre, 14);
const pathOf = (layer: string, { z, x, y }: TileAddress) => `/tiles/${layer}/${z}/${x}/${y}.mvt`;

describeOnBothDatabases("tiles over HTTP", (open) => {
  let server: TestServer;
  let reader: Caller;
  let token: string;
  const get = (path: string, headers: Record<string, string> = {}) =>
    server.app.request(path, { headers: { ...reader.headers, ...headers } });

  beforeEach(async () => {
    server = await startApi(open());
    reader = await server.as("zhuanban");
    token = await openTaskforce(open());
  });
  afterEach(() => server.close());

  it("refuse what is not a tile or a layer", async () => {
    for (const path of [
      "/tiles/nothing/1/0/0.mvt",
      "/tiles/finding/21/0/0.mvt",
      "/tiles/finding/1/2/0.mvt",
      "/tiles/finding/1/0/0.png",
    ])
      expect((await get(path)).status).toBe(404);
    expect((await server.app.request(pathOf("finding", tile))).status).toBe(401);
  });

  it("go out compressed once, with a strong tag that answers 304", async () => {
    await write(open().app, token, [createOf("finding", point(...centre))]);
    const first = await get(pathOf("finding", tile), { "accept-encoding": "gzip, br" });
    expect(first.headers.get("content-encoding")).toBe("gzip");
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(decode(await bytesOf(first), "finding")).toHaveLength(1);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"/);
    const plain = await get(pathOf("finding", tile));
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(decode(await bytesOf(plain), "finding")).toHaveLength(1);
    expect((await get(pathOf("finding", tile), { "if-none-match": etag })).status).toBe(304);
  });

  it("show a write to whoever names its number, at once", async () => {
    for (let i = 1; i <= 10; i++) {
      const { reply } = await write(open().app, token, [createOf("finding", point(...centre))]);
      const answer = await get(`${pathOf("finding", tile)}?s=${reply.seq}`);
      expect(Number(answer.headers.get("x-guatu-seq"))).toBeGreaterThanOrEqual(reply.seq);
      expect(decode(await bytesOf(answer), "finding")).toHaveLength(i);
    }
  });

  it("of a past that names what it knows are for ever, and do not change with later writes", async () => {
    const day = (date: string) => new Date(`${date}T02:00:00Z`);
    const { reply } = await write(
      open().app,
      token,
      [createOf("finding", point(...centre))],
      day("2025-03-03"),
    );
    await write(open().app, token, [createOf("finding", point(...centre))], day("2025-08-04"));
    const past = await get(`${pathOf("finding", tile)}?at=2025-06-30&known=${reply.seq + 1}`);
    expect(past.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(decode(await bytesOf(past), "finding")).toHaveLength(1);
    const byDay = await get(`${pathOf("finding", tile)}?at=2025-06-30`);
    expect(byDay.headers.get("cache-control")).toBe("private, no-cache");
    expect(decode(await bytesOf(byDay), "finding")).toHaveLength(1);
    expect(decode(await bytesOf(await get(pathOf("finding", tile))), "finding")).toHaveLength(2);
  });

  it("of restricted layers hold only what the reader may see, however they were cached", async () => {
    await write(open().app, token, [createOf("illegal_building", point(121.05, 31.11))]);
    const place = pathOf("illegal_building", tileAt(121.05, 31.11, 14));
    const seen = async (person: Parameters<TestServer["as"]>[0]) => {
      const { headers } = await server.as(person);
      return decode(await bytesOf(await server.app.request(place, { headers })), "illegal_building").length;
    };
    expect(await seen("zhuanban")).toBe(1);
    expect(await seen("xujing")).toBe(0);
    expect(await seen("zhujiajiao")).toBe(1);
    expect(await seen("chengguan")).toBe(1);
    expect(await seen("planner")).toBe(0);
  });

  it("are all fresh at rest after eight writers", async () => {
    const { app } = open();
    const rounds = app.kind === "postgres" ? 25 : 6;
    const random = chance(11);
    const near = (): [number, number] => [
      centre[0] + (random() - 0.5) * 0.08,
      centre[1] + (random() - 0.5) * 0.08,
    ];
    const around = drawnBox(tileAt(...centre, 12));
    const tiles = [12, 13, 14].flatMap((z) => {
      const { x, y } = tileAt(...centre, z);
      return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => ({ z, x: x + dx, y: y + dy })));
    });
    expect(tiles.some((each) => boxesMeet(drawnBox(each), around))).toBe(true);
    let writing = true;
    const writer = async (): Promise<void> => {
      const own: { uid: string; version: number; deleted: boolean }[] = [];
      for (let i = 0; i < rounds; i++) {
        const made = createOf("finding", point(...near()));
        const older = own.filter((each) => !each.deleted);
        const moved = older[Math.floor(random() * older.length)];
        const changes: ChangeOp[] = [made];
        if (moved && i % 3 === 2) changes.push({ op: "delete", feature: moved.uid, base: moved.version });
        else if (moved)
          changes.push({ op: "patch", feature: moved.uid, base: moved.version, geometry: point(...near()) });
        await write(app, token, changes);
        if (moved) moved.deleted = i % 3 === 2;
        if (moved && i % 3 !== 2) moved.version += 1;
        own.push({ uid: made.uid, version: 1, deleted: false });
      }
    };
    const readers = Array.from({ length: 4 }, async () => {
      while (writing) {
        const each = tiles[Math.floor(random() * tiles.length)] ?? tile;
        await (await get(pathOf("finding", each))).arrayBuffer();
      }
    });
    await Promise.all(Array.from({ length: 8 }, writer));
    writing = false;
    await Promise.all(readers);
    await server.deps.feed.reach(await server.head());
    for (const each of tiles) {
      const cached = await get(pathOf("finding", each));
      const fresh = await makeTile(app, questionOf(app, "finding", each));
      expect([each, cached.headers.get("etag")]).toEqual([each, fresh.etag]);
    }
  });
});
