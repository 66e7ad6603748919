import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { findingAt, noon, person, places, refusal, square, write } from "#tests/support/people.ts";

describeOnBothDatabases("the write path", (open) => {
  test("a created finding has its town, its task, one version and one feed line each", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const reply = await write(db, editor, findingAt(places.xujing));
    expect(reply).toMatchObject({ seq: 1, results: [{ op: "create", version: 1 }] });
    const [result] = reply.results;
    expect(result?.tasks).toMatchObject([{ target: 1, version: 1, state: "planned" }]);
    const { sql } = db.app;
    expect(await sql`select town, shares, name, pinyin from feature`).toMatchObject([
      { town: "310118106", shares: { "310118106": 1 }, name: "盈港路占道", pinyin: "yglzd" },
    ]);
    expect(await sql`select op, version, kfrom from feature_version`).toMatchObject([
      { op: "create", version: 1, kfrom: 1 },
    ]);
    expect(await sql`select state, due, lead from task_version`).toMatchObject([
      { state: "planned", due: "2025-12-31", lead: "lvhua" },
    ]);
    expect(await sql`select seq, kind, op from change order by kind`).toMatchObject([
      { seq: 1, kind: "feature", op: "create" },
      { seq: 1, kind: "task", op: "create" },
    ]);
  });

  test("an edit ends the open version and begins the next at the changeset's time", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing), { clock: noon("2025-06-02") });
    const id = made.results[0]?.id ?? 0;
    await write(
      db,
      editor,
      { op: "patch", feature: id, base: 1, set: { remark: "已联系" } },
      { clock: noon("2025-06-05") },
    );
    expect(
      await db.app.sql`select version, op, vfrom, vto, kfrom, attrs->>'remark' as remark
        from feature_version order by vfrom`,
    ).toMatchObject([
      {
        version: 1,
        op: "create",
        vfrom: noon("2025-06-02"),
        vto: noon("2025-06-05"),
        kfrom: 1,
        remark: null,
      },
      { version: 2, op: "patch", vfrom: noon("2025-06-05"), kfrom: 2, remark: "已联系" },
    ]);
  });

  test("several edits of one feature in one list become one version", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const uid = randomUUID();
    const reply = await write(db, editor, [
      findingAt(places.xujing, {}, uid),
      { op: "patch", feature: uid, base: 1, set: { remark: "一" } },
      { op: "task", task: { feature: uid, target: 1 }, step: "start" },
      { op: "task", task: { feature: uid, target: 1 }, step: "submit" },
    ]);
    expect(reply.results[1]).toMatchObject({ version: 1, tasks: [{ state: "review", version: 1 }] });
    expect(await db.app.sql`select count(*)::int as n from feature_version`).toMatchObject([{ n: 1 }]);
  });

  test("the same key and body give the first reply, before any version check", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing));
    const id = made.results[0]?.id ?? 0;
    const key = randomUUID();
    const edit = { op: "patch" as const, feature: id, base: 1, set: { remark: "一" } };
    const first = await write(db, editor, edit, { key });
    const again = await write(db, editor, edit, { key });
    expect(again).toEqual(first);
    expect(await db.app.sql`select seq from feed_head`).toEqual([{ seq: 2 }]);
    const other = await refusal(write(db, editor, { ...edit, set: { remark: "二" } }, { key }));
    expect(other.code).toBe("key-reused");
  });

  test("a stale edit is refused with what is stored and what was changed meanwhile", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing));
    const id = made.results[0]?.id ?? 0;
    await write(db, editor, { op: "patch", feature: id, base: 1, set: { remark: "一" } });
    const stale = await refusal(
      write(db, editor, { op: "patch", feature: id, base: 1, set: { name: "新" } }),
    );
    expect(stale.code).toBe("stale");
    expect(stale.stale).toMatchObject({ changed: ["remark"], seq: 2, feature: { guatu: { version: 2 } } });
    expect(await db.app.sql`select seq from feed_head`).toEqual([{ seq: 2 }]);
  });

  test("a list is all or nothing", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const refused = await refusal(
      write(db, editor, [findingAt(places.xujing), findingAt(places.zhujiajiao)]),
    );
    expect(refused.code).toBe("forbidden");
    expect(
      await db.app.sql`select (select count(*)::int from feature) as features, seq from feed_head`,
    ).toEqual([{ features: 0, seq: 0 }]);
  });

  test("a claimed device time begins the version then, and what was known before stays told", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing), { clock: noon("2025-06-02") });
    const id = made.results[0]?.id ?? 0;
    await write(
      db,
      editor,
      { op: "patch", feature: id, base: 1, set: { remark: "一" }, effective: "2025-06-04T08:00:00Z" },
      { clock: noon("2025-06-06") },
    );
    const rows = await db.app.sql`
      select version, vfrom, vto = 'infinity' as open, kfrom, least(kto, 99) as kto from feature_version order by kfrom, vfrom`;
    expect(rows).toMatchObject([
      { version: 1, vfrom: noon("2025-06-02"), open: true, kfrom: 1, kto: 2 },
      { version: 1, vfrom: noon("2025-06-02"), open: false, kfrom: 2, kto: 99 },
      { version: 2, vfrom: new Date("2025-06-04T08:00:00Z"), open: true, kfrom: 2, kto: 99 },
    ]);
  });

  test("a deleted feature ends its tasks; restored, they go on where they stood under their number", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing));
    const [{ id = 0, tasks = [] } = {}] = made.results;
    await write(db, editor, { op: "task", task: tasks[0]!.id, step: "start", progress: 40 });
    await write(db, editor, { op: "delete", feature: id, base: 1 });
    expect(await db.app.sql`select id from task`).toEqual([]);
    const gone = await refusal(
      write(db, editor, { op: "patch", feature: id, base: 2, set: { remark: "一" } }),
    );
    expect(gone.code).toBe("gone");
    const back = await write(db, editor, { op: "restore", feature: id, base: 2 });
    expect(back.results[0]).toMatchObject({
      version: 3,
      tasks: [{ id: tasks[0]!.id, state: "underway", version: 3 }],
    });
    expect(await db.app.sql`select progress from task`).toEqual([{ progress: 40 }]);
  });

  test("an older version comes back as a new one, with its shape", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing));
    const id = made.results[0]?.id ?? 0;
    const moved = { type: "Point" as const, coordinates: [places.xujing[0] + 0.001, places.xujing[1]] };
    await write(db, editor, { op: "patch", feature: id, base: 1, geometry: moved, set: { remark: "二" } });
    await write(db, editor, { op: "restore", feature: id, base: 2, version: 1 });
    expect(
      await db.app.sql`select version, ST_X(geom) as x, attrs->>'remark' as remark from feature`,
    ).toEqual([{ version: 3, x: places.xujing[0], remark: null }]);
  });

  test("attributes that move a feature to another target end the one task and begin the other", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, findingAt(places.xujing));
    const id = made.results[0]?.id ?? 0;
    const moved = await write(db, editor, { op: "patch", feature: id, base: 1, set: { near_station: true } });
    expect(moved.results[0]?.tasks).toMatchObject([{ target: 15, state: "planned" }]);
    expect(await db.app.sql`select target_id from task`).toEqual([{ target_id: 202515 }]);
    expect(await db.app.sql`select op from change where kind = 'task' and seq = 2 order by op`).toEqual([
      { op: "create" },
      { op: "delete" },
    ]);
  });

  test("a clear reading changes the point in the same changeset, from when it was taken", async () => {
    const db = open();
    const water = await person(db, "shuiwu");
    const made = await write(
      db,
      water,
      {
        op: "create",
        uid: randomUUID(),
        layer: "water_point",
        geometry: { type: "Point", coordinates: [...places.zhujiajiao] },
        properties: { name: "西井河 1 号", river: "西井河" },
      },
      { clock: noon("2025-06-02") },
    );
    const id = made.results[0]?.id ?? 0;
    const reply = await write(
      db,
      water,
      { op: "observe", point: id, takenAt: "2025-06-03T02:00:00Z", values: { sd: 96, clear: 1 } },
      { clock: noon("2025-06-04") },
    );
    expect(reply.results[0]).toMatchObject({ op: "observe", id, version: 2 });
    expect(await db.app.sql`select attrs->'clear' as clear from feature`).toEqual([{ clear: true }]);
    expect(await db.app.sql`select vfrom from feature_version where version = 2`).toEqual([
      { vfrom: new Date("2025-06-03T02:00:00Z") },
    ]);
    await write(db, water, { op: "observe", point: id, takenAt: "2025-06-03T02:00:00Z", values: { sd: 90 } });
    expect(
      await db.app.sql`select value, kfrom, kto = 9223372036854775807 as open from observation
      where parameter = 'sd' order by kfrom`,
    ).toEqual([
      { value: 96, kfrom: 2, open: false },
      { value: 90, kfrom: 3, open: true },
    ]);
  });

  test("a report is replaced by a later one of the same period", async () => {
    const db = open();
    const office = await person(db, "shehui");
    const report = {
      op: "report" as const,
      metric: "20.1",
      unit: "shehui",
      period: "2025-05",
      value: 88,
      of: 100,
      at: "2025-05-31T10:00:00Z",
    };
    await write(db, office, report);
    await write(db, office, { ...report, value: 91 });
    expect(
      await db.app.sql`select value, kfrom, least(kto, 99) as kto from metric_report order by kfrom`,
    ).toEqual([
      { value: 88, kfrom: 1, kto: 2 },
      { value: 91, kfrom: 2, kto: 99 },
    ]);
    const foreign = await refusal(write(db, office, { ...report, unit: "fangguan" }));
    expect(foreign.code).toBe("forbidden");
  });

  test("a metric is filed by its leads and by those the plan names, by nobody else", async () => {
    const db = open();
    const report = { op: "report" as const, period: "2025-05", value: 99_999, at: "2025-05-31T10:00:00Z" };
    const town = await person(db, "xujing");
    for (const metric of ["7.1", "17.3", "20.1"]) {
      const refused = await refusal(write(db, town, { ...report, metric, unit: "xujing" }));
      expect([metric, refused.code, refused.detail]).toEqual([
        metric,
        "forbidden",
        `指标 ${metric} 不由你的单位填报，请联系牵头单位或专班。`,
      ]);
    }
    await write(db, town, { ...report, metric: "9.4", unit: "xujing", value: 1 });
    await write(db, await person(db, "chengguan"), { ...report, metric: "7.1", unit: "chengguan" });
    expect(await db.app.sql`select metric, unit from metric_report order by id`).toEqual([
      { metric: "9.4", unit: "xujing" },
      { metric: "7.1", unit: "chengguan" },
    ]);
  });

  test("wrong attributes and shapes are named with their place in the list", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const refused = await refusal(
      write(db, editor, findingAt([31.18, 121.27], { colour: "red", category: "noise" })),
    );
    expect(refused.errors?.map(({ at }) => at)).toEqual([
      "changes.0.properties.category",
      "changes.0.properties.colour",
      "changes.0.geometry",
    ]);
  });

  test("a self-crossing area is refused in words", async () => {
    const db = open();
    const lead = await person(db, "lvhua");
    const [x, y] = places.xujing;
    const bow = [
      [
        [x, y],
        [x + 0.01, y + 0.01],
        [x + 0.01, y],
        [x, y + 0.01],
        [x, y],
      ],
    ];
    const refused = await refusal(
      write(db, lead, {
        op: "create",
        uid: randomUUID(),
        layer: "key_area",
        geometry: { type: "Polygon", coordinates: bow },
        properties: { name: "片区", parent_area: "新城" },
      }),
    );
    expect(refused).toMatchObject({ code: "invalid", detail: "边界自相交，请把交叉的边拉开。" });
  });

  test("a shape across two towns has no town but shares that sum to one", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    await write(db, force, {
      op: "create",
      uid: randomUUID(),
      layer: "key_area",
      geometry: square([121.17, 31.14], 0.06),
      properties: { name: "片区", parent_area: "新城" },
    });
    const [row] = await db.app.sql<{ town: string | null; shares: Record<string, number> }[]>`
      select town, shares from feature`;
    expect(row?.town).toBeNull();
    const parts = Object.values(row?.shares ?? {});
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 4);
  });
});
