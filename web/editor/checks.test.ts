import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Geometry } from "#data/domain/change.ts";
import { type Position, partsOf } from "#data/domain/paths.ts";
import { borderOf, covers, distanceTo, justInside } from "./border.ts";
import { faultsAround, faultsOf } from "./checks.ts";
import { snap } from "./snap.ts";

const square: Position[] = [
  [121.07, 31.12],
  [121.08, 31.12],
  [121.08, 31.13],
  [121.07, 31.13],
];
const border = borderOf("310118102", "朱家角镇", {
  type: "Polygon",
  coordinates: [[...square, square[0]!].map((p) => [...p])],
});
const kinds = (parts: Position[][][], own = true) =>
  faultsOf("Polygon", parts, own ? border : null).map((fault) => fault.kind);

const shrunk = square.map(([x = 0, y = 0]) => [121.075 + (x - 121.075) * 0.5, 31.125 + (y - 31.125) * 0.5]);

test("a plain area in the own town has no fault", () => {
  expect(kinds([[shrunk]])).toEqual([]);
});

test("a bow tie is found, with both edges and the place", () => {
  const [a, b, c, d] = shrunk as Position[] as [Position, Position, Position, Position];
  const [fault] = faultsOf("Polygon", [[[a, c, b, d]]], border);
  expect(fault).toMatchObject({ kind: "crossing", title: "边界自相交" });
  expect(fault?.detail).toContain("在第 1 条边和第 3 条边之间");
  expect(fault?.edges.map((edge) => edge.index)).toEqual([0, 2]);
  expect(fault?.at?.[0]).toBeCloseTo(121.075, 6);
  expect(fault?.at?.[1]).toBeCloseTo(31.125, 6);
});

test("a hole inside is fine, a hole over the edge is not", () => {
  const hole = (by: number) =>
    shrunk.map(([x = 0, y = 0]) => [121.075 + (x - 121.075) * 0.5 + by, 31.125 + (y - 31.125) * 0.5]);
  expect(kinds([[shrunk, hole(0)]])).toEqual([]);
  expect(kinds([[shrunk, hole(0.0015)]])).toContain("crossing");
});

test("a vertex over the own border is told in metres; nobody else's border is asked", () => {
  const out = shrunk.map((p, i) => (i === 1 ? [121.0801, 31.1225] : p));
  const [fault] = faultsOf("Polygon", [[out]], border);
  expect(fault?.title).toBe("面跨出朱家角镇界 10 米");
  expect(kinds([[out]], false)).toEqual([]);
});

test("an edge that leaves the town between two vertices inside is found", () => {
  const notched = borderOf("x", "朱家角镇", {
    type: "Polygon",
    coordinates: [
      [
        [121.07, 31.12],
        [121.08, 31.12],
        [121.08, 31.13],
        [121.0751, 31.13],
        [121.075, 31.121],
        [121.0749, 31.13],
        [121.07, 31.13],
        [121.07, 31.12],
      ],
    ],
  });
  const [fault] = faultsOf("Polygon", [[shrunk]], notched);
  expect(fault?.title).toMatch(/第 \d 条边跨出朱家角镇界/);
});

test("swapped coordinates, too few vertices, nothing drawn", () => {
  expect(faultsOf("Point", [[[[31.12, 121.07]]]], null).map((f) => f.kind)).toEqual(["outside-shanghai"]);
  expect(kinds([[shrunk.slice(0, 2)]])).toEqual(["few"]);
  expect(kinds([])).toEqual(["missing"]);
});

test("10,000 edges are checked without comparing each with each", () => {
  const round = Array.from({ length: 10_000 }, (_, i) => {
    const angle = (i / 10_000) * 2 * Math.PI;
    return [121.075 + Math.cos(angle) * 0.004, 31.125 + Math.sin(angle) * 0.004];
  });
  const begin = performance.now();
  expect(kinds([[round]])).toEqual([]);
  // About 60 ms alone; the bound leaves room for a busy machine.
  expect(performance.now() - begin).toBeLessThan(2500);
});

test("a place snapped to the real border is inside it, on edges and corners of every town", () => {
  const towns = JSON.parse(readFileSync("data/seed/geo/townships.geojson", "utf8")) as {
    features: { properties: { code: string; name: string }; geometry: Geometry }[];
  };
  for (const town of towns.features) {
    const own = borderOf(town.properties.code, town.properties.name, town.geometry);
    const ring = partsOf(town.geometry)[0]![0]!;
    for (let i = 0; i < ring.length; i += 4) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      for (const place of [a, [(a[0]! + b[0]!) / 2, (a[1]! + b[1]!) / 2]]) {
        const moved = justInside(own, place);
        expect(covers(own, moved)).toBe(true);
        expect(distanceTo(own, moved)).toBeLessThan(0.8);
      }
    }
  }
});

test("snapping takes a vertex before an edge, and nothing beyond 12 px", () => {
  const project = (p: Position) => [(p[0]! - 121) * 10_000, (p[1]! - 31) * 10_000] as const;
  const back = ([x, y]: readonly [number, number]) => [121 + x / 10_000, 31 + y / 10_000];
  const targets = [
    {
      label: "同层",
      paths: [
        [
          [121, 31],
          [121.01, 31],
        ],
      ],
      closed: false,
    },
  ];
  expect(snap([8, 6], targets, project, back)).toMatchObject({
    position: [121, 31],
    edge: null,
    label: "同层",
  });
  expect(snap([50, 9], targets, project, back)).toMatchObject({
    edge: [
      [121, 31],
      [121.01, 31],
    ],
  });
  expect(snap([50, 13], targets, project, back)).toBeNull();
});

test("while a vertex is dragged, its own edges are judged as the whole check would", () => {
  const round = Array.from({ length: 40 }, (_, i) => {
    const angle = (i / 40) * 2 * Math.PI;
    return [121.075 + Math.cos(angle) * 0.004, 31.125 + Math.sin(angle) * 0.004];
  });
  const at = { part: 0, ring: 0, index: 7 };
  for (const to of [
    [121.075, 31.125],
    [121.0705, 31.1245],
    [121.0795, 31.1255],
    [121.0801, 31.1299],
    [121.0752, 31.128],
  ]) {
    const parts = [[round.with(7, to)]];
    const whole = faultsOf("Polygon", parts, border).filter((fault) => !fault.advice);
    const near = faultsAround("Polygon", parts, border, at);
    expect(new Set(near.map((fault) => fault.kind))).toEqual(new Set(whole.map((fault) => fault.kind)));
  }
});
