import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { share } from "./chain.ts";
import { type Box, type EditPart, type Entry, emptyBox } from "./entry.ts";
import { backoff, bodyOf, nextChange, nextTime, nextUpload, verdictOf, waitOf } from "./plan.ts";
import { type BoxEvent, type NewEntry, reduce, settledBase } from "./queue.ts";

const uid = "0190a0a0-0000-7000-8000-000000000001";

const deed = (id: string, more: Partial<NewEntry> = {}): BoxEvent => ({
  kind: "enqueue",
  entry: {
    id,
    account: "zhujiajiao",
    kind: "edit",
    title: "漕平路桥下",
    what: "改备注",
    layer: "weak_area",
    subjects: [12],
    changes: [patch(12, 5)],
    createdAt: 0,
    tab: "tab",
    deed: { name: "改备注" },
    ...more,
  },
});
const patch = (feature: number | string, base: number): ChangeOp => ({
  op: "patch",
  feature,
  base,
  set: { remark: "x" },
});
const photo = (id: string, more: Partial<NewEntry> = {}): BoxEvent =>
  deed(id, {
    kind: "photo",
    changes: [],
    photo: { target: 11, phase: "after", name: "a.jpg", bytes: 1, file: null, claim: null, claimBy: 9000 },
    ...more,
  });
const reply = (results: ChangesReply["results"], seq = 1): ChangesReply => ({ seq, results });
const problem = (status: number, code: string, more: Partial<ProblemBody> = {}): ProblemBody => ({
  type: "about:blank",
  title: "",
  status,
  code,
  request: "",
  ...more,
});
const after = (...events: readonly BoxEvent[]): Box => events.reduce(reduce, emptyBox);
const next = (box: Box, now = 0) => nextChange(box, "zhujiajiao", now)?.id;
const entry = (box: Box, id: string): Entry => box.entries.find((each) => each.id === id)!;
const refused = (id: string): BoxEvent => ({
  kind: "refused",
  id,
  problem: problem(422, "invalid", { detail: "面跨出镇界 12 米" }),
});
const acknowledged = (id: string, version: number, feature = 12): BoxEvent => ({
  kind: "acknowledged",
  id,
  reply: reply([{ op: "patch", id: feature, uid, version, tasks: [] }]),
  at: 100,
});

test("what was done first goes first, and what is done later on the same place waits for it", () => {
  const box = after(
    deed("a"),
    deed("b", { on: "a" }),
    deed("c", { subjects: [99], changes: [patch(99, 1)] }),
  );
  expect(next(box)).toBe("a");
  expect(next(reduce(box, refused("a")))).toBe("c");
});

test("a second edit starts from the version that the first one got", () => {
  const box = after(deed("a"), deed("b", { on: "a", changes: [patch(12, 5)] }), acknowledged("a", 6));
  expect(next(box)).toBe("b");
  expect(entry(box, "b").changes).toEqual([patch(12, 6)]);
});

test("an edit that was not made on the first one keeps its own base, so that the server compares", () => {
  const box = after(deed("a"), deed("b"), acknowledged("a", 6));
  expect(entry(box, "b").changes).toEqual([patch(12, 5)]);
});

test("edits of a place without a number follow its creation and learn its number", () => {
  const create: ChangeOp = {
    op: "create",
    uid,
    layer: "finding",
    geometry: { type: "Point", coordinates: [121, 31] },
    properties: {},
  };
  const box = after(
    deed("a", { subjects: [uid], changes: [create] }),
    deed("b", { subjects: [uid], changes: [patch(uid, 1)], on: "a" }),
    photo("p", { subjects: [uid] }),
  );
  expect(nextUpload(box, "zhujiajiao", 0, new Set())?.id).toBe("p");
  const stored = reduce(box, acknowledged("a", 1, 57));
  expect(entry(stored, "b").subjects).toEqual([57, uid]);
  expect(entry(stored, "p").subjects).toEqual([57, uid]);
  // While its creation is refused, the photo stays too: it would be evidence of nothing.
  const stopped = reduce(reduce(box, refused("a")), { kind: "uploaded", id: "p", file: file("h") });
  expect(next(stopped, 10_000)).toBeUndefined();
});
const file = (sha256: string) => ({
  sha256,
  width: 1,
  height: 1,
  bytes: 1,
  takenAt: null,
  position: null,
});

test("a step waits for all that was done on its place before, photos too", () => {
  const step: ChangeOp = { op: "task", task: 7, base: 3, step: "submit" };
  const box = after(photo("p"), deed("s", { kind: "step", changes: [step] }));
  expect(next(box)).toBeUndefined();
  const up = reduce(box, { kind: "uploaded", id: "p", file: file("h") });
  expect(next(up)).toBeUndefined();
  expect(next(up, 9000)).toBe("p");
  const filed = reduce(up, acknowledged("p", 5));
  expect(next(filed)).toBe("s");
  expect(entry(filed, "s").changes).toEqual([step]);
});

test("a step on top of a report of progress takes the task's new version", () => {
  const report: ChangeOp = { op: "task", task: 7, base: 3, progress: 60 };
  const box = after(
    deed("r", { changes: [report] }),
    deed("s", { kind: "step", changes: [{ op: "task", task: 7, base: 3, step: "submit" }] }),
    {
      kind: "acknowledged",
      id: "r",
      reply: reply([
        {
          op: "task",
          id: 12,
          uid,
          version: 5,
          tasks: [{ id: 7, target: 11, version: 4, state: "underway" }],
        },
      ]),
      at: 1,
    },
  );
  expect(entry(box, "s").changes).toEqual([{ op: "task", task: 7, base: 4, step: "submit" }]);
});

test("what mends a refused edit takes its place, and what waited for that waits for this", () => {
  const box = after(deed("a"), deed("b", { on: "a" }), refused("a"), {
    ...deed("a2"),
    replaces: "a",
  } as BoxEvent);
  expect(box.entries.map(({ id }) => id)).toEqual(["a2", "b"]);
  expect(entry(box, "b").on).toEqual(["a2"]);
  expect(next(box)).toBe("a2");
});

test("giving one up takes what builds on it along, and nothing else", () => {
  const box = after(deed("a"), deed("b", { on: "a" }), deed("c", { on: "b" }), deed("d"), {
    kind: "discard",
    ids: ["a"],
  });
  expect(box.entries.map(({ id }) => id)).toEqual(["d"]);
});

test("the bytes of the first attempt stay until the server has answered", () => {
  const sent = after(deed("a"), { kind: "sent", id: "a", body: "bytes" });
  const again = reduce(sent, { kind: "put-off", id: "a", problem: problem(0, "unreachable"), until: 5 });
  expect(entry(again, "a").body).toBe("bytes");
  expect(next(again, 4)).toBeUndefined();
  expect(next(again, 5)).toBe("a");
  expect(nextTime(again, "zhujiajiao", 0)).toBe(5);
  expect(entry(reduce(again, refused("a")), "a").body).toBeNull();
});

test("nothing is sent under another account", () => {
  expect(nextChange(after(deed("a")), "xujing", 0)).toBeUndefined();
});

test("a draft begun on an unsent edit learns its version, also when that was acknowledged while the page was shut", () => {
  const base = {
    feature: null,
    uid,
    version: 0,
    doc: { attrs: {}, geometry: null, progress: {} },
    taskVersion: {},
  };
  const box = after(deed("a", { subjects: [uid] }), acknowledged("a", 1, 57));
  expect(settledBase(box, { ...base, pending: "a" })).toMatchObject({
    feature: 57,
    version: 1,
    pending: undefined,
  });
  const late = reduce(box, deed("b", { on: "a", subjects: [uid], changes: [patch(uid, 1)] }));
  expect(entry(late, "b")).toMatchObject({ after: [], subjects: [57, uid], changes: [patch(uid, 1)] });
});

test("asking again for a step that was overtaken leaves the decision to the task's own rule", () => {
  const step: ChangeOp = { op: "task", task: 7, base: 3, step: "submit" };
  const box = after(deed("s", { kind: "step", changes: [step] }), refused("s"), {
    kind: "retry",
    ids: ["s"],
  });
  expect(entry(box, "s")).toMatchObject({ state: "waiting", problem: null, changes: [{ base: undefined }] });
});

test("only an answer of our own server is definite", () => {
  const plain = entry(after(deed("a")), "a");
  const kinds = (status: number, code: string) => verdictOf(problem(status, code), plain);
  expect(kinds(0, "unreachable")).toBe("away");
  expect(kinds(503, "unavailable")).toBe("away");
  expect(kinds(429, "too-many")).toBe("away");
  expect(kinds(401, "signed-out")).toBe("signed-out");
  expect(kinds(403, "wrong-origin")).toBe("signed-out");
  expect(kinds(403, "no-problem-body")).toBe("fault");
  expect(kinds(500, "internal")).toBe("fault");
  expect(kinds(412, "stale")).toBe("stale");
  expect(kinds(403, "forbidden")).toBe("refused");
  expect(kinds(410, "gone")).toBe("refused");
});

test("a photo whose file the server lost is uploaded again, and not for ever", () => {
  const errors = [{ at: "changes.0.sha256", message: "" }];
  const lost = problem(422, "invalid", { errors });
  const up = after(photo("p"), { kind: "uploaded", id: "p", file: file("h") });
  expect(verdictOf(lost, entry(up, "p"))).toBe("file-lost");
  const again = reduce(up, { kind: "file-lost", id: "p" });
  expect(nextUpload(again, "zhujiajiao", 0, new Set())?.id).toBe("p");
  expect(verdictOf(lost, { ...entry(up, "p"), attempts: 3 })).toBe("refused");
});

test("waiting doubles up to a minute", () => {
  expect([0, 1, 5, 20].map((n) => backoff(n, 1))).toEqual([1000, 2000, 32_000, 60_000]);
  expect(backoff(0, 0)).toBe(500);
});

test("a clock that is set back holds nothing up: what was put off by the wrong one goes at once", () => {
  const wrong = Date.UTC(2026, 8, 15);
  const right = Date.UTC(2025, 8, 15);
  const box = after(deed("a"), { kind: "put-off", id: "a", problem: problem(500, "fault"), until: wrong });
  expect(nextChange(box, "zhujiajiao", wrong - 1000)).toBeUndefined();
  expect(nextTime(box, "zhujiajiao", wrong - 1000)).toBe(wrong);
  expect(nextChange(box, "zhujiajiao", right)?.id).toBe("a");
  expect(nextTime(box, "zhujiajiao", right)).toBeNull();
  expect(waitOf(0, 1, 86_400)).toBe(3_600_000);
});

test("what waited says since when it was so, by a clock put right; a broken clock says nothing", () => {
  const made = entry(after(deed("a", { createdAt: Date.UTC(2025, 8, 15, 1) })), "a");
  const hour = 3_600_000;
  const told = (text: string) =>
    (JSON.parse(text) as { changes: { effective?: string }[] }).changes[0]?.effective;
  expect(told(bodyOf(made, made.createdAt + 1000, 0))).toBeUndefined();
  expect(told(bodyOf(made, made.createdAt + hour, -hour))).toBe("2025-09-15T00:00:00.000Z");
  expect(told(bodyOf({ ...made, createdAt: 0 }, hour, 0))).toBeUndefined();
});

test("an acknowledgement that comes twice, or for what is gone, changes nothing", () => {
  const box = after(deed("a"), acknowledged("a", 6));
  expect(reduce(box, acknowledged("a", 6))).toBe(box);
  expect(box.done.map(({ id, features }) => [id, features[0]?.version])).toEqual([["a", 6]]);
});

test("the base that an unsent edit is opened with again moves on with it", () => {
  const doc = { attrs: {}, geometry: null, progress: {} };
  const edit: EditPart = {
    layer: "weak_area",
    base: { feature: 12, uid, version: 5, doc, taskVersion: { 7: 3 }, pending: "a" },
    sketch: { doc, done: [], undone: [] },
  };
  const box = after(deed("a"), deed("b", { on: "a", edit }), {
    kind: "acknowledged",
    id: "a",
    reply: reply([
      { op: "patch", id: 12, uid, version: 6, tasks: [{ id: 7, target: 11, version: 4, state: "underway" }] },
    ]),
    at: 1,
  });
  expect(entry(box, "b").edit?.base).toMatchObject({ version: 6, taskVersion: { 7: 4 }, pending: undefined });
});

const anyEntry = fc.record({
  places: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  kind: fc.constantFrom<NewEntry["kind"]>("edit", "step", "many"),
  fate: fc.constantFrom("acknowledged", "refused", "put-off"),
});

test("what touches several places is in order under every one of them, whatever becomes of the others", () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 12 }), (plans) => {
      const id = (n: number) => `e${n}`;
      // Named for one place only, as the editor does: the others are found in the changes.
      let box = after(
        ...plans.map(({ places, kind }, n) =>
          deed(id(n), {
            kind,
            subjects: places.slice(0, 1),
            changes: places.map((place) => patch(place, 1)),
          }),
        ),
      );
      const stopped = new Set<string>();
      const done: number[] = [];
      for (let turn = 0, now = 0; turn < 40; turn++, now += 1000) {
        const going = nextChange(box, "zhujiajiao", now);
        if (!going) continue;
        const n = Number(going.id.slice(1));
        const { fate } = plans[n]!;
        if (fate === "refused") {
          stopped.add(going.id);
          box = reduce(box, refused(going.id));
        } else if (fate === "put-off" && going.attempts === 0)
          box = reduce(box, { kind: "put-off", id: going.id, problem: problem(500, "x"), until: now + 3500 });
        else {
          const results = plans[n]!.places.map((place) => ({
            op: "patch",
            id: place,
            version: 2,
            tasks: [],
          }));
          box = reduce(box, { kind: "acknowledged", id: going.id, reply: reply(results), at: now });
          done.push(n);
        }
      }
      const meet = (a: number, b: number) =>
        plans[a]!.places.some((place) => plans[b]!.places.includes(place));
      for (const [i, later] of done.entries())
        for (const earlier of plans.keys())
          if (earlier < later && meet(earlier, later) && !stopped.has(id(earlier)))
            expect(done.indexOf(earlier)).toBeLessThan(i);
      // Nothing is left behind for ever: it went, was refused, or something before it was.
      for (const entry of box.entries)
        if (entry.state === "waiting")
          expect(box.entries.some((each) => each.order < entry.order && share(each, entry))).toBe(true);
    }),
  );
});
