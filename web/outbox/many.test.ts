import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { OpOutcome } from "#data/domain/preview.ts";
import type { FeatureBody } from "#data/domain/wire/feature.ts";
import { type Box, emptyBox, type Member } from "./entry.ts";
import { heldBack, sorted } from "./many.ts";
import { nextChange, partlyHeld } from "./plan.ts";
import { reduce } from "./queue.ts";

const ids = [1, 2, 3];
const patch = (feature: number, base = 5): ChangeOp => ({ op: "patch", feature, base, set: { remark: "x" } });
const members: Member[] = ids.map((id) => ({ id, layer: "finding", name: `第 ${id} 处`, ops: 1 }));
const many = {
  name: "批量修改",
  members,
  form: { kind: "bulk" as const, spec: { layer: null, fields: [], task: {} } },
};
const ok: OpOutcome = { ok: true, result: { op: "patch", id: 1, version: 6 } };
const foreign: OpOutcome = { ok: false, code: "forbidden", detail: "在徐泾镇，不归你修改" };
const stale = (changed: readonly string[]): OpOutcome => ({
  ok: false,
  code: "stale",
  detail: "",
  stale: { changed, seq: 9, feature: { guatu: { version: 8, deleted: false } } as FeatureBody },
});
const problem = { type: "", title: "", status: 403, code: "forbidden", request: "", detail: "不归你修改" };
const told = {
  account: "a",
  title: "批量修改 3 处",
  what: "改备注",
  layer: "finding",
  tab: "t",
  createdAt: 0,
};
const queued = (): Box =>
  reduce(emptyBox, {
    kind: "enqueue",
    entry: {
      ...told,
      id: "all",
      kind: "many",
      subjects: ids,
      changes: ids.map((id) => patch(id)),
      many,
      deed: { name: "改" },
    },
  });
const parted = (box: Box, outcomes: readonly OpOutcome[]): Box =>
  reduce(box, {
    kind: "parted",
    id: "all",
    leftId: "left",
    problem,
    ...sorted(box.entries[0]!, outcomes),
  });

test("what can be stored goes on under the same key; what cannot stays with the name of each place and its reason", () => {
  const { entries } = parted(queued(), [ok, foreign, ok]);
  const [going, left] = entries;
  expect(going).toMatchObject({
    id: "all",
    state: "waiting",
    title: "批量修改 2 处",
    subjects: [1, 3],
    changes: [patch(1), patch(3)],
  });
  expect(left).toMatchObject({
    id: "left",
    state: "refused",
    subjects: [2],
    changes: [patch(2)],
    partOf: "all",
  });
  expect(left?.many?.members).toEqual([{ ...members[1], why: "在徐泾镇，不归你修改" }]);
  expect(left?.title).toBe("批量修改 第 2 处");
});

test("a place that somebody changed elsewhere goes on over the newer state, one that was changed in the same field does not", () => {
  const { entries } = parted(queued(), [stale(["managed_by"]), stale(["remark"]), ok]);
  expect(entries[0]?.changes).toEqual([patch(1, 8), patch(3)]);
  expect(entries[1]?.many?.members[0]?.why).toContain("备注");
});

test("when none can be stored the list stays one entry, and a retry sends all of it", () => {
  const box = parted(queued(), [foreign, foreign, foreign]);
  expect(box.entries).toHaveLength(1);
  expect(box.entries[0]).toMatchObject({ id: "all", state: "refused", changes: ids.map((id) => patch(id)) });
  expect(reduce(box, { kind: "retry", ids: ["all"] }).entries[0]?.state).toBe("waiting");
});

test("one refused place holds back its own part of a later list, and nothing else", () => {
  const first = {
    ...told,
    id: "first",
    kind: "edit" as const,
    subjects: [2],
    changes: [patch(2)],
    deed: { name: "改" },
  };
  const all = {
    ...told,
    id: "all",
    kind: "many" as const,
    subjects: ids,
    changes: ids.map((id) => patch(id)),
    many,
    deed: { name: "改" },
  };
  const refused = { kind: "refused" as const, id: "first", problem };
  const box = [
    { kind: "enqueue" as const, entry: first },
    { kind: "enqueue" as const, entry: all },
    refused,
  ].reduce(reduce, emptyBox);
  expect(nextChange(box, "a", 0)).toBeUndefined();
  const { entry, held } = partlyHeld(box, "a")!;
  const after = reduce(box, {
    kind: "parted",
    id: "all",
    leftId: "left",
    problem: null,
    ...heldBack(entry, held),
  });
  expect(nextChange(after, "a", 0)).toMatchObject({ id: "all", subjects: [1, 3], after: [] });
  expect(after.entries.find(({ id }) => id === "left")).toMatchObject({
    state: "waiting",
    after: ["first"],
    subjects: [2],
  });
  expect(partlyHeld(after, "a")).toBeUndefined();
});

test("what was done on top of a list waits for that part of it that holds its place", () => {
  const step = (id: string, place: number) => ({
    kind: "enqueue" as const,
    entry: {
      ...told,
      id,
      kind: "step" as const,
      subjects: [place],
      changes: [{ op: "task" as const, task: { feature: place, target: 1 }, progress: 5 }],
      deed: { name: "报进度" },
    },
  });
  const before = [step("on stored", 1), step("on refused", 2)].reduce(reduce, queued());
  const { entries } = parted(before, [ok, foreign, ok]);
  const after = (id: string) => entries.find((each) => each.id === id)?.after;
  expect([after("on stored"), after("on refused")]).toEqual([["all"], ["left"]]);
});
