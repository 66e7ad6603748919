import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { stepsFrom, type TaskState } from "#data/domain/task.ts";
import { revertChanges } from "#db/revert.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import { findingAt, noon, type Person, person, places, write } from "#tests/support/people.ts";

const share = fc.integer({ min: 0, max: 1000 });
/** What somebody does to one of a few places; `n` chooses the place and the values. */
const deed = fc.record({
  kind: fc.constantFrom(
    "create",
    "remark",
    "kind",
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

const opOf = async (db: TestDatabase, { kind, n, claimed }: Deed, now: Date): Promise<ChangeOp | null> => {
  if (kind === "create") return findingAt(places.xujing, { remark: `r${n}` }, randomUUID());
  const rows = await db.app.sql<{ id: number; version: number; deleted: boolean }[]>`
    select id, version, deleted_seq is not null as deleted from feature order by id`;
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
});
