import { describe, expect, test } from "vitest";
import type { Light } from "#data/domain/light.ts";
import { type Cell, judge, tell } from "./hide.ts";

const cell = (light: Light, home: string, n: number, readable = false): Cell => ({
  key: home,
  layerNo: 1,
  light,
  home,
  readable,
  n,
});
const town = (cells: readonly Cell[], code: string, towns?: readonly string[]) =>
  tell(judge(cells, { byTown: true, towns }).filter(({ home }) => home === code));
const district = (cells: readonly Cell[], towns?: readonly string[]) =>
  tell(
    judge(
      cells.map((each) => ({ ...each, key: "layer" })),
      { byTown: false, towns },
    ),
  );

describe("counts of what may not be seen one by one", () => {
  test("a cell under 5 is neither told nor in the total", () => {
    const cells = [cell("late", "a", 4), cell("late", "b", 3), cell("done", "a", 5)];
    expect(town(cells, "a")).toMatchObject({ total: 5, lights: { late: 0, done: 5 }, hidden: true });
  });

  test("what the reader sees anyway is told from one", () => {
    const own = town([cell("late", "a", 1, true)], "a");
    expect(own).toMatchObject({ total: 1, lights: { late: 1 } });
    expect(own.hidden).toBeUndefined();
  });

  test("one hidden town takes the next smallest with it, else the district's number would tell it", () => {
    const cells = [cell("late", "a", 3), cell("late", "b", 6), cell("late", "c", 60)];
    expect(["a", "b", "c"].map((code) => town(cells, code).total)).toEqual([0, 0, 60]);
    expect(district(cells).total).toBe(69);
  });

  test("asking for fewer towns tells no more of them", () => {
    const cells = [cell("late", "a", 3), cell("late", "b", 6), cell("late", "c", 60)];
    expect(district(cells, ["a", "c"]).total - district(cells, ["c"]).total).toBe(0);
    expect(town(cells, "b", ["b"])).toMatchObject({ total: 0, hidden: true });
  });

  test("a district with less than 5 is told nothing", () => {
    expect(district([cell("late", "a", 3), cell("late", "b", 1)])).toMatchObject({ total: 0, hidden: true });
  });
});
