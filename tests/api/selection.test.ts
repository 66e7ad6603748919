import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChangesPreview } from "#data/domain/preview.ts";
import type { SelectionAnswer } from "#data/domain/selection.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const [x, y] = places.zhujiajiao;
const around = (r: number) => [
  [x - r, y - r],
  [x + r, y - r],
  [x + r, y + r],
  [x - r, y + r],
];

describeOnBothDatabases("a selection", (database) => {
  let api: TestServer;
  let editor: Caller;
  let force: Caller;
  beforeEach(async () => {
    api = await startApi(database());
    editor = await api.as("zhujiajiao");
    force = await api.as("zhuanban");
  });
  afterEach(() => api.close());

  const select = (who: Caller, body: unknown) =>
    who.ask<SelectionAnswer>("/api/selection", { method: "POST", body });
  const idsOf = async (who: Caller, body: unknown) => (await select(who, body)).body.rows.map(({ id }) => id);

  test("takes what an area touches: points, a line that only passes through, no neighbour; a crossing lasso too", async () => {
    const inside = await editor.create("finding", found);
    const outside = await editor.create("finding", found, [x + 0.02, y]);
    const road = await force.create(
      "key_road",
      { name: "祥凝浜路", parent_road: "祥凝浜路" },
      [
        [x - 0.01, y],
        [x + 0.01, y],
      ],
      "LineString",
    );
    const filter = { layers: "finding,key_road" };
    expect(await idsOf(editor, { filter, within: around(0.001) })).toEqual([inside.id, road.id]);
    expect(await idsOf(editor, { filter: { layers: "finding" }, within: around(0.03) })).toEqual([
      inside.id,
      outside.id,
    ]);
    const [a, b, c, d] = around(0.001);
    const bow = [a, c, b, d];
    expect(await idsOf(editor, { filter: { layers: "key_road" }, within: bow })).toEqual([road.id]);
    expect(await idsOf(editor, { ids: [outside.id, 999_999] })).toEqual([outside.id]);
  });

  test("tells version, attributes, tasks with their steps, and why a place may not be edited", async () => {
    const own = await editor.create("finding", found);
    const foreign = await force.create("finding", found, places.xujing);
    const { body } = await select(editor, { ids: [own.id, foreign.id], full: true, shapes: true });
    const [mine, theirs] = body.rows;
    expect(mine).toMatchObject({ version: 1, may: true, attrs: found, geometry: { type: "Point" } });
    expect(mine?.tasks?.[0]?.steps.find(({ step }) => step === "start")).toMatchObject({ allowed: true });
    expect([theirs?.may, theirs?.why]).toEqual([false, "在徐泾镇，不在本镇街范围内"]);
    const lean = await select(editor, { ids: [own.id] });
    expect(lean.body.rows[0]).not.toHaveProperty("attrs");
  });

  test("限定 places of others are in no selection and in no total", async () => {
    const { id } = await force.create("facade_hazard", { name: "外墙", grade: "major" }, places.xujing);
    expect((await select(force, { ids: [id] })).body.total).toBe(1);
    expect((await select(editor, { ids: [id] })).body).toMatchObject({ total: 0, rows: [] });
    const filter = { layers: "facade_hazard" };
    expect((await select(editor, { filter })).body.total).toBe(0);
  });

  test("a selection that names nothing, too much or nonsense is refused with what to do", async () => {
    for (const body of [
      {},
      { ids: [1], filter: {} },
      { ids: Array.from({ length: 2001 }, (_, i) => i + 1) },
      { filter: { layers: "x" } },
      { filter: { bbox: "1,2,3,4" } },
      { filter: {}, within: [[1, 2]] },
      {
        filter: {},
        within: [
          ["a", 2],
          [1, 2],
          [1, 3],
        ],
      },
    ])
      expect([JSON.stringify(body).slice(0, 40), (await select(editor, body)).status]).toEqual([
        JSON.stringify(body).slice(0, 40),
        422,
      ]);
    expect((await select(await api.as("planner"), { ids: [1] })).status).toBe(403);
  });
});

describeOnBothDatabases("a dry run of a list", (database) => {
  let api: TestServer;
  let editor: Caller;
  beforeEach(async () => {
    api = await startApi(database());
    editor = await api.as("zhujiajiao");
  });
  afterEach(() => api.close());

  const dry = async (who: Caller, changes: unknown[], reason?: string) =>
    who.ask<ChangesPreview>("/api/changes", { method: "POST", body: { changes, reason, dryRun: true } });
  const codes = async (who: Caller, changes: unknown[]) =>
    (await dry(who, changes)).body.outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code));
  const patch = (feature: number, set: unknown, base = 1) => ({ op: "patch", feature, base, set });

  test("says of each op what would become of it, and writes nothing", async () => {
    const force = await api.as("zhuanban");
    const [a, b, c, gone] = [
      await editor.create("finding", found),
      await editor.create("finding", found),
      await force.create("finding", found, places.xujing),
      await editor.create("finding", found),
    ];
    await editor.ask("/api/changes", {
      method: "POST",
      body: { changes: [patch(b.id, { remark: "先改" })] },
    });
    await editor.ask("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "delete", feature: gone.id, base: 1 }] },
    });
    const head = await api.head();
    const changes = [
      patch(a.id, { remark: "好" }),
      patch(b.id, { remark: "旧版" }),
      patch(c.id, { remark: "别镇" }),
      patch(a.id, { managed_by: "甲" }, 1),
      patch(999_999, { remark: "没有" }),
    ];
    expect(await codes(editor, changes)).toEqual(["ok", "stale", "forbidden", "ok", "not-found"]);
    expect(
      await codes(editor, [
        patch(a.id, { category: "没有" }),
        patch(gone.id, {}),
        patch(b.id, { remark: "" }, 2),
      ]),
    ).toEqual(["invalid", "gone", "ok"]);
    const { outcomes } = (await dry(editor, changes)).body;
    const [, stale, foreign] = outcomes;
    expect(!stale?.ok && stale?.stale?.changed).toEqual(["remark"]);
    expect(!foreign?.ok && foreign?.detail).toContain("朱家角镇界内");
    expect(await api.head()).toBe(head);
    const sent = changes.filter((_, i) => outcomes[i]?.ok);
    const { status, body } = await editor.ask<ChangesReply>("/api/changes", {
      method: "POST",
      body: { changes: sent },
    });
    expect([status, body.seq]).toEqual([200, head + 1]);
  });

  test("finds the few that the guard refuses among many", async () => {
    const force = await api.as("zhuanban");
    const changes = Array.from({ length: 120 }, (_, i) => ({
      op: "create",
      uid: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
      layer: "finding",
      geometry: { type: "Point", coordinates: i % 40 === 7 ? places.xujing : [x + i / 1e5, y] },
      properties: found,
    }));
    const said = await codes(editor, changes);
    expect(said.flatMap((code, i) => (code === "ok" ? [] : [[i, code]]))).toEqual([
      [7, "forbidden"],
      [47, "forbidden"],
      [87, "forbidden"],
    ]);
    expect(new Set(await codes(force, changes))).toEqual(new Set(["ok"]));
    expect(await api.head()).toBe(0);
  });

  test("what is about the list as a whole is said of the list", async () => {
    const force = await api.as("zhuanban");
    const { id } = await editor.create("finding", found);
    const changes = [{ op: "patch", feature: id, base: 1, duty: "310118106" }];
    const { status, text } = await dry(force, changes);
    expect([status, text]).toEqual([422, expect.stringContaining("写明理由")]);
    expect((await dry(force, changes, "归徐泾管")).body.outcomes).toMatchObject([{ ok: true }]);
    expect(
      (
        await dry(
          editor,
          Array.from({ length: 2001 }, () => patch(id, { remark: "多" })),
        )
      ).status,
    ).toBe(422);
  });
});
