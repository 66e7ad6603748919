import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { type Person, person, places, refusal, write } from "#tests/support/people.ts";

describeOnBothDatabases("roads by segment", (open) => {
  let force: Person;
  let lead: Person;
  let town: Person;
  let id: number;
  const segment = (properties: Record<string, unknown> = {}): ChangeOp => {
    const [x, y] = places.xujing;
    return {
      op: "create",
      uid: randomUUID(),
      layer: "key_road",
      geometry: {
        type: "LineString",
        coordinates: [
          [x, y],
          [x + 0.001, y],
        ],
      },
      properties: { name: "徐泾段", parent_road: "盈港路", road_class: "main", ...properties },
    };
  };
  const patch = (set: Record<string, unknown>, base = 1): ChangeOp => ({
    op: "patch",
    feature: id,
    base,
    set,
  });
  beforeEach(async () => {
    [force, lead, town] = await Promise.all([
      person(open(), "zhuanban", "taskforce"),
      person(open(), "lvhua"),
      person(open(), "xujing"),
    ]);
    id = (await write(open(), force, segment())).results[0]!.id!;
  });

  test("the town writes its segment, and nothing that belongs to the road", async () => {
    await write(open(), town, patch({ cleaning: "integrated" }));
    for (const set of [{ parent_road: "盈港东路" }, { road_class: "other" }, { road_class: null }]) {
      const refused = await refusal(write(open(), town, patch(set, 2)));
      expect([refused.code, refused.detail]).toEqual(["forbidden", expect.stringContaining("所属道路")]);
    }
  });

  test("责任属地 does not make the road the town's", async () => {
    await write(open(), force, { op: "patch", feature: id, base: 1, duty: "310118106" }, { reason: "代管" });
    expect((await refusal(write(open(), town, patch({ parent_road: "盈港东路" }, 2)))).code).toBe(
      "forbidden",
    );
  });

  test("a town adds a segment to a road that is there, and begins none", async () => {
    await write(open(), town, segment({ name: "第二段" }));
    expect((await refusal(write(open(), town, segment({ parent_road: "无名路" })))).code).toBe("forbidden");
    expect((await refusal(write(open(), town, segment({ road_class: "other" })))).code).toBe("forbidden");
  });

  test("the lead unit renames the road in all its segments by one changeset", async () => {
    const second = (await write(open(), town, segment({ name: "第二段" }))).results[0]!.id!;
    const { seq } = await write(open(), lead, [
      patch({ parent_road: "盈港东路" }),
      { op: "patch", feature: second, base: 1, set: { parent_road: "盈港东路" } },
    ]);
    const rows = await open().owner.sql`select id from change where seq = ${seq} and kind = 'feature'`;
    expect(rows).toHaveLength(2);
  });
});
