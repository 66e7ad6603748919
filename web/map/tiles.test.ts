import { expect, test } from "vitest";
import { tilesMeeting, tilesOfBoxes } from "./tiles.ts";

test("a point touches its own tile only", () => {
  expect(tilesMeeting([121.1, 31.12, 121.1, 31.12], 12)).toEqual([{ z: 12, x: 3425, y: 1675 }]);
});

test("a point at a tile's edge touches the neighbour, where it is drawn too", () => {
  const edge = (3425 / 4096) * 360 - 180;
  expect(tilesMeeting([edge, 31.12, edge, 31.12], 12)?.map((t) => t.x)).toEqual([3424, 3425]);
});

test("a long road at a high zoom is too many tiles to name", () => {
  expect(tilesMeeting([120.9, 31.0, 121.3, 31.2], 16)).toBeNull();
  expect(tilesOfBoxes([[121.1, 31.12, 121.1, 31.12]], [11, 12])).toHaveLength(2);
});
