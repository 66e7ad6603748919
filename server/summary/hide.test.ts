import { describe, expect, it } from "vitest";
import { tell } from "./hide.ts";

const cell = (light: "late" | "done", readable: boolean, n: number, key = "a") => ({
  key,
  light,
  readable,
  n,
});

describe("counts of what may not be seen one by one", () => {
  it("tells cells from 5 upwards and leaves smaller ones out of lights and total", () => {
    expect(tell([cell("late", false, 4), cell("done", false, 5)])).toEqual([
      { key: "a", total: 5, lights: { late: 0, warn: 0, normal: 0, none: 0, done: 5 }, hidden: true },
    ]);
  });

  it("tells every count of what the reader may see", () => {
    expect(tell([cell("late", true, 1)])[0]).toMatchObject({ total: 1, lights: { late: 1 } });
  });

  it("keeps the keys apart", () => {
    expect(tell([cell("late", true, 1), cell("late", true, 2, "b")]).map((row) => row.total)).toEqual([1, 2]);
  });
});
