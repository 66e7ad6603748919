import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PresenceAnswer } from "#data/domain/presence.ts";
import { type Caller, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { Ear } from "#tests/support/ear.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const building = { name: "加建", stock_kind: "stock" };

describeOnBothDatabases("presence", (database) => {
  let api: TestServer;
  let clerk: Caller;
  let colleague: Caller;
  let planner: Caller;
  const ears: Ear[] = [];
  beforeEach(async () => {
    api = await startApi(database());
    [clerk, colleague, planner] = await Promise.all([
      api.as("zhujiajiao"),
      api.as("zhujiajiao-sh"),
      api.as("planner"),
    ]);
  });
  afterEach(async () => {
    api.close();
    for (const ear of ears.splice(0)) await ear.stop();
  });

  let turn = 0;
  const at = (caller: Caller, feature: number, mode = "viewing", tab: string = randomUUID()) =>
    caller.ask<PresenceAnswer>(`/api/presence/${tab}`, {
      method: "PUT",
      body: { feature, mode, turn: ++turn },
    });
  const leave = (caller: Caller, tab: string) =>
    caller.ask(`/api/presence/${tab}?turn=${++turn}`, { method: "DELETE" });
  const listen = async (caller: Caller) => {
    const ear = new Ear(await api.app.request("/api/events", { headers: caller.headers }));
    ears.push(ear);
    await ear.next();
    return ear;
  };

  test("a colleague is told by name, another unit only as a unit, and nobody of what they do not look at", async () => {
    const { id } = await clerk.create("finding", found);
    const { id: elsewhere } = await clerk.create("finding", { ...found, name: "另一处" });
    await at(clerk, id, "editing");
    await at(clerk, elsewhere, "viewing");
    expect((await at(colleague, id)).body.others).toEqual([
      { unit: expect.any(String), person: "测试 zhujiajiao", mode: "editing" },
    ]);
    const { others } = (await at(planner, id)).body;
    expect(others.map(({ mode, person }) => [mode, person])).toEqual([
      ["editing", undefined],
      ["viewing", undefined],
    ]);
  });

  test("who has it open hears it at once when another comes and goes, without a change in the feed", async () => {
    const { id } = await clerk.create("finding", found);
    await api.deps.feed.reach(1);
    const ear = await listen(clerk);
    await at(clerk, id, "editing");
    expect(await ear.next()).toMatchObject({ event: "presence", id: "", data: { others: [] } });
    const tab = randomUUID();
    await at(planner, id, "viewing", tab);
    expect(await ear.next()).toMatchObject({
      event: "presence",
      data: { feature: id, others: [{ mode: "viewing" }] },
    });
    await leave(planner, tab);
    expect(await ear.next()).toMatchObject({ event: "presence", data: { feature: id, others: [] } });
    expect(await api.head()).toBe(1);
  });

  test("who does not have it open hears nothing of it", async () => {
    const { id } = await clerk.create("finding", found);
    await api.deps.feed.reach(1);
    const ear = await listen(planner);
    await listen(clerk);
    await at(clerk, id, "editing");
    await clerk.create("finding", { ...found, name: "后来的" });
    expect((await ear.next())?.event).toBe("change");
  });

  test("a 限定 place that a reader may not see answers not-found, and nobody is told there", async () => {
    const { id } = await clerk.create("illegal_building", building);
    expect((await at(planner, id)).status).toBe(404);
    expect((await at(clerk, id)).body).toMatchObject({ others: [] });
  });

  test("a tab that says nothing any more is gone, and its row with the next that comes", async () => {
    const { id } = await clerk.create("finding", found);
    const tab = randomUUID();
    await at(planner, id, "viewing", tab);
    await database().owner
      .sql`update presence set seen_at = now() - interval '23 seconds' where tab = ${tab}`;
    expect((await at(clerk, id)).body.others).toEqual([]);
    const rows = await database().owner.sql`select from presence where tab = ${tab}`;
    expect(rows).toHaveLength(0);
  });

  test("signing out ends it", async () => {
    const { id } = await clerk.create("finding", found);
    await at(planner, id);
    await planner.ask("/api/session", { method: "DELETE" });
    expect((await at(clerk, id)).body.others).toEqual([]);
  });

  test("two tabs of one person are one to others and two to the person", async () => {
    const { id } = await clerk.create("finding", found);
    const [first, second] = [randomUUID(), randomUUID()];
    await at(clerk, id, "viewing", first);
    expect((await at(clerk, id, "editing", second)).body).toEqual({
      feature: id,
      others: [],
      mine: [
        { tab: first, mode: "viewing" },
        { tab: second, mode: "editing" },
      ],
    });
    expect((await at(colleague, id)).body.others).toMatchObject([{ mode: "editing" }]);
  });

  test("a sign of life that was overtaken by the good-bye brings nobody back", async () => {
    const { id } = await clerk.create("finding", found);
    const tab = randomUUID();
    await at(planner, id, "viewing", tab);
    const late = turn;
    await leave(planner, tab);
    await planner.ask(`/api/presence/${tab}`, {
      method: "PUT",
      body: { feature: id, mode: "viewing", turn: late },
    });
    expect((await at(clerk, id)).body.others).toEqual([]);
    await at(planner, id, "viewing", tab);
    expect((await at(clerk, id)).body.others).toHaveLength(1);
  });

  test("a tab is moved or closed only by its own account", async () => {
    const { id } = await clerk.create("finding", found);
    const tab = randomUUID();
    await at(clerk, id, "editing", tab);
    await at(colleague, id, "viewing", tab);
    await leave(colleague, tab);
    expect((await at(planner, id)).body.others).toMatchObject([{ mode: "editing" }]);
  });

  test("the app itself can neither forge nor read sessions of who is present", async () => {
    const { id } = await clerk.create("finding", found);
    await at(clerk, id);
    const { sql } = database().app;
    await expect(sql`update presence set mode = 'editing'`).rejects.toThrow(/permission denied/);
    await expect(sql`select session_id from presence`).rejects.toThrow(/permission denied/);
  });

  test("nonsense is refused with a sentence, and a loop gone wild with 429", async () => {
    const { id } = await clerk.create("finding", found);
    expect((await at(clerk, id, "viewing", "7")).status).toBe(404);
    expect((await at(clerk, id, "locking")).status).toBe(422);
    expect((await at(clerk, 1e15)).status).toBe(404);
    let status = 200;
    for (let n = 0; n < 100 && status !== 429; n += 1)
      status = (await at(clerk, id, "viewing", randomUUID())).status;
    expect(status).toBe(429);
    const [rows] = await database().owner.sql<{ n: number }[]>`select count(*)::int as n from presence`;
    expect(rows?.n).toBeLessThanOrEqual(40);
  });
});
