import { afterEach, beforeEach, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { AreaHistoryAnswer, HistoryEntry, HistoryShapes } from "#data/domain/wire/history.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import type { ChangesReply, RevertPreview } from "#data/domain/wire/write.ts";
import { type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const box = ([x, y]: readonly [number, number]) => `${x - 0.01},${y - 0.01},${x + 0.01},${y + 0.01}`;

describeOnBothDatabases("history of an area", (database) => {
  let api: TestServer;
  let editor: Caller;
  beforeEach(async () => {
    api = await startApi(database());
    editor = await api.as("zhujiajiao");
  });
  afterEach(() => api.close());

  const change = (who: Caller, changes: unknown[], reason?: string) =>
    who.ask<ChangesReply>("/api/changes", { method: "POST", body: { changes, reason } });
  const area = async (who: Caller, query = "") =>
    (await who.ask<AreaHistoryAnswer>(`/api/history${query}`)).body;

  test("tells by changeset what was done, by which unit and why; the clerk inside the own unit only", async () => {
    const { id, reply } = await editor.create("finding", found);
    const task = reply.results[0]?.tasks?.[0]?.id;
    await change(editor, [{ op: "task", task, step: "start" }], "已派单");
    const { deeds, next, asOf } = await area(editor);
    expect(
      deeds.map(({ seq, unit, person, reason, count }) => ({ seq, unit, person, reason, count })),
    ).toEqual([
      { seq: 2, unit: "朱家角镇", person: "测试 zhujiajiao", reason: "已派单", count: 1 },
      { seq: 1, unit: "朱家角镇", person: "测试 zhujiajiao", reason: null, count: 2 },
    ]);
    expect(deeds[0]?.changes).toMatchObject([
      {
        kind: "task",
        op: "start",
        feature: { id, name: found.name, layer: "finding" },
        task: { target: 1, state: "underway" },
      },
    ]);
    expect(deeds[1]?.changes[0]).toMatchObject({ kind: "feature", op: "create", feature: { id } });
    expect([next, asOf.known]).toEqual([null, 2]);
    expect((await area(await api.as("xujing"))).deeds[0]?.person).toBeUndefined();
  });

  test("a place moved out of the window or the town is in the record of both", async () => {
    const force = await api.as("zhuanban");
    const { id } = await editor.create("finding", found);
    const geometry = { type: "Point", coordinates: places.xujing };
    await change(force, [{ op: "patch", feature: id, base: 1, geometry }]);
    const seqs = async (query: string) => (await area(force, query)).deeds.map(({ seq }) => seq);
    expect(await seqs(`?bbox=${box(places.zhujiajiao)}`)).toEqual([2, 1]);
    expect(await seqs(`?bbox=${box(places.xujing)}`)).toEqual([2]);
    expect(await seqs("?town=310118102")).toEqual([2, 1]);
    expect(await seqs("?town=310118106")).toEqual([2]);
    expect(await seqs("?town=310118102&unit=zhuanban")).toEqual([2]);
    expect(await seqs("?layers=green_spot")).toEqual([]);
    expect(await seqs("?known=1")).toEqual([1]);
  });

  test("a place is called as it was called then, in the record and in the ticker", async () => {
    const { id } = await editor.create("finding", found);
    await change(editor, [{ op: "patch", feature: id, base: 1, set: { remark: "看过" } }]);
    await change(editor, [{ op: "patch", feature: id, base: 2, set: { name: "改过的名字" } }]);
    const names = ["改过的名字", found.name, found.name];
    expect((await area(editor)).deeds.map(({ changes }) => changes[0]?.feature.name)).toEqual(names);
    const { body } = await editor.ask<{ changes: { feature: { name: string } }[] }>("/api/recent");
    expect(body.changes.map(({ feature }) => feature.name)).toEqual(names);
  });

  test("days, pages and bad values", async () => {
    for (let i = 0; i < 3; i += 1) await editor.create("finding", found);
    const first = await area(editor, "?limit=2");
    expect([first.deeds.length, first.next]).toEqual([2, 2]);
    const second = await area(editor, "?limit=2&before=2");
    expect(second.deeds.map(({ seq }) => seq)).toEqual([1]);
    const day = first.deeds[0]?.at.slice(0, 10);
    expect((await area(editor, `?from=${day}&to=${day}`)).deeds.length).toBe(3);
    expect((await area(editor, "?to=2025-01-01")).deeds).toEqual([]);
    for (const query of [
      "?town=1",
      "?bbox=1,2",
      "?from=今天",
      "?unit=nobody",
      "?layers=x",
      "?limit=0",
      "?other=1",
    ])
      expect((await editor.refused(`/api/history${query}`, {})).status).toBe(400);
  });

  test("限定 points are in it for those who may see them", async () => {
    const { id } = await editor.create("illegal_building", { name: "某处违建", stock_kind: "stock" });
    expect(
      (await area(editor)).deeds.flatMap(({ changes }) => changes.map((one) => one.feature.id)),
    ).toContain(id);
    expect((await area(await api.as("xujing"))).deeds).toEqual([]);
  });

  test("a revert is previewed, done once, told in both histories, and what came later is named", async () => {
    const { id } = await editor.create("finding", found);
    await change(editor, [{ op: "patch", feature: id, base: 1, set: { remark: "错的" } }]);
    const body = { seqs: [2], reason: "录错了" };
    const preview = await editor.ask<RevertPreview>("/api/changes/revert", {
      method: "POST",
      body: { ...body, dryRun: true },
    });
    expect(preview.body.changes).toMatchObject([{ op: "patch", fields: { remark: ["错的", null] } }]);
    expect(await api.head()).toBe(2);
    const done = await editor.ask<ChangesReply>("/api/changes/revert", { method: "POST", body });
    expect([done.status, done.body.seq, done.headers.get("x-guatu-seq")]).toEqual([200, 3, "3"]);
    const { deeds } = await area(editor);
    expect(deeds.slice(0, 2)).toMatchObject([
      { seq: 3, kind: "revert", reverts: [2], reason: "录错了" },
      { seq: 2, revertedBy: 3 },
    ]);
    const told = await editor.ask<{ entries: HistoryEntry[] }>(`/api/features/${id}/history`);
    expect(told.body.entries.slice(0, 2)).toMatchObject([{ reverts: [2] }, { revertedBy: 3 }]);
    const again = await editor.refused("/api/changes/revert", { method: "POST", body });
    expect([again.status, again.body.code, again.body.overlaps?.[0]?.seq]).toEqual([409, "overlap", 3]);
  });

  test("a revert wants a reason, one of seqs and batch, an account that edits, and a key", async () => {
    const post = (who: Caller, body: unknown, headers = {}) =>
      who.refused("/api/changes/revert", { method: "POST", body, headers });
    expect((await post(editor, { seqs: [1] })).status).toBe(422);
    expect((await post(editor, { reason: "错" })).status).toBe(422);
    expect((await post(editor, { seqs: [9], reason: "错" })).status).toBe(404);
    expect((await post(editor, { seqs: [1], reason: "错" }, { "idempotency-key": "" })).status).toBe(400);
    expect((await post(await api.as("planner"), { seqs: [1], reason: "错" })).status).toBe(403);
  });

  test("a deleted place is found by those who may restore it, with who, when and why", async () => {
    const { id } = await editor.create("finding", found);
    await change(editor, [{ op: "delete", feature: id, base: 1 }], "重复登记");
    const list = async (who: Caller) =>
      (await who.ask<ListAnswer>("/api/list?deleted=1&layers=finding")).body;
    for (const person of ["zhujiajiao", "lvhua", "zhuanban"] as const)
      expect((await list(await api.as(person))).rows).toMatchObject([
        { id, deletion: { unit: "朱家角镇", reason: "重复登记" } },
      ]);
    expect((await list(await api.as("xujing"))).rows).toEqual([]);
    expect((await (await api.as("planner")).refused("/api/list?deleted=1", {})).status).toBe(403);
    expect((await editor.ask<ListAnswer>("/api/list?layers=finding")).body.total).toBe(0);

    const view = async (who: Caller) => (await who.ask<FeatureView>(`/api/features/${id}/view`)).body;
    expect(await view(editor)).toMatchObject({
      may: { edit: false, restore: true },
      deletion: { seq: 2, unit: "朱家角镇", person: "测试 zhujiajiao", reason: "重复登记" },
    });
    const other = await view(await api.as("xujing"));
    expect([other.may.restore, other.deletion?.person]).toEqual([false, undefined]);
    await change(editor, [{ op: "restore", feature: id, base: 2 }]);
    expect((await view(editor)).deletion).toBeUndefined();
    expect((await list(editor)).rows).toEqual([]);
  });

  test("shapes around a change come with their sizes", async () => {
    const force = await api.as("zhuanban");
    const line = (to: number) => [
      [121.05, 31.11],
      [to, 31.11],
    ];
    const { id } = await force.create(
      "key_road",
      { name: "试验路", parent_road: "试验路" },
      line(121.06),
      "LineString",
    );
    const geometry = { type: "LineString", coordinates: line(121.07) };
    await change(force, [{ op: "patch", feature: id, base: 1, geometry }]);
    const { body } = await force.ask<HistoryShapes>(`/api/features/${id}/history/2`);
    expect(body.after).toEqual(geometry);
    expect(body.size.before).toBeCloseTo(954.8, -1);
    expect((body.size.after ?? 0) / (body.size.before ?? 1)).toBeCloseTo(2, 3);
  });
});
