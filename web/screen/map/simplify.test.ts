import { expect, test } from "vitest";
import { type Ring, simplifyTogether } from "./simplify.ts";

const wavy = (from: number, to: number, at: number): [number, number][] =>
  Array.from({ length: 21 }, (_, i) => [at + (i % 2) * 0.1, from + ((to - from) * i) / 20]);

test("a shared border keeps the same points on both sides", () => {
  const border = wavy(0, 10, 5);
  const left: Ring = [[0, 0], ...border, [0, 10], [0, 0]];
  const right: Ring = [[10, 10], ...[...border].reverse(), [10, 0], [10, 10]];
  const [a = [], b = []] = simplifyTogether([left, right], 0.5);
  const inner = (ring: Ring) => [...new Set(ring.filter(([x]) => x > 4 && x < 6).map(String))].sort();
  expect(inner(a)).toEqual(inner(b));
  expect(a.length).toBeLessThan(left.length / 2);
});

test("corners stay and rings stay closed", () => {
  const [ring = []] = simplifyTogether(
    [
      [
        [0, 0],
        [5, 0.01],
        [10, 0],
        [10, 10],
        [0, 10],
        [0, 0],
      ],
    ],
    0.5,
  );
  expect(ring.at(0)).toEqual(ring.at(-1));
  expect(new Set(ring.map(String))).toEqual(new Set(["0,0", "10,0", "10,10", "0,10"]));
});
