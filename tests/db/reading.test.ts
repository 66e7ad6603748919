import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Role } from "#data/domain/account.ts";
import { mayRead, readerKey } from "#db/reading.ts";
import { visibleAt } from "#db/visible.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { findingAt, noon, person, places, write } from "#tests/support/people.ts";

describeOnBothDatabases("who sees restricted points", (open) => {
  test.each<[string, Role, string | null, string[]]>([
    ["xujing", "viewer", "310118106", ["illegal_building", "finding"]],
    ["zhaoxiang", "editor", "310118105", ["finding"]],
    ["chengguan", "viewer", null, ["illegal_building", "finding"]],
    ["fangguan", "reviewer", null, ["finding"]],
    ["zhuanban", "taskforce", null, ["illegal_building", "finding"]],
    ["zhuanban", "leader", null, ["finding"]],
  ])("%s as %s", async (unit, role, town, seen) => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    await write(db, force, [
      {
        op: "create",
        uid: randomUUID(),
        layer: "illegal_building",
        geometry: { type: "Point", coordinates: [...places.xujing] },
        properties: { name: "某处", stock_kind: "stock" },
      },
      findingAt(places.xujing),
    ]);
    const { sql } = db.app;
    const rows = await sql<{ id: string }[]>`
      select l.id from feature f join layer l on l.no = f.layer_no
       where ${mayRead(sql, { role, unit, town }, "f")} order by l.no desc`;
    expect(rows.map(({ id }) => id)).toEqual(seen);
  });

  test("readers share cached tiles only when they see the same", () => {
    const key = (unit: string, role: Role, town: string | null = null) => readerKey({ unit, role, town });
    expect(key("zhuanban", "taskforce")).toBe("all");
    expect(key("shuiwu", "editor")).toBe(key("nongye", "viewer"));
    expect(key("chengguan", "editor")).not.toBe(key("shuiwu", "editor"));
    expect(key("xujing", "editor", "310118106")).not.toBe(key("zhaoxiang", "editor", "310118105"));
  });
});

describeOnBothDatabases("what was so, as it was known", (open) => {
  test("a correction changes the past for the head, and nothing for who knew it before", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const made = await write(db, force, findingAt(places.xujing), { clock: noon("2025-06-01") });
    await write(
      db,
      force,
      {
        op: "correct",
        feature: made.results[0]?.id ?? 0,
        from: "2025-06-02T00:00:00Z",
        set: { remark: "核实" },
      },
      { clock: noon("2025-06-05"), reason: "核对台账" },
    );
    const { sql } = db.app;
    const remarkAt = async (at: Date, known: number | null) => {
      const rows = await sql<{ remark: string | null }[]>`
        select v.attrs->>'remark' as remark from feature_version v where ${visibleAt(sql, "v", at, known)}`;
      return rows.map(({ remark }) => remark);
    };
    expect(await remarkAt(noon("2025-06-03"), null)).toEqual(["核实"]);
    expect(await remarkAt(noon("2025-06-03"), 1)).toEqual([null]);
    expect(await remarkAt(noon("2025-06-01"), null)).toEqual([null]);
    expect(await remarkAt(noon("2025-05-31"), null)).toEqual([]);
  });
});
