import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { RevertBody } from "#data/domain/change.ts";
import { previewRevert, revertChanges } from "#db/revert.ts";
import { applyChanges } from "#db/write.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import { findingAt, noon, type Person, person, places, refusal, write } from "#tests/support/people.ts";

const takeBack = (db: TestDatabase, who: Person, body: Partial<RevertBody>, key?: string) =>
  revertChanges(db.app, {
    token: who.token,
    body: { reason: "录错了", ...body },
    clock: noon("2025-06-20"),
    ...(key ? { key } : {}),
  });

describeOnBothDatabases("reverting", (open) => {
  const begin = async (town = "xujing" as "xujing" | "zhujiajiao") => {
    const db = open();
    const editor = await person(db, town);
    const made = await write(db, editor, findingAt(places[town], { remark: "原来" }));
    const { id = 0, tasks = [] } = made.results[0]!;
    const patch = (base: number, set: Record<string, unknown>, who = editor) =>
      write(db, who, { op: "patch", feature: id, base, set });
    return { db, editor, id, task: tasks[0]!.id, made: made.seq, patch };
  };
  const attrsOf = async (db: TestDatabase, id: number) => {
    const [row] = await db.app.sql<{ attrs: Record<string, unknown>; gone: boolean }[]>`
      select attrs, deleted_seq is not null as gone from feature where id = ${id}`;
    return row!;
  };

  test("puts fields back by a new changeset that says what it takes back, and why", async () => {
    const { db, editor, id, patch } = await begin();
    const { seq } = await patch(1, { remark: "错的", near_station: true });
    const { reply } = await takeBack(db, editor, { seqs: [seq] });
    expect(reply).toMatchObject({ seq: 3, results: [{ op: "patch", id, version: 3 }] });
    expect((await attrsOf(db, id)).attrs).toMatchObject({ remark: "原来" });
    expect((await attrsOf(db, id)).attrs).not.toHaveProperty("near_station");
    expect(await db.app.sql`select kind, reverts, reason from changeset where seq = 3`).toEqual([
      { kind: "revert", reverts: seq, reason: "录错了" },
    ]);
    expect(await db.app.sql`select seq, by from reverted`).toEqual([{ seq, by: 3 }]);
  });

  test("later changes of other fields stay", async () => {
    const { db, editor, id, patch } = await begin();
    const { seq } = await patch(1, { remark: "错的" });
    await patch(2, { source: "patrol" });
    await takeBack(db, editor, { seqs: [seq] });
    expect((await attrsOf(db, id)).attrs).toMatchObject({ remark: "原来", source: "patrol" });
  });

  test("a later change of the same field stands in the way, is named, and nothing is written", async () => {
    const { db, editor, id, patch } = await begin();
    const other = await write(db, editor, findingAt(places.xujing));
    const wrong = await patch(1, { remark: "错的" });
    const later = await patch(2, { remark: "后来又改" });
    const refused = await refusal(takeBack(db, editor, { seqs: [other.seq, wrong.seq] }));
    expect(refused.code).toBe("overlap");
    expect(refused.detail).toContain("盈港路占道");
    expect(refused.overlaps).toMatchObject([
      { seq: later.seq, unit: "徐泾镇", feature: { id, layer: "finding" }, parts: ["remark"] },
    ]);
    expect((await attrsOf(db, other.results[0]!.id!)).gone).toBe(false);
    expect(await db.app.sql`select seq from feed_head`).toEqual([{ seq: later.seq }]);
    await takeBack(db, editor, { seqs: [wrong.seq, later.seq] });
    expect((await attrsOf(db, id)).attrs.remark).toBe("原来");
  });

  test("a creation is taken back only when nobody worked on the place since", async () => {
    const { db, editor, id, task, made } = await begin();
    const step = await write(db, editor, { op: "task", task, step: "start" });
    expect((await refusal(takeBack(db, editor, { seqs: [made] }))).overlaps).toMatchObject([
      { parts: ["task"] },
    ]);
    await takeBack(db, editor, { seqs: [made, step.seq] });
    expect((await attrsOf(db, id)).gone).toBe(true);
    expect(await db.app.sql`select id from task`).toEqual([]);
  });

  test("a deletion is taken back with its tasks where they stood", async () => {
    const { db, editor, id, task } = await begin();
    await write(db, editor, { op: "task", task, step: "start" });
    const gone = await write(db, editor, { op: "delete", feature: id, base: 1 });
    await takeBack(db, editor, { seqs: [gone.seq] });
    expect((await attrsOf(db, id)).gone).toBe(false);
    expect(await db.app.sql`select id, state from task`).toEqual([{ id: task, state: "underway" }]);
  });

  test("taken back twice is refused, naming the first; the first can itself be taken back", async () => {
    const { db, editor, id, patch } = await begin();
    const { seq } = await patch(1, { remark: "错的" });
    const first = await takeBack(db, editor, { seqs: [seq] });
    const again = await refusal(takeBack(db, editor, { seqs: [seq] }));
    expect(again.overlaps).toMatchObject([{ seq: first.reply.seq }]);
    await takeBack(db, editor, { seqs: [first.reply.seq] });
    expect((await attrsOf(db, id)).attrs.remark).toBe("错的");
  });

  test("a lost answer asked for again is the same revert; another content under its key is refused", async () => {
    const { db, editor, patch } = await begin();
    const { seq } = await patch(1, { remark: "错的" });
    const key = randomUUID();
    const first = await takeBack(db, editor, { seqs: [seq] }, key);
    const again = await takeBack(db, editor, { seqs: [seq] }, key);
    expect(again).toEqual({ ...first, replayed: true });
    expect((await refusal(takeBack(db, editor, { seqs: [1] }, key))).code).toBe("key-reused");
  });

  test("a batch goes back as a whole", async () => {
    const { db, editor } = await begin();
    const batch = randomUUID();
    for (let i = 0; i < 3; i += 1)
      await applyChanges(db.app, {
        token: editor.token,
        body: { changes: [findingAt(places.xujing, { name: `导入 ${i}` })] },
        kind: "import",
        clock: noon("2025-06-03"),
        batch,
      });
    const { reply } = await takeBack(db, editor, { batch });
    expect(reply.results.map(({ op }) => op)).toEqual(["delete", "delete", "delete"]);
    expect(await db.app.sql`select count(*)::int as n from feature where deleted_seq is null`).toEqual([
      { n: 1 },
    ]);
    expect((await refusal(takeBack(db, editor, { batch: randomUUID() }))).code).toBe("not-found");
  });

  test("the preview says what each place would be again, and writes nothing", async () => {
    const { db, editor, id, task, patch } = await begin();
    const a = await patch(1, { remark: "错的" });
    const b = await write(db, editor, { op: "task", task, step: "start" });
    const preview = await previewRevert(db.app, {
      token: editor.token,
      body: { seqs: [a.seq, b.seq], reason: "录错了" },
      clock: noon("2025-06-20"),
    });
    expect(preview.changes).toEqual([
      {
        feature: { id, name: "盈港路占道", layer: "finding" },
        op: "patch",
        fields: { remark: ["错的", "原来"] },
        geometry: false,
        tasks: [{ target: 1, state: ["underway", "planned"], progress: [0, 0] }],
      },
    ]);
    expect(await db.app.sql`select seq from feed_head`).toEqual([{ seq: b.seq }]);
    expect((await attrsOf(db, id)).attrs.remark).toBe("错的");
  });

  test("the caller's rights apply: another town may not, the lead unit and the 专班 may", async () => {
    const { db, patch } = await begin();
    const { seq } = await patch(1, { remark: "错的" });
    const stranger = await person(db, "zhujiajiao");
    expect((await refusal(takeBack(db, stranger, { seqs: [seq] }))).code).toBe("forbidden");
    const viewer = await person(db, "xujing", "viewer");
    expect((await refusal(takeBack(db, viewer, { seqs: [seq] }))).code).toBe("forbidden");
    const lead = await person(db, "lvhua");
    await takeBack(db, lead, { seqs: [seq] });
  });

  test("a 销项 is taken back by a verifier only, and not by who submitted it", async () => {
    const { db, editor, task } = await begin();
    const submitter = await person(db, "zhuanban", "taskforce");
    const verifier = await person(db, "lvhua", "reviewer");
    await write(db, editor, { op: "task", task, step: "start" });
    await write(db, submitter, { op: "task", task, step: "submit" });
    const { seq } = await write(db, verifier, { op: "task", task, step: "accept" });
    for (const who of [editor, submitter])
      expect((await refusal(takeBack(db, who, { seqs: [seq] }))).code).toBe("forbidden");
    await takeBack(db, verifier, { seqs: [seq] });
    expect(await db.app.sql`select state, submitted_by from task`).toEqual([
      { state: "review", submitted_by: submitter.accountId },
    ]);
  });

  test("corrections of the past and measurements are named and not taken back", async () => {
    const { db, id } = await begin();
    const force = await person(db, "zhuanban", "taskforce");
    const { seq } = await write(
      db,
      force,
      { op: "correct", feature: id, from: "2025-06-02T12:30:00+08:00", set: { remark: "更正" } },
      { clock: noon("2025-06-04"), reason: "核对" },
    );
    const refused = await refusal(takeBack(db, force, { seqs: [seq] }));
    expect(refused.errors).toEqual([
      { at: `seqs.${seq}`, message: `变更 ${seq} 更正过以往的记录，请专班再更正一次` },
    ]);
  });

  test("only a revert may note what it takes back, and only to what a task has been", async () => {
    const { db, editor, task } = await begin();
    const opened = (kind: string) =>
      db.app.transaction(async (tx) => {
        await tx`select seq from open_changeset(sha256(${editor.token}::bytea), ${kind}, null, ${noon("2025-06-05")})`;
        await (kind === "edit"
          ? tx`select note_reverted(array[1]::bigint[])`
          : tx`update task set state = 'review' where id = ${task}`);
      });
    await expect(opened("edit")).rejects.toThrow("这不是一次撤回");
    await expect(opened("revert")).rejects.toThrow("撤回只能回到任务以前的样子");
  });
});
