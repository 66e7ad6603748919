import { expect, test } from "vitest";
import type { Path, Position } from "#data/domain/paths.ts";
import { roundPosition, toDegrees, toPlane } from "#data/domain/plane.ts";
import { partArea } from "./size.ts";
import { rotated, squared } from "./turn.ts";

const at = (x: number, y: number): Position => {
  const [lon = 0, lat = 0] = toDegrees([x, y]);
  return roundPosition(121.05 + lon, 31.1 + lat);
};
const ring = (...points: readonly (readonly [number, number])[]): Path => points.map(([x, y]) => at(x, y));

/** Degrees at each corner, 0 to 180. */
const angles = (path: Path): number[] =>
  path.map((_, i) => {
    const n = path.length;
    const [a, b, c] = [path[(i + n - 1) % n]!, path[i]!, path[(i + 1) % n]!].map(toPlane);
    const [p, q] = [
      [a![0] - b![0], a![1] - b![1]],
      [c![0] - b![0], c![1] - b![1]],
    ];
    const cos = (p[0]! * q[0]! + p[1]! * q[1]!) / (Math.hypot(p[0]!, p[1]!) * Math.hypot(q[0]!, q[1]!));
    return (Math.acos(Math.max(-1, Math.min(1, cos))) * 180) / Math.PI;
  });

test("a shape turned keeps its area, and turned back its corners to the centimetre", () => {
  const house = [[ring([0, 0], [80, 10], [70, 60], [5, 50])]];
  const turned = rotated(house, 37);
  expect(Math.abs(partArea(turned[0]!) - partArea(house[0]!))).toBeLessThan(1);
  const back = rotated(turned, -37)[0]![0]!;
  for (const [i, position] of back.entries()) {
    const [[ax, ay], [bx, by]] = [toPlane(position), toPlane(house[0]![0]![i]!)];
    expect(Math.hypot(ax - bx, ay - by)).toBeLessThan(0.03);
  }
});

test("a quarter turn clockwise takes north to east", () => {
  const arrow = [[ring([-10, 0], [10, 0], [0, 100])]];
  const [, , tip] = rotated(arrow, 90)[0]![0]!.map(toPlane);
  const [left, right] = rotated(arrow, 90)[0]![0]!.map(toPlane);
  expect(tip![0]).toBeGreaterThan(Math.max(left![0], right![0]));
});

test("corners that are nearly right become right, and a slanted one stays as it was drawn", () => {
  const [[house]] = squared("Polygon", [[ring([0, 0], [81, 3], [78, 52], [40, 49], [2, 51])]]) as [[Path]];
  const [a, b, c, straight, e] = angles(house);
  for (const angle of [a, b, c, e]) expect(Math.abs(angle! - 90)).toBeLessThan(0.3);
  expect(straight).toBeGreaterThan(179);
  const slanted = [[ring([0, 0], [100, 0], [150, 80], [50, 80])]];
  expect(squared("Polygon", slanted)).toEqual(slanted);
});

test("what is square already is not moved by a digit; a line keeps its ends", () => {
  const box = [[ring([0, 0], [100, 0], [100, 50], [0, 50])]];
  expect(squared("Polygon", box)).toEqual(box);
  const line = ring([0, 0], [100, 4], [97, 80]);
  const [[out]] = squared("LineString", [[line]]) as [[Path]];
  expect([out[0], out[2]]).toEqual([line[0], line[2]]);
  expect(Math.abs(angles(out)[1]! - 90)).toBeLessThan(0.3);
});
