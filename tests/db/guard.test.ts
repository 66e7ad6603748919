import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { TransactionSql } from "#db/client.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import {
  findingAt,
  noon,
  type Person,
  person,
  places,
  refusal,
  square,
  write,
} from "#tests/support/people.ts";

/** What the database says to a statement of the app's role; null when it lets it pass. */
async function says(
  db: TestDatabase,
  work: (tx: TransactionSql) => Promise<unknown>,
): Promise<string | null> {
  try {
    await db.app.transaction(work);
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error
      ? `${String(error.code)} ${error.message}`
      : String(error);
  }
}

const insertFinding = (tx: TransactionSql) => tx`
  insert into feature (uid, layer_no, version, attrs, geom, shares)
  values (${randomUUID()}, 15, 1, '{"name":"一"}', ST_SetSRID(ST_MakePoint(${places.xujing[0]}, ${places.xujing[1]}), 4326), '{}')`;

const openAs = (tx: TransactionSql, who: Person) => tx`
  select seq from open_changeset(sha256(${who.token}::bytea), 'edit', null, ${noon("2025-06-02")})`;

describeOnBothDatabases("the guard", (open) => {
  test("lets nothing in without a changeset", async () => {
    expect(await says(open(), insertFinding)).toMatch(/^GU403 没有打开变更集/);
  });

  test("lets nothing in under a forged or an old changeset number", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    await write(db, editor, findingAt(places.xujing));
    const forged = await says(db, async (tx) => {
      await tx`select set_config('guatu.changeset', '1', true)`;
      await insertFinding(tx);
    });
    expect(forged).toMatch(/^GU403 没有打开变更集/);
  });

  test("lets the owner of a session in, and the version is the database's own", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const passed = await says(db, async (tx) => {
      await openAs(tx, editor);
      await insertFinding(tx);
    });
    expect(passed).toBeNull();
    expect(await db.app.sql`select count(*)::int as n from feature_version`).toEqual([{ n: 1 }]);
  });

  test("opens no changeset for a wrong, an ended or a disabled session", async () => {
    const db = open();
    const ended = await person(db, "xujing");
    await db.owner
      .sql`update session set expires_at = now() - interval '1 second' where account_id = ${ended.accountId}`;
    const disabled = await person(db, "xujing");
    await db.owner.sql`update account set disabled_at = now() where id = ${disabled.accountId}`;
    for (const who of [{ ...ended, token: "wrong" }, ended, disabled])
      expect(await refusal(write(db, who, findingAt(places.xujing)))).toMatchObject({ code: "signed-out" });
  });

  test.each([
    ["reading sessions", (tx: TransactionSql) => tx`select * from session`],
    ["reading password hashes", (tx: TransactionSql) => tx`select password_hash from account`],
    [
      "a changeset of its own making",
      (tx: TransactionSql) => tx`
      insert into changeset (seq, account_id, unit, role, kind, at) values (99, 1, 'xujing', 'editor', 'edit', now())`,
    ],
    ["moving the head", (tx: TransactionSql) => tx`update feed_head set seq = 0`],
    ["rewriting history", (tx: TransactionSql) => tx`update feature_version set attrs = '{}'`],
    ["removing history", (tx: TransactionSql) => tx`delete from task_version`],
    ["removing features", (tx: TransactionSql) => tx`delete from feature`],
    ["rewriting the feed", (tx: TransactionSql) => tx`delete from change`],
    ["rewriting a measurement", (tx: TransactionSql) => tx`update observation set value = 0`],
    ["giving itself rights", (tx: TransactionSql) => tx`update role_right set everywhere = true`],
    [
      "making itself an account",
      (tx: TransactionSql) =>
        tx`insert into account (login, name, unit, role) values ('a','a','xujing','taskforce')`,
    ],
    ["making tables", (tx: TransactionSql) => tx`create table mine (a int)`],
  ])("refuses the app %s", async (_, statement) => {
    expect(await says(open(), statement)).toMatch(/^42501 /);
  });

  test("refuses every role that does not edit", async () => {
    const db = open();
    for (const role of ["viewer", "inspector", "leader", "screen", "admin"] as const) {
      const who = await person(db, "xujing", role);
      expect(await refusal(write(db, who, findingAt(places.xujing)))).toMatchObject({ code: "forbidden" });
    }
  });

  test("a 镇街 user may not create in another town, and is told how far off it is", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const refused = await refusal(write(db, editor, findingAt(places.zhaoxiang)));
    expect(refused.code).toBe("forbidden");
    expect(refused.detail).toMatch(/^没保存：点在徐泾镇界外 [\d,]+ 米。/);
  });

  test("a 镇街 user may not move a place out of the town, nor take one from another", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const neighbour = await person(db, "zhaoxiang");
    const made = await write(db, editor, findingAt(places.xujing));
    const id = made.results[0]?.id ?? 0;
    const move = (to: readonly number[]) => ({
      op: "patch" as const,
      feature: id,
      base: 1,
      geometry: { type: "Point" as const, coordinates: [...to] },
    });
    expect(await refusal(write(db, editor, move(places.zhaoxiang)))).toMatchObject({ code: "forbidden" });
    expect(await refusal(write(db, neighbour, move(places.zhaoxiang)))).toMatchObject({ code: "forbidden" });
  });

  test("a 镇街 user may not edit an area that reaches over the border, not even to cut it back", async () => {
    const db = open();
    const lead = await person(db, "lvhua");
    const editor = await person(db, "xujing");
    const made = await write(db, await person(db, "zhuanban", "taskforce"), {
      op: "create",
      uid: randomUUID(),
      layer: "weak_area",
      geometry: square([121.2, 31.14], 0.08),
      properties: { name: "片区", problems: ["poor_green"] },
    });
    const id = made.results[0]?.id ?? 0;
    const cut = { op: "patch" as const, feature: id, base: 1, geometry: square(places.xujing) };
    expect(await refusal(write(db, editor, cut))).toMatchObject({ code: "forbidden" });
    await write(db, lead, cut);
  });

  test("责任属地 lets a town edit beyond its border, and no town takes it itself; it wants a reason", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const force = await person(db, "zhuanban", "taskforce");
    const made = await write(db, force, findingAt(places.zhaoxiang));
    const id = made.results[0]?.id ?? 0;
    const duty = { op: "patch" as const, feature: id, base: 1, duty: "310118106" };
    expect(await refusal(write(db, editor, duty, { reason: "代管" }))).toMatchObject({ code: "forbidden" });
    expect(await refusal(write(db, force, duty))).toMatchObject({ code: "invalid" });
    await write(db, force, duty, { reason: "代管" });
    await write(db, editor, { op: "patch", feature: id, base: 2, set: { remark: "已联系" } });
  });

  test("责任属地 is no right to take a place into a third town or out of the district; near by and home it is", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const force = await person(db, "zhuanban", "taskforce");
    const { results } = await write(db, force, findingAt(places.zhaoxiang));
    const id = results[0]?.id ?? 0;
    await write(db, force, { op: "patch", feature: id, base: 1, duty: "310118106" }, { reason: "代管" });
    const move = (base: number, coordinates: readonly number[]) =>
      write(db, editor, {
        op: "patch",
        feature: id,
        base,
        geometry: { type: "Point", coordinates: [...coordinates] },
      });
    for (const [coordinates, where] of [
      [places.zhujiajiao, "朱家角镇"],
      [[121.4737, 31.2304], "青浦区外"],
    ] as const) {
      const refused = await refusal(move(2, coordinates));
      expect([refused.code, refused.detail]).toEqual(["forbidden", expect.stringContaining(`伸进${where}`)]);
    }
    await move(2, [places.zhaoxiang[0] + 0.0001, places.zhaoxiang[1]]);
    await move(3, places.xujing);
  });

  test("a layer of the lead units is closed to towns, open to its lead and to the 专班", async () => {
    const db = open();
    const site = () => ({
      op: "create" as const,
      uid: randomUUID(),
      layer: "construction_site",
      geometry: { type: "Point" as const, coordinates: [...places.xujing] },
      properties: { name: "工地" },
    });
    expect((await refusal(write(db, await person(db, "xujing"), site()))).detail).toBe(
      "“在监工地”由牵头单位维护，镇街账号不能改。",
    );
    expect(await refusal(write(db, await person(db, "fangguan"), site()))).toMatchObject({
      code: "forbidden",
    });
    await write(db, await person(db, "jianguan"), site());
    await write(db, await person(db, "zhuanban", "taskforce"), site());
  });

  test("any of the joint leads of a target may write its cases", async () => {
    const db = open();
    for (const unit of ["zuzhi", "xinfang"])
      await write(db, await person(db, unit), {
        op: "create",
        uid: randomUUID(),
        layer: "case",
        geometry: { type: "Point", coordinates: [...places.xujing] },
        properties: { name: "工单", channel: "petition", lists: ["petition_619"] },
      });
    expect(await db.app.sql`select count(*)::int as n from task where target_id = 202520`).toEqual([
      { n: 2 },
    ]);
  });

  test("the database itself refuses unknown attributes, wrong shapes and retired layers", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const insert = (attrs: string, wkt: string) =>
      says(db, async (tx) => {
        await openAs(tx, force);
        await tx`insert into feature (uid, layer_no, version, attrs, geom, shares)
          values (${randomUUID()}, 15, 1, ${attrs}::text::jsonb, ST_GeomFromText(${wkt}, 4326), '{}')`;
      });
    expect(await insert('{"colour":"red"}', "POINT(121.27 31.18)")).toMatch(/^GU422 .*没有这些字段：colour/);
    expect(await insert("{}", "LINESTRING(121.27 31.18, 121.28 31.18)")).toMatch(/^GU422 .*不收这种图形/);
    await db.owner.sql`update layer set retired_at = now() where no = 15`;
    try {
      expect(await insert("{}", "POINT(121.27 31.18)")).toMatch(/^GU422 .*已经停用/);
    } finally {
      await db.owner.sql`update layer set retired_at = null where no = 15`;
    }
  });

  test("a feature is written once a changeset", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const twice = await says(db, async (tx) => {
      await openAs(tx, editor);
      await insertFinding(tx);
      await tx`update feature set attrs = attrs || '{"remark":"一"}'`;
    });
    expect(twice).toMatch(/^GU422 同一处在一个变更集里只能写一次/);
  });
});

describeOnBothDatabases("the flow of a task", (open) => {
  async function submitted(db: TestDatabase, by: Person) {
    const made = await write(db, by, findingAt(places.xujing));
    const task = made.results[0]?.tasks?.[0]?.id ?? 0;
    await write(db, by, [
      { op: "task", task, step: "start" },
      { op: "task", task, step: "submit" },
    ]);
    return task;
  }

  test("is closed by a reviewer of the lead unit, who is another than the one who submitted", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const task = await submitted(db, editor);
    const accept = { op: "task" as const, task, step: "accept" };
    expect(await refusal(write(db, editor, accept))).toMatchObject({ code: "forbidden" });
    expect(await refusal(write(db, await person(db, "lvhua"), accept))).toMatchObject({ code: "forbidden" });
    expect(await refusal(write(db, await person(db, "fangguan", "reviewer"), accept))).toMatchObject({
      code: "forbidden",
    });
    await write(db, await person(db, "lvhua", "reviewer"), accept);
    expect(await db.app.sql`select state, progress from task`).toEqual([{ state: "closed", progress: 100 }]);
  });

  test("nobody verifies what they submitted themselves, through whichever door", async () => {
    const db = open();
    const reviewer = await person(db, "lvhua", "reviewer");
    const task = await submitted(db, reviewer);
    const refused = await refusal(write(db, reviewer, { op: "task", task, step: "accept" }));
    expect(refused.detail).toMatch(/^你不能核查自己提交的销项/);
    const direct = await says(db, async (tx) => {
      await openAs(tx, reviewer);
      await tx`update task set state = 'closed' where id = ${task}`;
    });
    expect(direct).toMatch(/^GU403 你不能核查自己提交的销项/);
  });

  test("submit and accept in one list are refused", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const uid = randomUUID();
    const task = { feature: uid, target: 1 };
    const refused = await refusal(
      write(db, force, [
        findingAt(places.xujing, {}, uid),
        { op: "task", task, step: "start" },
        { op: "task", task, step: "submit" },
        { op: "task", task, step: "accept" },
      ]),
    );
    expect(refused.code).toBe("forbidden");
  });

  test("skips no step, in the list or in SQL", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const made = await write(db, force, findingAt(places.xujing));
    const task = made.results[0]?.tasks?.[0]?.id ?? 0;
    const refused = await refusal(write(db, force, { op: "task", task, step: "accept" }));
    expect(refused).toMatchObject({
      code: "wrong-step",
      detail: "任务现在是“未开始”，不能“核查通过，销项”。请刷新后再看。",
    });
    const direct = await says(db, async (tx) => {
      await openAs(tx, force);
      await tx`update task set state = 'closed' where id = ${task}`;
    });
    expect(direct).toMatch(/^GU409 /);
  });

  test("a rejection needs a reason; a stale step is told with the task as it is", async () => {
    const db = open();
    const task = await submitted(db, await person(db, "xujing"));
    const reviewer = await person(db, "lvhua", "reviewer");
    expect(await refusal(write(db, reviewer, { op: "task", task, step: "reject" }))).toMatchObject({
      code: "invalid",
    });
    await write(db, reviewer, { op: "task", task, step: "reject", note: "照片不清" });
    const stale = await refusal(write(db, reviewer, { op: "task", task, base: 2, step: "accept" }));
    expect(stale.stale?.task).toMatchObject({ id: task, version: 3, state: "underway" });
  });

  test("the due day is moved by the lead's reviewer, not by the town", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const task = await submitted(db, editor);
    const later = { op: "task" as const, task, due: "2025-10-31" };
    expect(await refusal(write(db, editor, later))).toMatchObject({ code: "forbidden" });
    await write(db, await person(db, "lvhua", "reviewer"), later);
    expect(await db.app.sql`select due from task`).toEqual([{ due: "2025-10-31" }]);
  });

  test("a town handles its tasks, not the neighbour's", async () => {
    const db = open();
    const made = await write(db, await person(db, "xujing"), findingAt(places.xujing));
    const task = made.results[0]?.tasks?.[0]?.id ?? 0;
    const neighbour = await person(db, "zhaoxiang");
    expect(await refusal(write(db, neighbour, { op: "task", task, step: "start" }))).toMatchObject({
      code: "forbidden",
    });
  });
});

describeOnBothDatabases("restricted layers", (open) => {
  test("a stranger cannot read a restricted point by asking for a stale answer", async () => {
    const db = open();
    const made = await write(db, await person(db, "chengguan"), {
      op: "create",
      uid: randomUUID(),
      layer: "illegal_building",
      geometry: { type: "Point", coordinates: [...places.xujing] },
      properties: { name: "某处", stock_kind: "stock" },
    });
    const id = made.results[0]?.id ?? 0;
    const probe = { op: "patch" as const, feature: id, base: 7, set: { name: "x" } };
    expect(await refusal(write(db, await person(db, "zhaoxiang"), probe))).toMatchObject({
      code: "not-found",
    });
    expect(await refusal(write(db, await person(db, "xujing"), probe))).toMatchObject({ code: "stale" });
  });
});
