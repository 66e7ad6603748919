import { describe, expect, it } from "vitest";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import { type Tile, TileCache } from "./cache.ts";
import { drawnBox } from "./grid.ts";

const box = drawnBox({ z: 12, x: 3423, y: 1675 });
const place = { layer: "finding", box };
const inside = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
const elsewhere = [0, 0, 0, 0];
const tile = (k: number, bytes = 100): Tile => ({ gzipped: new Uint8Array(bytes), etag: `"${k}"`, k });
const change = (seq: number, more: Partial<ChangeEvent> = {}): ChangeEvent => ({
  seq,
  kind: "feature",
  id: 1,
  layer: "finding",
  op: "patch",
  before: inside,
  after: inside,
  ...more,
});

describe("the tile cache", () => {
  it("drops a tile when a change of its layer meets its box before or after", () => {
    for (const boxes of [
      { before: inside, after: elsewhere },
      { before: elsewhere, after: inside },
      { before: null, after: inside },
    ]) {
      const cache = new TileCache();
      cache.store("a", place, tile(1));
      cache.drop([change(2, boxes)]);
      expect(cache.get("a")).toBeUndefined();
    }
  });

  it("keeps a tile when the change is elsewhere, in another layer, or a report", () => {
    const cache = new TileCache();
    cache.store("a", place, tile(1));
    cache.drop([
      change(2, { before: elsewhere, after: elsewhere }),
      change(3, { layer: "signboard" }),
      change(4, { kind: "report", layer: null, before: null, after: null }),
    ]);
    expect(cache.get("a")?.k).toBe(1);
  });

  it("refuses a tile that was made before a change it has already seen", () => {
    const cache = new TileCache();
    cache.drop([change(7)]);
    expect(cache.store("a", place, tile(6))).toBe(false);
    expect(cache.store("a", place, tile(7))).toBe(true);
  });

  it("does not let a reader after a change join a tile begun before it", async () => {
    const cache = new TileCache();
    let finish: (made: Tile) => void = () => {};
    const slow = cache.getOrMake("a", place, () => new Promise((resolve) => (finish = resolve)));
    cache.drop([change(2)]);
    expect((await cache.getOrMake("a", place, async () => tile(2))).k).toBe(2);
    finish(tile(1));
    expect((await slow).k).toBe(1);
    expect(cache.get("a")?.k).toBe(2);
  });

  it("makes a tile once for all who ask at the same time", async () => {
    const cache = new TileCache();
    let made = 0;
    const make = async () => tile(++made);
    await Promise.all([1, 2, 3].map(() => cache.getOrMake("a", place, make)));
    expect(made).toBe(1);
  });

  it("stays within its bytes, least recently used first", () => {
    const cache = new TileCache(3_000);
    for (const key of ["a", "b"]) cache.store(key, place, tile(1, 1_000));
    cache.get("a");
    cache.store("c", place, tile(1, 1_000));
    expect(cache.keys()).toEqual(["a", "c"]);
    expect(cache.size.bytes).toBeLessThanOrEqual(3_000);
  });

  it("knows nothing after a gap in the feed, and refuses what is older", () => {
    const cache = new TileCache();
    cache.store("a", place, tile(1));
    cache.clear(9);
    expect(cache.keys()).toEqual([]);
    expect(cache.store("a", place, tile(8))).toBe(false);
  });
});
