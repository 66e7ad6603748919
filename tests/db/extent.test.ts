import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { around, onBorder } from "#tests/support/borders.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import { person, places, refusal, square, write } from "#tests/support/people.ts";
import { codeOf } from "#tests/support/rights.ts";

const [x, y] = places.xujing;
/** 0.001° here: some 95 m by 111 m. */
const size = 0.001;

const areaAt = (east: number, name = "甲", layer = "weak_area"): Extract<ChangeOp, { op: "create" }> => ({
  op: "create",
  uid: randomUUID(),
  layer,
  geometry: square([x + east, y], size),
  properties: layer === "weak_area" ? { name, problems: ["poor_green"] } : { name },
});

const patch = (feature: number, base: number, east: number, width = size) => ({
  op: "patch" as const,
  feature,
  base,
  geometry: square([x + east, y], width),
});

const versions = async (db: TestDatabase) =>
  (await db.app.sql<{ n: number }[]>`select count(*)::int as n from feature_version`)[0]?.n;

describeOnBothDatabases("the extent of a place", (open) => {
  test("two 薄弱区域 may touch but not cover the same ground; the refusal names the other and the square metres", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    await write(db, editor, areaAt(0, "漕平路桥下"));
    const refused = await refusal(write(db, editor, areaAt(size / 2, "乙")));
    expect(refused).toMatchObject({ code: "invalid", errors: [{ at: "geometry" }] });
    const metres = Number(/和“漕平路桥下”重叠 ([\d,]+) 平方米/.exec(refused.detail)?.[1]?.replace(",", ""));
    expect(metres).toBeGreaterThan(5250);
    expect(metres).toBeLessThan(5330);
    // Sharing an edge, and overlapping by a hand's breadth of it, is how neighbours are drawn.
    await write(db, editor, areaAt(size - 5e-8, "邻"));
    expect(await versions(db)).toBe(2);
  });

  test("what moves onto another is refused, by everybody; its attributes may still be written", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const made = await write(db, force, [areaAt(0), areaAt(2 * size, "乙")]);
    const [, second] = made.results.map(({ id }) => id ?? 0);
    expect(await refusal(write(db, force, patch(second!, 1, size / 2)))).toMatchObject({ code: "invalid" });
    await write(db, force, { op: "patch", feature: second!, base: 1, set: { remark: "不动" } });
  });

  test("split and merge are judged by what stands at the end, in whatever order they are told", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const made = await write(db, editor, [areaAt(0), areaAt(2 * size, "乙")]);
    const [first, second] = made.results.map(({ id }) => id ?? 0);
    // Split: the piece is created where the first still lies when the list begins.
    const piece = { ...areaAt(0, "丙"), geometry: square([x + size * 0.6, y], size * 0.4) };
    await write(db, editor, [piece, patch(first!, 1, 0, size * 0.5)]);
    // Merge: the first grows over the second, which the same list deletes.
    await write(db, editor, [
      patch(first!, 2, 2 * size, size * 1.1),
      { op: "delete", feature: second!, base: 1 },
    ]);
    // The deleted one cannot come back over the merged.
    const back = await refusal(write(db, editor, { op: "restore", feature: second!, base: 2 }));
    expect(back.detail).toMatch(/和“甲”重叠/);
  });

  test("two towns' clerks who write the same ground at once: one is stored, the other refused", async () => {
    const db = open();
    const [a, b] = await Promise.all([person(db, "xujing"), person(db, "xujing")]);
    const answers = await Promise.allSettled([
      write(db, a, areaAt(0)),
      write(db, b, areaAt(size / 3, "乙")),
      write(db, a, areaAt(size / 2, "丙")),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await versions(db)).toBe(1);
  });

  test("layers whose places may overlap are left alone", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    await write(db, force, [areaAt(0, "甲", "green_spot"), areaAt(size / 2, "乙", "green_spot")]);
    expect(await versions(db)).toBe(2);
  });

  test("a part under a square metre, or a line under a metre, is a slip of the hand", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const tiny = { ...areaAt(0), geometry: square([x, y], 5e-6) };
    expect((await refusal(write(db, force, tiny))).detail).toMatch(/图形太小：有一块不到 1 平方米/);
    const parts = [square([x, y], size), square([x + 2 * size, y], 5e-6)];
    const sliver = {
      ...areaAt(0),
      geometry: { type: "MultiPolygon" as const, coordinates: parts.map((part) => part.coordinates) },
    };
    expect(await refusal(write(db, force, sliver))).toMatchObject({ code: "invalid" });
    const line: ChangeOp = {
      op: "create",
      uid: randomUUID(),
      layer: "key_road",
      geometry: {
        type: "LineString",
        coordinates: [
          [x, y],
          [x + 5e-6, y],
        ],
      },
      properties: { name: "短路", parent_road: "盈港路" },
    };
    expect((await refusal(write(db, force, line))).detail).toMatch(/图形太短：有一段不到 1 米/);
    expect(await versions(db)).toBe(0);
  });

  test("were the layer 限定, a place that the writer may not see is neither named nor measured by the refusal", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const editor = await person(db, "xujing");
    const [bx, by] = await onBorder(db, "xujing", "huaxin");
    // Across the border it is nobody's town, so neither town is shown it.
    await write(db, force, { ...areaAt(0, "不给看的"), geometry: around([bx, by], 0.002) });
    const inside = await insideOf(db, "xujing", [bx, by]);
    const over = { ...areaAt(0, "乙"), geometry: around(inside, 0.0002) };
    const { sql } = db.owner;
    expect((await refusal(write(db, editor, over))).detail).toContain("不给看的");
    await sql`update layer set sensitivity = 'restricted' where id = 'weak_area'`;
    try {
      const { detail } = await refusal(write(db, editor, over));
      expect(detail).toContain("不能重叠");
      expect(detail).not.toMatch(/不给看的|\d|平方米/);
      expect((await refusal(write(db, force, over))).detail).toContain("不给看的");
    } finally {
      await sql`update layer set sensitivity = 'general' where id = 'weak_area'`;
    }
  });
});

/** A spot some 100 m from one on the border, inside the town. */
async function insideOf(
  db: TestDatabase,
  town: string,
  [bx, by]: readonly [number, number],
): Promise<[number, number]> {
  const [row] = await db.owner.sql<{ x: number; y: number }[]>`
    select ST_X(p.geom) as x, ST_Y(p.geom) as y
    from town_border b, ST_DumpPoints(ST_Buffer(ST_SetSRID(ST_MakePoint(${bx}::float8, ${by}::float8), 4326), 0.001)) p
    where b.code = ${codeOf(town)} order by ST_Distance(p.geom, ST_Boundary(b.geom)) * ST_Covers(b.geom, p.geom)::int desc limit 1`;
  return [row!.x, row!.y];
}
