import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Geometry } from "#data/domain/change.ts";
import type { Parts, Path } from "#data/domain/paths.ts";
import { pathLength, roundPosition } from "#data/domain/plane.ts";
import { borderOf } from "../border.ts";
import { faultsOf } from "../checks.ts";
import { cleaned, simplified } from "./clean.ts";
import { clippedArea, clippedLine, joined, united, untangled, without } from "./clip.ts";
import { cutArea, cutLine } from "./cut.ts";
import { withHole, withoutHole } from "./hole.ts";
import { partArea } from "./size.ts";

const [lon0, lat0] = [121.05, 31.11];
/** Metres round a place in 朱家角, as stored. */
const m = (x: number, y: number) => roundPosition(lon0 + x / 95_280, lat0 + y / 111_320);
const total = (parts: Parts) => parts.reduce((sum, part) => sum + partArea(part), 0);

/** A star-shaped ring of `radii.length` vertices: never crosses itself, often concave. */
const ringOf = (radii: readonly number[], turn = 0): Path =>
  radii.map((r, i) => {
    const angle = turn + (i / radii.length) * 2 * Math.PI;
    return m(r * Math.cos(angle), r * Math.sin(angle));
  });
const anyRadii = fc.array(fc.integer({ min: 100, max: 400 }), { minLength: 4, maxLength: 24 });
/** With a hole or without. */
const anyPart = fc.tuple(anyRadii, fc.boolean()).map(([radii, holed]): readonly Path[] => {
  const shell = ringOf(radii);
  const hole = ringOf([20, 25, 30, 15, 22]);
  return holed ? [shell, hole] : [shell];
});
const far = fc.integer({ min: -300, max: 300 });
const anyCut = fc
  .tuple(far, fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), far), { maxLength: 2 }), far)
  .map(
    ([from, middle, to]): Path => [
      m(-700, from),
      ...middle.map(([dx, y], i) => m(-200 + i * 400 + dx, y)),
      m(700, to),
    ],
  );

test("an area cut by a line and merged again is the area it was", () => {
  fc.assert(
    fc.property(anyPart, anyCut, (part, line) => {
      const pieces = cutArea(part, line);
      const whole = partArea(part);
      expect(total(pieces)).toBeCloseTo(whole, -2);
      for (const piece of pieces)
        expect(faultsOf("Polygon", [piece], null).filter((f) => f.kind === "crossing")).toEqual([]);
      const again = united(pieces);
      expect(Math.abs(total(again) - whole)).toBeLessThan(whole * 0.0005 + 3);
    }),
    { numRuns: 200 },
  );
});

test("a line right through a square makes two halves; one that ends inside makes none", () => {
  const square = [m(0, 0), m(100, 0), m(100, 100), m(0, 100)];
  const halves = cutArea([square], [m(40, -20), m(40, 120)]);
  expect(halves.map((half) => Math.round(partArea(half) / 100) * 100)).toEqual([6000, 4000]);
  expect(cutArea([square], [m(40, -20), m(40, 50)])).toEqual([[square]]);
  const holed = [square, [m(30, 30), m(50, 30), m(50, 50), m(30, 50)]];
  expect(cutArea(holed, [m(40, -20), m(40, 40)])).toEqual([holed]);
  const through = cutArea(holed, [m(40, -20), m(40, 120)]);
  expect(through.map((piece) => piece.length)).toEqual([1, 1]);
  expect(total(through)).toBeCloseTo(10_000 - 400, -2);
});

test("a comb cut across falls into all its teeth", () => {
  const comb = [
    m(0, 0),
    m(500, 0),
    m(500, 100),
    m(400, 100),
    m(400, 40),
    m(300, 40),
    m(300, 100),
    m(200, 100),
  ];
  const ring = [...comb, m(200, 40), m(100, 40), m(100, 100), m(0, 100)];
  expect(cutArea([ring], [m(-50, 70), m(550, 70)])).toHaveLength(4);
});

test("a line cut and joined again has its length and its ends", () => {
  const anyLine = fc
    .array(fc.tuple(far, far), { minLength: 2, maxLength: 12 })
    .map((points): Path => points.map(([x, y], i) => m(x + i * 700, y)));
  fc.assert(
    fc.property(anyLine, fc.integer({ min: 50, max: 650 }), (line, x) => {
      const pieces = cutLine(line, [m(x, -2000), m(x, 2000)]);
      expect(pieces.reduce((sum, piece) => sum + pathLength(piece), 0)).toBeCloseTo(pathLength(line), 0);
      const [again, ...rest] = joined(pieces);
      expect(rest).toEqual([]);
      expect([again?.[0], again?.at(-1)]).toEqual([line[0], line.at(-1)]);
    }),
  );
});

test("a hole cut and taken away again leaves exactly what was there", () => {
  fc.assert(
    fc.property(anyRadii, (radii) => {
      const parts: Parts = [[ringOf(radii)]];
      const hole = ringOf([12, 20, 14, 18], 0.3);
      const cut = withHole(parts, hole);
      expect(cut?.[0]).toHaveLength(2);
      expect(total(cut!)).toBeCloseTo(total(parts) - partArea([hole]), 3);
      expect(withoutHole(cut!, 0, 1)).toEqual(parts);
    }),
  );
});

test("a hole over the edge is a bite: only what it covers goes", () => {
  const square: Parts = [[[m(0, 0), m(100, 0), m(100, 100), m(0, 100)]]];
  const bite = [m(80, 40), m(120, 40), m(120, 60), m(80, 60)];
  expect(withHole(square, bite)).toBeNull();
  expect(Math.round(total(without(square, [[bite]])) / 10) * 10).toBe(9600);
});

test("a slip of the hand is taken off, a true bow tie keeps both halves", () => {
  const kinds = (parts: Parts) => faultsOf("Polygon", parts, null).map((fault) => fault.kind);
  const slipped: Parts = [[[m(0, 0), m(100, 0), m(100, 100), m(0, 100), m(-8, 4), m(4, -6)]]];
  const crossed: Parts = [[[m(0, 0), m(200, 0), m(200, 200), m(10, 200), m(10, -12), m(0, -12)]]];
  expect(kinds(crossed)).toContain("crossing");
  for (const parts of [slipped, crossed]) {
    expect(untangled(parts)).toHaveLength(1);
    expect(kinds(untangled(parts))).toEqual([]);
  }
  const tie: Parts = [[[m(0, 0), m(100, 100), m(100, 0), m(0, 100)]]];
  expect(untangled(tie)).toHaveLength(2);
  expect(total(untangled(tie))).toBeCloseTo(5000, -2);
});

test("repeated vertices and spikes go, the rest stays", () => {
  const good = [m(0, 0), m(100, 0), m(100, 100), m(0, 100)];
  const bad = [good[0]!, good[0]!, good[1]!, m(300, 50), m(100, 2), good[2]!, good[3]!];
  const [ring] = cleaned("Polygon", [[bad]])[0]!;
  expect(ring).not.toContainEqual(m(300, 50));
  expect(cleaned("Polygon", [[good]])).toEqual([[good]]);
});

test("simplifying drops no vertex further off than it says", () => {
  const wavy = Array.from({ length: 2000 }, (_, i) => {
    const angle = (i / 2000) * 2 * Math.PI;
    return m((300 + Math.sin(angle * 90)) * Math.cos(angle), (300 + Math.sin(angle * 90)) * Math.sin(angle));
  });
  const [[ring = []] = []] = simplified("Polygon", [[wavy]], 3);
  expect(ring.length).toBeLessThan(120);
  expect(Math.abs(partArea([ring]) - partArea([wavy]))).toBeLessThan(Math.PI * 600 * 3);
  expect(simplified("Polygon", [[wavy.slice(0, 3)]], 500)).toEqual([[wavy.slice(0, 3)]]);
});

test("clipped to any town, what is left has no vertex and no edge outside it", () => {
  const towns = JSON.parse(readFileSync("data/seed/geo/townships.geojson", "utf8")) as {
    features: { properties: { code: string; name: string }; geometry: Geometry }[];
  };
  for (const town of towns.features) {
    const border = borderOf(town.properties.code, town.properties.name, town.geometry);
    const ring = border.rings[0]!;
    for (const k of [0, Math.floor(ring.length / 3), Math.floor(ring.length / 2)]) {
      const [lon = 0, lat = 0] = ring[k]!;
      const around = ringOf([500, 700, 400, 600, 550]).map(([x = 0, y = 0]) =>
        roundPosition(x - lon0 + lon, y - lat0 + lat),
      );
      const area = clippedArea([[around]], border);
      expect(total(area)).toBeLessThan(partArea([around]));
      expect(faultsOf("Polygon", area, border).filter((f) => f.kind !== "few")).toEqual([]);
      const line = clippedLine([[[around[0]!, around[2]!]]], border);
      if (line.length > 0) expect(faultsOf("LineString", line, border)).toEqual([]);
    }
  }
});
