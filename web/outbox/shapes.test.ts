import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { type Box, emptyBox } from "./entry.ts";
import { overlaid } from "./overlaid.ts";
import { type NewEntry, reduce } from "./queue.ts";
import { unsentShapes } from "./shapes.ts";

const point = (lon: number) => ({ type: "Point" as const, coordinates: [lon, 31.1] });
const uid = "0190a0a0-0000-7000-8000-000000000001";
const entry = (id: string, changes: readonly ChangeOp[], more: Partial<NewEntry> = {}): NewEntry => ({
  id,
  account: "a",
  kind: "edit",
  title: "一处",
  what: "改",
  layer: "finding",
  subjects: [12],
  changes,
  createdAt: 0,
  tab: "t",
  deed: { name: "改" },
  ...more,
});
const box = (...entries: readonly NewEntry[]): Box =>
  entries.reduce<Box>((now, each) => reduce(now, { kind: "enqueue", entry: each }), emptyBox);
const shapes = (now: Box) =>
  unsentShapes(now.entries).map(({ subject, kind, geometry, stopped }) => [
    subject,
    kind,
    geometry.coordinates[0],
    stopped,
  ]);

test("the map shows what is new, moved and taken away; each place once, as it was left last", () => {
  const create: ChangeOp = { op: "create", uid, layer: "finding", geometry: point(121), properties: {} };
  const now = box(
    entry("a", [create], { subjects: [uid] }),
    entry("b", [{ op: "patch", feature: uid, base: 1, geometry: point(121.1) }], {
      subjects: [uid],
      on: "a",
    }),
    entry("c", [{ op: "patch", feature: 12, base: 5, set: { remark: "x" } }]),
    entry("d", [{ op: "patch", feature: 13, base: 5, geometry: point(121.2) }], { subjects: [13] }),
    entry("e", [{ op: "delete", feature: 14, base: 5 }], { subjects: [14], was: point(121.3) }),
  );
  expect(shapes(now)).toEqual([
    [uid, "new", 121.1, false],
    [13, "changed", 121.2, false],
    [14, "gone", 121.3, false],
  ]);
});

test("a neighbour whose edge moved along is drawn too, and what was not taken is told apart", () => {
  const both: ChangeOp[] = [
    { op: "patch", feature: 12, base: 5, geometry: point(121) },
    { op: "patch", feature: 13, base: 2, geometry: point(121.1) },
  ];
  const problem = { type: "", title: "", status: 422, code: "invalid", request: "" };
  const now = reduce(box(entry("a", both)), { kind: "refused", id: "a", problem });
  expect(shapes(now)).toEqual([
    [12, "changed", 121, true],
    [13, "changed", 121.1, true],
  ]);
});

test("a place reads as it will be: waiting changes on top of what is stored, refused ones not", () => {
  const { entries } = box(
    entry("a", [{ op: "patch", feature: 12, base: 5, set: { remark: "一" } }]),
    entry("b", [{ op: "patch", feature: 12, base: 5, set: { remark: "二" }, geometry: point(121) }]),
  );
  const stored = { attrs: { remark: "原来", name: "甲" }, geometry: point(120) };
  expect(overlaid([12], stored, entries)).toEqual({
    attrs: { remark: "二", name: "甲" },
    geometry: point(121),
  });
  const [first, second] = entries;
  expect(overlaid([12], stored, [first!, { ...second!, state: "refused" }]).attrs.remark).toBe("一");
});
