import { expect, test } from "vitest";
import type { Path, Position } from "./paths.ts";
import { between, pathLength, roundPosition, toDegrees, toPlane } from "./plane.ts";
import { lineMetres, placeAt, readStaked, readStakes, showStakes, stakesAfter, stretchOf } from "./stakes.ts";

const at = (x: number, y: number): Position => {
  const [lon = 0, lat = 0] = toDegrees([x, y]);
  return roundPosition(121.05 + lon, 31.1 + lat);
};
const line = (...points: readonly (readonly [number, number])[]): Path => points.map(([x, y]) => at(x, y));
const off = (a: Position | null | undefined, b: Position) => between(toPlane(a ?? []), toPlane(b));

test.each([
  ["K1+200", { from: 1200, to: null }],
  ["K1+200–K2+050", { from: 1200, to: 2050 }],
  ["k0+30 - 0+5", { from: 5, to: 30 }],
  ["K2+050至K1+200", { from: 1200, to: 2050 }],
])("%s is read as people write it", (text, stakes) => {
  expect(readStakes(text)).toEqual(stakes);
});

test.each(["", "1200", "K1", "K1+200–", "K1+200–K1+200", "K1+2–K1+3–K1+4", "K1+2000"])(
  "%s is not taken for a stake",
  (text) => {
    expect(readStakes(text)).toBeNull();
  },
);

test("a stretch begins and ends at its stakes and keeps every bend between them", () => {
  const road = [[line([0, 0], [1000, 0], [1000, 500], [2000, 500])]];
  const [piece = []] = stretchOf(road, 900, 1700);
  expect(Math.abs(pathLength(piece) - 800)).toBeLessThan(0.1);
  expect(piece.slice(1, -1)).toEqual([at(1000, 0), at(1000, 500)]);
  expect(off(piece[0], at(900, 0))).toBeLessThan(0.05);
  expect(off(piece.at(-1), at(1200, 500))).toBeLessThan(0.05);
  expect(showStakes({ from: 900, to: 1700 })).toBe("K0+900–K1+700");
});

test("a road in parts is measured part by part, and a stretch over the gap is two pieces", () => {
  const road = [[line([0, 0], [100, 0])], [line([300, 0], [400, 0])]];
  expect(lineMetres(road)).toBeCloseTo(200, 0);
  expect(stretchOf(road, 50, 150).map((piece) => Math.round(pathLength(piece)))).toEqual([50, 50]);
});

test("one stake is a place; beyond the end there is none", () => {
  const road = [[line([0, 0], [1000, 0])]];
  expect(off(placeAt(road, 0), at(0, 0))).toBeLessThan(0.05);
  expect(off(placeAt(road, 640), at(640, 0))).toBeLessThan(0.05);
  expect(placeAt(road, 1200)).toBeNull();
});

test("the field names the road by its number and the place on it", () => {
  expect(readStaked("QP-DL-04 K1+200–K2+050")).toEqual({ road: 4, stakes: { from: 1200, to: 2050 } });
  for (const wrong of ["K1+200", "QP-WT-04 K1+200", "QP-DL-04", 7, undefined])
    expect(readStaked(wrong)).toBeNull();
});

const road = [[line([0, 0], [1000, 0], [2000, 0])]];

test("a bend that is drawn in leaves the stakes as they were said", () => {
  const bent = [[line([0, 0], [1000, 80], [2000, 0])]];
  expect(stakesAfter(road, bent, { from: 600, to: 900 })).toEqual({ from: 600, to: 900 });
});

test("a line that begins elsewhere is measured anew, so that the place stays where it is", () => {
  const cut = [[line([500, 0], [1000, 0], [2000, 0])]];
  expect(stakesAfter(road, cut, { from: 1200, to: null })).toEqual({ from: 700, to: null });
  const turned = [[line([2000, 0], [0, 0])]];
  expect(stakesAfter(road, turned, { from: 600, to: 900 })).toEqual({ from: 1100, to: 1400 });
});

test("what lies beyond the new end, or aside of the new line, lies along it no longer", () => {
  expect(stakesAfter(road, [[line([0, 0], [1000, 0])]], { from: 1500, to: null })).toBeNull();
  expect(stakesAfter(road, [[line([0, 300], [2000, 300])]], { from: 600, to: null })).toBeNull();
});
