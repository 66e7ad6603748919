import fc from "fast-check";
import { expect, test } from "vitest";
import type { Geometry } from "./change.ts";
import { merge, mergedSide, type Side, sameValue } from "./merge.ts";
import { mergeGeometry, mergeVertices, type Outcome, sameGeometry } from "./merge-shape.ts";
import { geometryOf, type Position, partsOf, shapeOf } from "./paths.ts";

const square: Geometry = {
  type: "Polygon",
  coordinates: [
    [
      [121.0, 31.1],
      [121.01, 31.1],
      [121.01, 31.11],
      [121.0, 31.11],
      [121.0, 31.1],
    ],
  ],
};
const side = (attrs: Record<string, unknown>, geometry: Geometry = square): Side => ({ attrs, geometry });
const kindOf = (field: string) => (field === "problems" ? ("choices" as const) : ("text" as const));

const moved = (geometry: Geometry, index: number, by: number): Geometry => {
  const parts = partsOf(geometry).map((part) =>
    part.map((path) => path.map((p, i) => (i === index ? [p[0]! + by, p[1]! + by] : p))),
  );
  return geometryOf(shapeOf(geometry), parts);
};

const position = fc
  .tuple(fc.integer({ min: 120_900_000, max: 121_300_000 }), fc.integer({ min: 31_000_000, max: 31_300_000 }))
  .map(([x, y]): Position => [x / 1e6, y / 1e6]);
const path = (min: number) =>
  fc.uniqueArray(position, { minLength: min, maxLength: 12, selector: (p) => p.join() });
const line = path(2).map((p) => geometryOf("LineString", [[p]]));
const polygon = path(4).map((p) => geometryOf("Polygon", [[p]]));
const geometry = fc.oneof(line, polygon);
const attrs = fc.record({
  name: fc.constantFrom("甲", "乙", "丙"),
  problems: fc.subarray(["a", "b", "c", "d"]),
  spaces: fc.option(fc.integer({ min: 0, max: 3 })),
});
const anySide = fc.record({ attrs, geometry });
const swap: Record<Outcome, Outcome> = {
  same: "same",
  mine: "theirs",
  theirs: "mine",
  both: "both",
  conflict: "conflict",
};

test("nothing changed by me: the merge is theirs; nothing by them: it is mine", () => {
  fc.assert(
    fc.property(anySide, anySide, (base, x) => {
      for (const merged of [merge(base, base, x, { kindOf }), merge(base, x, base, { kindOf })]) {
        expect(merged.clean).toBe(true);
        expect(sameGeometry(merged.geometry.value, x.geometry)).toBe(true);
      }
      const attrs = mergedSide(x, merge(base, base, x, { kindOf }));
      for (const [field, value] of Object.entries(x.attrs)) expect(sameValue(attrs[field], value)).toBe(true);
    }),
  );
});

test("both did the same: no conflict", () => {
  fc.assert(
    fc.property(anySide, anySide, (base, x) => {
      const merged = merge(base, x, x, { kindOf });
      expect(merged.clean).toBe(true);
      expect(sameGeometry(merged.geometry.value, x.geometry)).toBe(true);
    }),
  );
});

test("swapping the sides swaps mine and theirs and keeps every agreed value", () => {
  fc.assert(
    fc.property(anySide, anySide, anySide, (base, a, b) => {
      const ab = merge(base, a, b, { kindOf });
      const ba = merge(base, b, a, { kindOf });
      expect(ba.geometry.outcome).toBe(swap[ab.geometry.outcome]);
      if (ab.geometry.outcome !== "conflict")
        expect(sameGeometry(ab.geometry.value, ba.geometry.value)).toBe(true);
      for (const field of ab.fields) {
        const other = ba.fields.find((f) => f.field === field.field)!;
        expect(other.outcome).toBe(swap[field.outcome]);
        if (field.outcome !== "conflict") expect(sameValue(other.value, field.value)).toBe(true);
      }
    }),
  );
});

test("vertices moved by both never conflict while they are different ones, and every move is kept", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("LineString" as const, "Polygon" as const),
      path(6),
      fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 5 }),
      fc.nat({ max: 62 }),
      (shape, points, ours, mask) => {
        const theirs = [0, 1, 2, 3, 4, 5].filter((i) => !ours.includes(i) && (mask >> i) % 2 === 1);
        const base = geometryOf(shape, [[points]]);
        const away = (by: number, set: number[]) =>
          geometryOf(shape, [[points.map((p, i) => (set.includes(i) ? [p[0]! + by, p[1]!] : p))]]);
        const merged = mergeGeometry(base, away(1, ours), away(2, theirs));
        expect(merged.outcome).not.toBe("conflict");
        const result = partsOf(merged.value)[0]![0]!;
        const expected = points.map((p, i) =>
          ours.includes(i) ? [p[0]! + 1, p[1]!] : theirs.includes(i) ? [p[0]! + 2, p[1]!] : p,
        );
        expect(sameGeometry(geometryOf(shape, [[result]]), geometryOf(shape, [[expected]]))).toBe(true);
      },
    ),
  );
});

test("I insert a corner where the colleague moves its neighbour: both stand", () => {
  const mine: Geometry = {
    type: "Polygon",
    coordinates: [
      [...square.coordinates[0]!.slice(0, 2), [121.015, 31.105], ...square.coordinates[0]!.slice(2)],
    ] as number[][][],
  };
  const merged = mergeGeometry(square, mine, moved(square, 2, 0.001));
  expect(merged.outcome).toBe("both");
  expect(partsOf(merged.value)[0]![0]).toHaveLength(5);
  expect(merged).toMatchObject({ movedByMe: 1, movedByThem: 1 });
});

test("both move the same corner differently: a person decides", () => {
  const merged = mergeGeometry(square, moved(square, 2, 0.001), moved(square, 2, 0.002));
  expect(merged.outcome).toBe("conflict");
});

test("offered vertex by vertex: mine where both moved the same corner, theirs elsewhere", () => {
  const merged = mergeVertices(square, moved(square, 2, 0.001), moved(moved(square, 2, 0.002), 0, -0.001))!;
  expect(sameGeometry(merged, moved(moved(square, 2, 0.001), 0, -0.001))).toBe(true);
});

test("a vertex-wise merge that crosses itself is a conflict", () => {
  const merged = mergeGeometry(square, moved(square, 1, 0.001), moved(square, 2, 0.001), () => false);
  expect(merged.outcome).toBe("conflict");
});

test("a ring that comes back turned and started elsewhere is the same shape", () => {
  const [a, b, c, d] = square.coordinates[0] as number[][];
  const turned: Geometry = { type: "Polygon", coordinates: [[c!, b!, a!, d!, c!]] };
  expect(sameGeometry(square, turned)).toBe(true);
  expect(mergeGeometry(square, moved(square, 0, 0.001), moved(turned, 3, 0.001)).outcome).toBe("both");
});

test("problems merge as a set: what I add and what the colleague takes away both hold", () => {
  const merged = merge(
    side({ problems: ["a", "b"] }),
    side({ problems: ["a", "b", "c"] }),
    side({ problems: ["b"] }),
    { kindOf },
  );
  expect(merged.clean).toBe(true);
  expect(sameValue(merged.fields[0]!.value, ["b", "c"])).toBe(true);
});

test("the same field changed to two values is a conflict, and the choice decides", () => {
  const theirs = side({ name: "丙", spaces: 4 });
  const merged = merge(side({ name: "甲", spaces: 3 }), side({ name: "乙", spaces: 3 }), theirs);
  expect(merged.clean).toBe(false);
  expect(merged.fields.map((f) => [f.field, f.outcome])).toEqual([
    ["name", "conflict"],
    ["spaces", "theirs"],
  ]);
  expect(mergedSide(theirs, merged)).toEqual({ name: "乙", spaces: 4 });
  expect(mergedSide(theirs, merged, { name: "theirs" })).toEqual({ name: "丙", spaces: 4 });
});

test("ten times the vertices are about ten times the work: two sides of a long edge, and a shape drawn anew", () => {
  const ring = (count: number, by: (i: number) => number): Geometry => {
    const path = Array.from({ length: count }, (_, i): Position => {
      const angle = (i / count) * 2 * Math.PI;
      return [121.1 + Math.cos(angle) / 100 + by(i), 31.1 + Math.sin(angle) / 100];
    });
    return geometryOf("Polygon", [[path]]);
  };
  const cost = (count: number) => {
    const base = ring(count, () => 0);
    const mine = ring(count, (i) => (i < count / 3 ? 0.0001 : 0));
    const anew = ring(count, () => 0.0002);
    const runs = [1, 2, 3].map(() => {
      const begun = performance.now();
      expect(mergeGeometry(base, mine, anew).outcome).toBe("conflict");
      return performance.now() - begun;
    });
    return Math.min(...runs);
  };
  cost(1_000);
  expect(cost(20_000) / cost(2_000)).toBeLessThan(40);
});
