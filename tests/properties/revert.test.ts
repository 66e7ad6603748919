import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { stepsFrom, type TaskState } from "#data/domain/task.ts";
import { revertChanges } from "#db/revert.ts";
import { WriteRefused } from "#db/write.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import { findingAt, noon, type Person, person, places, write } from "#tests/support/people.ts";
import {
  dropped,
  emptyJournal,
  type Journal,
  moved,
  nextDeed,
  record,
  type Way,
  widened,
} from "#web/session/journal.ts";

const share = fc.integer({ min: 0, max: 1000 });
/** What somebody does to one of a few places; `n` chooses the place and the values. */
const deed = fc.record({
  kind: fc.constantFrom(
    "create",
    "remark",
    "kind",
    "both",
    "move",
    "duty",
    "delete",
    "restore",
    "older",
    "step",
    "progress",
    "due",
  ),
  n: share,
  claimed: fc.boolean(),
});
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

/** All that stands, byte for byte: places and tasks. */
const standing = async ({ app: { sql } }: TestDatabase) => ({
  places:
    await sql`select id, layer_no, attrs, encode(ST_AsBinary(geom), 'hex') as geom, town, shares, duty, pinyin
    from feature where deleted_seq is null order by id`,
  tasks: await sql`select id, feature_id, target_id, state, due, lead, progress, note, submitted_by
    from task order by id`,
});

/** On one of the `newest` places, so that deeds meet each other often enough. */
const opOf = async (
  db: TestDatabase,
  { kind, n, claimed }: Deed,
  now: Date,
  newest = 1000,
): Promise<ChangeOp | null> => {
  if (kind === "create") return findingAt(places.xujing, { remark: `r${n}` }, randomUUID());
  const rows = await db.app.sql<{ id: number; version: number; deleted: boolean }[]>`
    select * from (select id, version, deleted_seq is not null as deleted from feature order by id desc limit ${newest}) f
     order by id`;
  const row = rows[n % Math.max(1, rows.length)];
  if (!row) return null;
  const ref = {
    feature: row.id,
    base: row.version,
    ...(claimed ? { effective: new Date(now.getTime() - 20 * 60_000).toISOString() } : {}),
  };
  if (kind === "restore") return row.deleted ? { op: "restore", ...ref } : null;
  if (kind === "older") return { op: "restore", ...ref, version: 1 + (n % row.version) };
  if (row.deleted) return null;
  const [x, y] = places.xujing;
  const tasks = await db.app.sql<{ id: number; state: TaskState }[]>`
    select id, state from task where feature_id = ${row.id} order by id`;
  const task = tasks[n % Math.max(1, tasks.length)];
  switch (kind) {
    case "remark":
      return { op: "patch", ...ref, set: { remark: n % 5 ? `r${n}` : null } };
    case "kind":
      return { op: "patch", ...ref, set: { category: n % 2 ? "poor_green" : "street_vending" } };
    case "both":
      return {
        op: "patch",
        ...ref,
        set: { remark: `r${n}`, category: n % 2 ? "poor_green" : "street_vending" },
      };
    case "move":
      return { op: "patch", ...ref, geometry: { type: "Point", coordinates: [x + n / 1e6, y] } };
    case "duty":
      return { op: "patch", ...ref, duty: n % 2 ? "310118106" : null };
    case "delete":
      return { op: "delete", ...ref };
  }
  if (!task) return null;
  if (kind === "progress")
    return task.state === "closed" ? null : { op: "task", task: task.id, progress: n % 100 };
  if (kind === "due") return { op: "task", task: task.id, due: `2025-10-${10 + (n % 20)}` };
  const steps = stepsFrom(task.state);
  const step = steps[n % steps.length];
  return step ? { op: "task", task: task.id, step, note: `第 ${n} 次` } : null;
};

describeOnBothDatabases("taking back", (open) => {
  test("after any edits, a revert of all from some moment on gives the places and tasks of that moment; its own revert gives them back", async () => {
    const db = open();
    const worker = await person(db, "zhuanban", "taskforce");
    const other = await person(db, "zhuanban", "taskforce");
    const third: Person = await person(db, "zhuanban", "taskforce");
    let minute = 0;
    const tick = () => new Date(noon("2025-03-01").getTime() + 60 * 60_000 * ++minute);
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 18 }), share, async (deeds, at) => {
        const seen: { seq: number; state: Awaited<ReturnType<typeof standing>> }[] = [];
        for (const act of [{ kind: "create", n: 1, claimed: false } as const, ...deeds]) {
          const now = tick();
          const op = await opOf(db, act, now);
          if (!op) continue;
          const state = await standing(db);
          // Nobody verifies what he sent himself.
          const who = op.op === "task" && op.step && op.step !== "submit" ? other : worker;
          const { seq } = await write(db, who, op, { clock: now, reason: "随机" });
          seen.push({ seq, state });
        }
        const from = seen[at % seen.length]!;
        const seqs = seen.filter(({ seq }) => seq >= from.seq).map(({ seq }) => seq);
        const full = await standing(db);
        const take = (body: { seqs: number[] }) =>
          revertChanges(db.app, { token: third.token, body: { ...body, reason: "录错" }, clock: tick() });
        if (JSON.stringify(full) === JSON.stringify(from.state)) return;
        const { reply } = await take({ seqs });
        expect(await standing(db)).toEqual(from.state);
        await take({ seqs: [reply.seq] });
        expect(await standing(db)).toEqual(full);
      }),
      { numRuns: 40 },
    );
  });

  test("a session that does, undoes and does again walks through the states it saw, whatever others do elsewhere", async () => {
    const db = open();
    const worker = await person(db, "zhuanban", "taskforce");
    const verifier = await person(db, "zhuanban", "taskforce");
    const other = await person(db, "xujing", "editor");
    let minute = 0;
    const tick = () => new Date(noon("2025-04-01").getTime() + 60 * 60_000 * ++minute);
    const walk = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: deed },
        { weight: 3, arbitrary: fc.constantFrom("undo" as const, "redo" as const) },
        { weight: 1, arbitrary: fc.constant("other" as const) },
      ),
      { minLength: 4, maxLength: 16 },
    );
    const away = await write(db, other, findingAt(places.xujing, { name: "别人的" }, randomUUID()), {
      clock: tick(),
    });
    const foreign = away.results[0]!.id!;
    const own = async () => {
      const { places: stored, tasks } = await standing(db);
      return {
        places: stored.filter(({ id }) => id !== foreign),
        tasks: tasks.filter(({ feature_id }) => feature_id !== foreign),
      };
    };
    const take = async (journal: Journal, way: Way): Promise<Journal> => {
      let asked: readonly number[] = [nextDeed(journal, way)!.seq];
      for (;;) {
        try {
          const body = { seqs: [...asked], reason: "撤销" };
          const { reply } = await revertChanges(db.app, { token: verifier.token, body, clock: tick() });
          return moved(journal, way, reply.seq);
        } catch (error) {
          if (!(error instanceof WriteRefused)) throw error;
          const more = widened(journal, asked, error.overlaps?.map(({ seq }) => seq) ?? []);
          // A deed that changed nothing has nothing to be taken back.
          if (!error.overlaps) return dropped(journal, way);
          if (!more) throw error;
          asked = more;
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(walk, async (acts) => {
        let journal = emptyJournal;
        let past: Awaited<ReturnType<typeof own>>[] = [];
        let future: typeof past = [];
        for (const act of [{ kind: "create", n: 1, claimed: false } as const, ...acts]) {
          if (act === "other") {
            const op = {
              op: "patch" as const,
              feature: foreign,
              base: await versionOf(db, foreign),
              set: { remark: `${minute}` },
            };
            await write(db, other, op, { clock: tick() });
          } else if (act === "undo" || act === "redo") {
            if (!nextDeed(journal, act)) continue;
            const [from, to] = act === "undo" ? [past, future] : [future, past];
            const before = await own();
            const wanted = from.pop();
            const after = await take(journal, act);
            if (after.seqs.length > journal.seqs.length) to.push(before);
            journal = after;
            expect(await own()).toEqual(wanted);
          } else {
            const now = tick();
            const op = await opOf(db, act, now, 2);
            if (!op || ("feature" in op && op.feature === foreign) || (await isTaskOf(db, op, foreign)))
              continue;
            const before = await own();
            const who = op.op === "task" && op.step && op.step !== "submit" ? verifier : worker;
            const { seq } = await write(db, who, op, { clock: now, reason: "随机" });
            journal = record(journal, { seq, name: act.kind });
            past = [...past, before];
            future = [];
          }
        }
        const first = past[0];
        while (nextDeed(journal, "undo")) journal = await take(journal, "undo");
        if (first) expect(await own()).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });
});

const versionOf = async (db: TestDatabase, id: number): Promise<number> => {
  const [row] = await db.app.sql<{ version: number }[]>`select version from feature where id = ${id}`;
  return row!.version;
};

const isTaskOf = async (db: TestDatabase, op: ChangeOp, feature: number): Promise<boolean> => {
  if (op.op !== "task" || typeof op.task !== "number") return false;
  const [row] = await db.app.sql<{ own: boolean }[]>`
    select feature_id = ${feature} as own from task where id = ${op.task}`;
  return row?.own ?? false;
};
