import fc from "fast-check";
import { expect, test } from "vitest";
import { datums, readPosition, showPosition } from "./coordinates.ts";

const metresApart = ([ax = 0, ay = 0]: readonly number[], [bx = 0, by = 0]: readonly number[]) =>
  Math.hypot((ax - bx) * 95_280, (ay - by) * 111_320);

test("what is shown in a datum, typed back, is the same place within a metre", () => {
  const anywhere = fc.tuple(
    fc.double({ min: 120.86, max: 122.1, noNaN: true }),
    fc.double({ min: 30.65, max: 31.85, noNaN: true }),
  );
  fc.assert(
    fc.property(anywhere, fc.constantFrom(...datums), (place, datum) => {
      const typed = readPosition(showPosition(datum, place), datum);
      expect("at" in typed && metresApart(typed.at, place)).toBeLessThan(datum === "CGCS2000" ? 0.02 : 2);
    }),
  );
});

test("the plane of the 3° zone is the published projection's", () => {
  // Worked with proj4: +proj=tmerc +lon_0=120 +x_0=500000 +a=6378137 +rf=298.257222101.
  expect(showPosition("CGCS2000", [121.07712, 31.12972])).toBe("602732.87, 3445855.71");
  const typed = readPosition("602732.87, 3445855.71", "CGCS2000");
  expect("at" in typed && metresApart(typed.at, [121.07712, 31.12972])).toBeLessThan(0.02);
});

test("GCJ-02 lies some hundreds of metres off, and is taken back", () => {
  const typed = readPosition("121.07712, 31.12972", "GCJ-02");
  expect("at" in typed && metresApart(typed.at, [121.07712, 31.12972])).toBeGreaterThan(300);
});

test("swapped, foreign and unreadable numbers are told apart", () => {
  expect(readPosition("31.12972 121.07712", "WGS84")).toEqual({
    why: "坐标不在上海范围内，可能把经度和纬度写反了。要对调吗？",
    swapped: [121.07712, 31.12972],
  });
  expect(readPosition("116.4, 39.9", "WGS84")).toEqual({ why: "坐标不在上海范围内，请核对坐标系和数值" });
  expect(readPosition("朱家角", "WGS84")).toMatchObject({ why: expect.stringContaining("例如 121.07712") });
});
