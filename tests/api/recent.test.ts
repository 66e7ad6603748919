import { afterEach, beforeEach, expect, test } from "vitest";
import type { RecentAnswer } from "#data/domain/wire/live.ts";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const illegal = { name: "屋顶搭建", stock_kind: "stock", building_kind: "villa", area_m2: 30 };

describeOnBothDatabases("what happened last", (database) => {
  let api: TestServer;
  beforeEach(async () => {
    api = await startApi(database());
  });
  afterEach(() => api.close());

  const recent = async (person: Parameters<TestServer["as"]>[0], query = "") =>
    (await (await api.as(person)).ask<RecentAnswer>(`/api/recent${query}`)).body;

  test("a new place is one line, the step of its task the next, newest first", async () => {
    const editor = await api.as("zhujiajiao");
    const { id, reply } = await editor.create("finding", found);
    const [task] = reply.results[0]?.tasks ?? [];
    await editor.ask(`/api/tasks/${task?.id}/start`, {
      method: "POST",
      body: {},
      headers: { "if-match": `"t${task?.id}.${task?.version}"` },
    });
    const { changes, now } = await recent("screen");
    expect(changes.map(({ kind, op }) => [kind, op])).toEqual([
      ["task", "start"],
      ["feature", "create"],
    ]);
    expect(changes[0]).toMatchObject({
      unit: "朱家角镇",
      feature: { id, name: "沿街乱堆物", layer: "finding", town: "310118102" },
      task: { target: 1, state: "underway", progress: 0 },
    });
    expect(now >= (changes[0]?.at ?? "")).toBe(true);
    expect((await recent("screen", "?limit=1")).changes.length).toBe(1);
    expect((await recent("screen", "?known=1")).changes.map(({ seq }) => seq)).toEqual([1]);
  });

  test("a 限定 place is told only to those who may see it", async () => {
    await (await api.as("zhuanban")).create("illegal_building", illegal);
    expect((await recent("screen")).changes).toEqual([]);
    expect((await recent("zhujiajiao")).changes.length).toBe(1);
    expect((await recent("chengguan")).changes.length).toBe(1);
  });
});
