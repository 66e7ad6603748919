import fc from "fast-check";
import { expect, test } from "vitest";
import { weakArea } from "#data/layers/weak_area.ts";
import { apply, type Doc, dirtyOf, docParts, type Edit } from "./document.ts";
import { fresh, perform, redo, undo } from "./steps.ts";

const original: Doc = {
  attrs: { name: "漕平路桥下空间", problems: ["bad_parking"] },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [121.07, 31.12],
        [121.08, 31.12],
        [121.08, 31.13],
        [121.07, 31.13],
        [121.07, 31.12],
      ],
    ],
  },
  progress: { 7: 50 },
};
const at = (index: number) => ({ part: 0, ring: 0, index });
const last = (doc: Doc, edit: Edit) => apply(weakArea, doc, edit);

const degrees = fc.tuple(
  fc.double({ min: 121, max: 121.2, noNaN: true }),
  fc.double({ min: 31, max: 31.2, noNaN: true }),
);
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant("set" as const),
    field: fc.constantFrom("name", "problems", "remark", "relapsed"),
    value: fc.constantFrom<unknown>("甲", ["a"], undefined, true, 3),
  }),
  fc.record({ kind: fc.constant("progress" as const), task: fc.constant(7), value: fc.nat(100) }),
  fc.record({ kind: fc.constant("move" as const), at: fc.nat(9).map(at), to: degrees }),
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(9).map(at), to: degrees }),
  fc.record({ kind: fc.constant("remove" as const), at: fc.nat(9).map(at) }),
  fc.record({ kind: fc.constant("shift" as const), by: degrees.map(([x, y]) => [x - 121, y - 31]) }),
  fc.constant({ kind: "shape" as const, geometry: original.geometry, name: "重画" }),
  fc.array(fc.nat(9), { maxLength: 3 }).map((ids) => ({
    kind: "regroup" as const,
    geometry: original.geometry,
    pieces: ids.map((id) => ({ uid: `piece-${id}`, geometry: original.geometry! })),
    absorbed: ids.map((id) => ({ feature: id + 1, version: 1, name: "甲" })),
    along: ids.map((id) => ({ feature: id + 20, version: 1, name: "邻", geometry: original.geometry! })),
    name: "分割成 2 处",
  })),
);

/** Only edits the screen could offer: of a vertex that is there, never below a triangle. */
function possible(doc: Doc, edit: Edit): boolean {
  const count = docParts(doc)[0]?.[0]?.length ?? 0;
  if (edit.kind === "move") return edit.at.index < count;
  if (edit.kind === "insert") return edit.at.index <= count;
  if (edit.kind === "remove") return edit.at.index < count && count > 3;
  return true;
}

test("any sequence of edits, undone, is the original; redone, it is the end again", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyEdit, fc.nat(5000)), { maxLength: 30 }), (edits) => {
      let sketch = fresh(original);
      let now = 0;
      for (const [edit, wait] of edits) {
        now += wait;
        if (possible(sketch.doc, edit)) sketch = perform(weakArea, sketch, edit, now);
      }
      const end = sketch.doc;
      while (sketch.done.length > 0) sketch = undo(weakArea, sketch);
      expect(sketch.doc).toEqual(original);
      while (sketch.undone.length > 0) sketch = redo(weakArea, sketch);
      expect(sketch.doc).toEqual(end);
    }),
  );
});

test("steps are named as a person would say them", () => {
  expect(last(original, { kind: "move", at: at(3), to: [121.07, 31.14], snapped: "镇界" }).name).toBe(
    "移动顶点 4，吸附镇界",
  );
  expect(last(original, { kind: "progress", task: 7, value: 62 }).name).toBe("进度 50% → 62%");
  expect(last(original, { kind: "set", field: "problems", value: ["bad_parking", "bad_bikes"] }).name).toBe(
    "问题：加“非机动车乱停放”",
  );
  expect(last(original, { kind: "set", field: "name", value: "桥下" }).name).toBe(
    "名称 漕平路桥下空间 → 桥下",
  );
  expect(last(original, { kind: "set", field: "remark", value: "雨后积水" }).name).toBe("填写备注：雨后积水");
});

test("letters typed into one field are one step, and typing back to the start is none", () => {
  let sketch = fresh(original);
  for (const [n, value] of ["桥", "桥下", "桥下空"].entries())
    sketch = perform(weakArea, sketch, { kind: "set", field: "name", value }, n * 100);
  expect(sketch.done).toHaveLength(1);
  expect(undo(weakArea, sketch).doc).toEqual(original);
  sketch = perform(weakArea, sketch, { kind: "set", field: "name", value: original.attrs.name }, 400);
  expect(sketch.done).toHaveLength(0);
  expect(dirtyOf(original, sketch.doc).count).toBe(0);
});

test("what differs is counted by field, task and shape", () => {
  let sketch = fresh(original);
  sketch = perform(weakArea, sketch, { kind: "move", at: at(0), to: [121.06, 31.12] }, 0);
  sketch = perform(weakArea, sketch, { kind: "progress", task: 7, value: 62 }, 0);
  sketch = perform(weakArea, sketch, { kind: "set", field: "remark", value: "x" }, 0);
  expect(dirtyOf(original, sketch.doc)).toEqual({ fields: ["remark"], tasks: [7], geometry: true, count: 3 });
});
