import { describe, expect, it } from "vitest";
import { parseSearch } from "./parse.ts";

describe("a search text", () => {
  it("is a coordinate in either order, with either comma", () => {
    for (const text of ["121.1,31.1", "31.1,121.1", "121.1，31.1", " 31.1 121.1 "])
      expect(parseSearch(text).coordinate).toEqual({ at: [121.1, 31.1], from: "WGS84" });
  });

  it("is moved from GCJ-02 to WGS84 when it says so: some 400 m in 青浦", () => {
    for (const text of ["gcj 121.1,31.1", "高德121.1,31.1", "GCJ-02: 31.1,121.1"]) {
      const { coordinate } = parseSearch(text);
      expect(coordinate?.from).toBe("GCJ-02");
      expect(coordinate?.at[0]).toBeCloseTo(121.0955, 3);
      expect(coordinate?.at[1]).toBeCloseTo(31.102, 3);
    }
  });

  it("is a target by its number", () => {
    for (const text of ["11", "任务11", "任务 11", "T11"]) expect(parseSearch(text).target).toBe(11);
    expect(parseSearch("21").target).toBeUndefined();
  });

  it("is a shown number, with or without 青浦's letters", () => {
    for (const text of ["QP-RQ-07", "rq-07", "RQ7"])
      expect(parseSearch(text).shown).toEqual({ prefix: "RQ", id: 7 });
    expect(parseSearch("QP-GD12-301").shown).toEqual({ prefix: "GD12", id: 301 });
  });

  it("is words otherwise", () => {
    expect(parseSearch("夏阳湖")).toEqual({ text: "夏阳湖" });
  });
});
