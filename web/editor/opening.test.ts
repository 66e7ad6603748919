import { expect, test } from "vitest";
import { layerById } from "#data/layers/registry.ts";
import { type Box, emptyBox } from "../outbox/entry.ts";
import { type NewEntry, reduce } from "../outbox/queue.ts";
import type { Base } from "./base.ts";
import type { Draft } from "./drafts.ts";
import { choiceOf } from "./opening.ts";
import { fresh } from "./steps.ts";

const layer = layerById("finding")!;
const geometry = { type: "Point" as const, coordinates: [121.05, 31.11] };
const docOf = (remark: string) => ({ attrs: { name: "一处", remark }, geometry, progress: {} });
const baseAt = (version: number, remark: string): Base => ({
  feature: 12,
  uid: "0190a0a0-0000-7000-8000-000000000001",
  version,
  doc: docOf(remark),
  taskVersion: {},
});
const stored = baseAt(5, "原来");
const entryOf = (id: string, remark: string, base: Base = stored): NewEntry => ({
  id,
  account: "zhujiajiao",
  kind: "edit",
  title: "一处",
  what: "改备注",
  layer: "finding",
  subjects: [12, stored.uid],
  changes: [{ op: "patch", feature: 12, base: base.version, set: { remark } }],
  edit: { layer: "finding", base, sketch: fresh(docOf(remark)) },
  createdAt: 0,
  tab: "t",
  deed: { name: "改备注" },
  on: base.pending ?? null,
});
const draftOf = (remark: string, base: Base, mends: string | null = null): Draft => ({
  key: "zhujiajiao/12",
  layer: "finding",
  title: "一处",
  base,
  sketch: fresh(docOf(remark)),
  savedAt: 1,
  mends,
});
const queued = (...entries: readonly NewEntry[]): Box =>
  entries.reduce<Box>((box, entry) => reduce(box, { kind: "enqueue", entry }), emptyBox);
const refuse = (box: Box, id: string): Box =>
  reduce(box, {
    kind: "refused",
    id,
    problem: { type: "", title: "不收", status: 422, code: "invalid", request: "", detail: "为什么" },
  });
const choice = (box: Box, draft: Draft | null = null, now: Base = stored) =>
  choiceOf({ layer, stored: now, draft, box, account: "zhujiajiao" });
const remarkOf = ({ base, draft }: ReturnType<typeof choice>) => (draft?.sketch.doc ?? base.doc).attrs.remark;

test("a place with unsent edits opens as I left it, and what I do next builds on the last of them", () => {
  const first = entryOf("a", "改一");
  const second = entryOf("b", "改二", { ...stored, doc: docOf("改一"), pending: "a" });
  const opened = choice(queued(first, second));
  expect([remarkOf(opened), opened.base.pending, opened.draft]).toEqual(["改二", "b", null]);
});

test("another account's unsent edits are none of mine", () => {
  const box = queued({ ...entryOf("a", "别人的"), account: "xujing" });
  expect(remarkOf(choice(box))).toBe("原来");
});

test("a refused edit opens for mending, with its reason", () => {
  const opened = choice(refuse(queued(entryOf("a", "改一")), "a"));
  expect([remarkOf(opened), opened.draft?.mends, opened.stopped?.problem.detail]).toEqual([
    "改一",
    "a",
    "为什么",
  ]);
});

test("a draft comes before all, and mends what it mended", () => {
  const box = refuse(queued(entryOf("a", "改一")), "a");
  const opened = choice(box, draftOf("改一半", stored, "a"));
  expect([remarkOf(opened), opened.draft?.mends]).toEqual(["改一半", "a"]);
  expect(choice(emptyBox, draftOf("改一半", stored, "a")).draft?.mends).toBeNull();
});

test("a draft begun on an edit that was refused since stores both in its place", () => {
  const box = refuse(queued(entryOf("a", "改一")), "a");
  const opened = choice(box, draftOf("改了又改", { ...stored, doc: docOf("改一"), pending: "a" }));
  expect([opened.base.pending, opened.draft?.mends, remarkOf(opened)]).toEqual([undefined, "a", "改了又改"]);
});

test("a draft begun on an edit that was acknowledged since goes on from its version", () => {
  const box = reduce(queued(entryOf("a", "改一")), {
    kind: "acknowledged",
    id: "a",
    reply: { seq: 9, results: [{ op: "patch", id: 12, uid: stored.uid, version: 6 }] },
    at: 1,
  });
  const draft = draftOf("又改", { ...stored, doc: docOf("改一"), pending: "a" });
  const opened = choice(box, draft, baseAt(6, "改一"));
  expect([opened.draft?.base.version, opened.draft?.base.pending]).toEqual([6, undefined]);
});

test("a draft that is stored already can go", () => {
  const opened = choice(emptyBox, draftOf("改一", stored), baseAt(6, "改一"));
  expect([opened.draft, opened.drop]).toEqual([null, "zhujiajiao/12"]);
});
