import { expect, test } from "vitest";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { findingAt, noon, person, places, refusal, write } from "#tests/support/people.ts";

describeOnBothDatabases("the order of changesets", (open) => {
  const spot = (i: number) => [places.xujing[0] + i * 1e-5, places.xujing[1]];

  test("eight writers at once get dense numbers and a clock that only goes forward, and a slow reader misses nothing", async () => {
    const db = open();
    const writers = await Promise.all(Array.from({ length: 8 }, () => person(db, "xujing")));
    const each = 12;
    const read: number[] = [];
    let writing = true;
    const reader = (async () => {
      let cursor = 0;
      for (;;) {
        const last = !writing;
        const rows = await db.app.sql<{ seq: number }[]>`
          select distinct seq from change where seq > ${cursor} order by seq limit 5`;
        read.push(...rows.map(({ seq }) => seq));
        cursor = rows.at(-1)?.seq ?? cursor;
        if (last && rows.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await Promise.all(
      writers.map(async (who, w) => {
        for (let i = 0; i < each; i += 1) await write(db, who, findingAt(spot(w * each + i)));
      }),
    );
    writing = false;
    await reader;
    const dense = Array.from({ length: writers.length * each }, (_, i) => i + 1);
    expect(read).toEqual(dense);
    const rows = await db.app.sql<{ seq: number; at: Date }[]>`select seq, at from changeset order by at`;
    expect(rows.map(({ seq }) => seq)).toEqual(dense);
    expect(new Set(rows.map(({ at }) => at.getTime())).size).toBe(dense.length);
  });

  test("a writer whose clock is behind is recorded after the one before it", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    await write(db, editor, findingAt(spot(1)), { clock: noon("2025-06-10") });
    await write(db, editor, findingAt(spot(2)), { clock: noon("2025-06-01") });
    const rows = await db.app.sql<{ at: Date }[]>`select at from changeset order by seq`;
    expect(rows.map(({ at }) => at.getTime())).toEqual([
      noon("2025-06-10").getTime(),
      noon("2025-06-10").getTime() + 1,
    ]);
  });

  test("what fails half way leaves no number, no row and no feed line", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const broken = db.app.transaction(async (tx) => {
      await tx`select seq from open_changeset(sha256(${editor.token}::bytea), 'edit', null, ${noon("2025-06-02")})`;
      await tx`insert into feature (uid, layer_no, version, attrs, geom, shares)
        values (gen_random_uuid(), 15, 1, '{}', ST_SetSRID(ST_MakePoint(121.27, 31.18), 4326), '{}')`;
      throw new Error("the process died here");
    });
    await expect(broken).rejects.toThrow("the process died here");
    expect(
      await db.app.sql`select h.seq, (select count(*)::int from changeset) as changesets,
        (select count(*)::int from feature_version) as versions, (select count(*)::int from change) as changes
        from feed_head h`,
    ).toEqual([{ seq: 0, changesets: 0, versions: 0, changes: 0 }]);
    await write(db, editor, findingAt(spot(1)));
    expect(await db.app.sql`select seq from changeset`).toEqual([{ seq: 1 }]);
  });
});

describeOnBothDatabases("corrections", (open) => {
  test("are the 专班's, and say why", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const force = await person(db, "zhuanban", "taskforce");
    const made = await write(db, editor, findingAt(places.xujing), { clock: noon("2025-06-01") });
    const correct = {
      op: "correct" as const,
      feature: made.results[0]?.id ?? 0,
      from: "2025-06-02T00:00:00Z",
      set: { remark: "核实" },
    };
    const later = { clock: noon("2025-06-05") };
    expect(await refusal(write(db, editor, correct, { ...later, reason: "核对" }))).toMatchObject({
      code: "forbidden",
    });
    expect(await refusal(write(db, force, correct, later))).toMatchObject({ code: "invalid" });
    await write(db, force, correct, { ...later, reason: "核对" });
    expect(
      await refusal(
        write(db, force, { ...correct, from: "2025-07-01T00:00:00Z" }, { ...later, reason: "核对" }),
      ),
    ).toMatchObject({ code: "invalid" });
  });

  test("of a stretch in the past leave the present and its version as they are", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const made = await write(db, force, findingAt(places.xujing), { clock: noon("2025-06-01") });
    const feature = made.results[0]?.id ?? 0;
    const done = await write(
      db,
      force,
      {
        op: "correct",
        feature,
        from: "2025-06-02T00:00:00Z",
        to: "2025-06-03T00:00:00Z",
        set: { remark: "核实" },
      },
      { clock: noon("2025-06-05"), reason: "核对台账" },
    );
    expect(done.results[0]).toMatchObject({ version: 1 });
    expect(await db.app.sql`select version, attrs->'remark' as remark from feature`).toEqual([
      { version: 1, remark: null },
    ]);
    expect(await db.app.sql`select op, before is not null as before from change where seq = 2`).toEqual([
      { op: "correct", before: true },
    ]);
    await write(
      db,
      force,
      { op: "patch", feature, base: 1, set: { remark: "后" } },
      { clock: noon("2025-06-06") },
    );
  });
});
