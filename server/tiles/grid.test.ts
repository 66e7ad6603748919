import { describe, expect, it } from "vitest";
import { boxesMeet, drawnBox, parseTile, tileAt, tileBox } from "./grid.ts";

describe("the tile grid", () => {
  it("takes zoom 0 to 20 and places inside the zoom's grid only", () => {
    expect(parseTile("12", "3423", "1675")).toEqual({ z: 12, x: 3423, y: 1675 });
    for (const [z, x, y] of [
      ["21", "0", "0"],
      ["1", "2", "0"],
      ["1", "0", "2"],
      ["-1", "0", "0"],
      ["1.5", "0", "0"],
      ["x", "0", "0"],
    ] as const)
      expect(parseTile(z, x, y)).toBeNull();
  });

  it("puts 青浦 where the map does", () => {
    const tile = tileAt(121.11, 31.15, 12);
    expect(tile).toEqual({ z: 12, x: 3425, y: 1674 });
    const [w, s, e, n] = tileBox(tile);
    expect(w <= 121.11 && 121.11 < e && s <= 31.15 && 31.15 < n).toBe(true);
  });

  it("draws 64/4096 of a tile beyond its edge", () => {
    const [w, , e] = tileBox({ z: 10, x: 856, y: 418 });
    const [drawnW, , drawnE] = drawnBox({ z: 10, x: 856, y: 418 });
    expect((w - drawnW) / (e - w)).toBeCloseTo(1 / 64, 9);
    expect((drawnE - e) / (e - w)).toBeCloseTo(1 / 64, 9);
  });

  it("meets on the shared edge", () => {
    expect(boxesMeet([0, 0, 1, 1], [1, 1, 2, 2])).toBe(true);
    expect(boxesMeet([0, 0, 1, 1], [1.1, 0, 2, 1])).toBe(false);
  });
});
