import { expect, test } from "vitest";
import type { SearchHit } from "#data/domain/wire/list.ts";
import { groupHits, searchOfHit } from "./hits.ts";

const hit = (kind: SearchHit["kind"], extra: Partial<SearchHit> = {}): SearchHit => ({
  kind,
  title: kind,
  sub: "",
  ...extra,
});

test("hits are grouped, targets and towns before the many features", () => {
  const groups = groupHits([hit("feature"), hit("place"), hit("town"), hit("feature"), hit("target")]);
  expect(groups.map((g) => [g.name, g.hits.length])).toEqual([
    ["目标任务", 1],
    ["镇街", 1],
    ["图上的点位", 2],
    ["地名", 1],
  ]);
});

test("a feature is selected and looked at, a target filters, a coordinate only moves the map", () => {
  expect(searchOfHit(hit("feature", { id: 7, at: [121.1, 31.1] }))).toEqual({
    sel: "7",
    v: "121.10000,31.10000,15.00",
  });
  expect(searchOfHit(hit("target", { id: 202511 }))).toEqual({ target: "11", sel: undefined });
  expect(searchOfHit(hit("coordinate", { at: [121.2, 31.2] })).v).toBe("121.20000,31.20000,15.00");
});
