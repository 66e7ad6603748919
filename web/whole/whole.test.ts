import { expect, test } from "vitest";
import type { Who } from "#data/domain/account.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { keyRoad } from "#data/layers/key_road.ts";
import { weakArea } from "#data/layers/weak_area.ts";
import { consequences, extentOf, firstSpec, heldBack, mayEditWhole } from "./whole.ts";

const who = (role: Who["role"], unit: string, town: string | null = null): Who => ({
  account: "a",
  name: "a",
  role,
  unit,
  unitName: unit,
  town,
});
const part = (id: number, town: string, attrs: Record<string, unknown>): SelectionRow => ({
  id,
  no: `QP-DL-${id}`,
  layer: "key_road",
  name: `第 ${id} 段`,
  town,
  light: "normal",
  at: [121, 31],
  version: 1,
  may: true,
  attrs: { parent_road: "318国道", ...attrs },
  tasks: [],
});
const rows = [
  part(1, "310118106", { road_class: "national" }),
  part(2, "310118105", { road_class: "national" }),
  part(3, "310118105", { parent_road: "崧泽高架" }),
];
const own = rows.slice(0, 2);

test("a whole road is changed by its lead unit and the 专班, not by a town, and only where a layer has parts", () => {
  expect(mayEditWhole(who("editor", "lvhua"), keyRoad)).toBe(true);
  expect(mayEditWhole(who("taskforce", "zhuanban"), keyRoad)).toBe(true);
  expect(mayEditWhole(who("reviewer", "xujing", "310118106"), keyRoad)).toBe(false);
  expect(mayEditWhole(who("viewer", "lvhua"), keyRoad)).toBe(false);
  expect(mayEditWhole(who("taskforce", "zhuanban"), weakArea)).toBe(false);
});

test("it begins with what all parts have; where they differ nothing is filled in", () => {
  expect(firstSpec(keyRoad, own).fields.map(({ field, value }) => [field, value])).toEqual([
    ["parent_road", "318国道"],
    ["road_class", "national"],
  ]);
  const mixed = [own[0]!, part(2, "310118105", { road_class: "main" })];
  expect(firstSpec(keyRoad, mixed).fields.map(({ field }) => field)).toEqual(["parent_road"]);
});

test("it is told how many parts in which towns, and what another name does", () => {
  expect(extentOf(keyRoad, "318国道", own)).toBe("318国道现有 2 段，在徐泾、赵巷 2 个镇街");
  const named = (value: string) => ({
    layer: keyRoad.id,
    fields: [{ field: "parent_road", way: "set" as const, value }],
    task: {},
  });
  expect(consequences(keyRoad, rows, "318国道", named("318国道"))).toEqual([]);
  expect(consequences(keyRoad, rows, "318国道", named("崧泽高架"))[0]).toContain("已有 1 段");
  expect(consequences(keyRoad, rows, "318国道", named("沪青平公路"))[0]).toContain("新名字");
});

test("one part that may not be changed holds the whole back", () => {
  const planned = (kind: "change" | "refused") => ({ row: rows[0]!, kind, parts: [], ops: [] });
  expect(heldBack(keyRoad, [planned("change")])).toBeNull();
  expect(heldBack(keyRoad, [planned("change"), planned("refused")])).toContain("1 段现在不能改");
});
