import { expect, test } from "vitest";
import { weakArea } from "#data/layers/weak_area.ts";
import { allStored, type Base, changesOf, mergeDocs, mergedDoc, newBase, reasonOf } from "./base.ts";
import type { Doc } from "./document.ts";
import { uuid4, uuid7 } from "./uid.ts";

const doc: Doc = {
  attrs: { name: "漕平路桥下空间", problems: ["bad_parking"], remark: "x" },
  geometry: { type: "Point", coordinates: [121.07, 31.12] },
  progress: { 7: 50 },
};
const base: Base = { feature: 3, uid: "u", version: 6, doc, taskVersion: { 7: 2 } };

test("only what differs is sent, under the version it started from", () => {
  const { remark: _, ...rest } = doc.attrs;
  const now: Doc = { ...doc, attrs: { ...rest, name: "桥下" }, progress: { 7: 62 } };
  expect(changesOf(weakArea, base, doc)).toEqual([]);
  expect(changesOf(weakArea, base, now)).toEqual([
    { op: "patch", feature: 3, base: 6, set: { name: "桥下", remark: null } },
    { op: "task", task: 7, base: 2, progress: 62 },
  ]);
});

test("a flow step goes out in one list with what was changed, in one op with the progress", () => {
  const now: Doc = { ...doc, progress: { 7: 100 } };
  expect(changesOf(weakArea, base, now, { task: 7, step: "submit", note: "已清理" })).toEqual([
    { op: "task", task: 7, base: 2, progress: 100, step: "submit", note: "已清理" },
  ]);
});

test("a new place is created under its own uid, and not before it has a shape", () => {
  const fresh = newBase("0198a3c0-0000-7000-8000-000000000000");
  expect(changesOf(weakArea, fresh, fresh.doc)).toEqual([]);
  expect(
    changesOf(weakArea, fresh, { ...fresh.doc, geometry: doc.geometry, attrs: { name: "甲" } }),
  ).toMatchObject([{ op: "create", layer: "weak_area", uid: fresh.uid, properties: { name: "甲" } }]);
});

test("progress merges like a field: mine against the colleague's name is no conflict, two numbers are", () => {
  const mine: Doc = { ...doc, progress: { 7: 62 } };
  const named: Doc = { ...doc, attrs: { ...doc.attrs, name: "桥下" } };
  const disjoint = mergeDocs(weakArea, doc, mine, named, () => true)!;
  expect(disjoint.clean).toBe(true);
  expect(mergedDoc(named, disjoint)).toEqual({ ...named, progress: { 7: 62 } });
  const reported: Doc = { ...doc, progress: { 7: 55 } };
  const overlapping = mergeDocs(weakArea, doc, mine, reported, () => true)!;
  expect(overlapping.clean).toBe(false);
  expect(mergedDoc(reported, overlapping, { "progress:7": "theirs" }).progress).toEqual({ 7: 55 });
});

test("ids are UUIDs of the right version and carry the time", () => {
  const id = uuid7(Date.UTC(2025, 8, 15));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(Date.UTC(2025, 8, 15));
  expect(uuid4()).toMatch(/^[0-9a-f-]{14}4/);
});

test("a split place and what was cut off go out in one list; so do a merged one and what it took in", () => {
  const piece = { uid: "0198a3c0-0000-7000-8000-000000000001", geometry: doc.geometry! };
  const attrs = { ...doc.attrs, external_no: "A-7", schematic: true };
  const whole: Base = { ...base, doc: { ...doc, attrs } };
  const split: Doc = { ...whole.doc, geometry: { type: "Point", coordinates: [121, 31] }, pieces: [piece] };
  const [patch, create] = changesOf(weakArea, whole, split);
  expect(patch).toMatchObject({ op: "patch", feature: 3, base: 6 });
  expect(create).toEqual({
    op: "create",
    layer: "weak_area",
    ...piece,
    properties: { name: "漕平路桥下空间（2）", problems: ["bad_parking"], remark: "x" },
  });
  const merged: Doc = { ...doc, absorbed: [{ feature: 9, version: 4, name: "乙" }] };
  expect(changesOf(weakArea, base, merged)).toEqual([{ op: "delete", feature: 9, base: 4 }]);
  expect(reasonOf(merged)).toBe("合并：乙");
  expect(reasonOf(split)).toBe("分割成 2 处");
});

test("a draft whose save was acknowledged after the page was gone is no draft; one with more to say is", () => {
  const mine: Doc = { ...doc, attrs: { ...doc.attrs, remark: "又改" } };
  const both: Doc = { ...doc, attrs: { ...doc.attrs, remark: "又改", managed_by: "淀山湖市政" } };
  const stored = (now: Doc): Base => ({ ...base, version: 7, doc: now });
  expect(allStored(weakArea, base, mine, stored(mine))).toBe(true);
  // A colleague's other field came in between.
  expect(allStored(weakArea, base, mine, stored(both))).toBe(true);
  expect(allStored(weakArea, base, both, stored(mine))).toBe(false);
  expect(allStored(weakArea, base, mine, base)).toBe(false);
});
