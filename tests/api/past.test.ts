import { afterEach, beforeEach, expect, test } from "vitest";
import type { FeatureBody, FeatureView } from "#data/domain/wire/feature.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import { openSession } from "#db/sessions.ts";
import { applyChanges } from "#db/write.ts";
import { type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-06-01" };
const uid = "0199a000-0000-7000-8000-000000000001";
const noon = (date: string) => new Date(`${date}T12:00:00+08:00`);

interface History {
  entries: HistoryEntry[];
  next: number | null;
}

describeOnBothDatabases("the past", (database) => {
  let api: TestServer;
  let editor: Caller;
  let id: number;
  let task: number;

  /** Three days of one finding: made in June, moved and renamed in July, handled in August. */
  beforeEach(async () => {
    api = await startApi(database());
    const { app, owner } = database();
    editor = await api.as("zhujiajiao");
    const [account] = await owner.sql<{ id: number }[]>`select id from account where login = 'zhujiajiao'`;
    const { token } = await openSession(app, { accountId: account?.id ?? 0, kind: "web", hours: 1 });
    const geometry = { type: "Point" as const, coordinates: [...places.zhujiajiao] };
    const moved = { type: "Point" as const, coordinates: [121.06, 31.11] };
    const made = await applyChanges(app, {
      token,
      clock: noon("2025-06-10"),
      body: { changes: [{ op: "create", uid, layer: "finding", properties: found, geometry }] },
    });
    id = made.reply.results[0]?.id ?? 0;
    task = made.reply.results[0]?.tasks?.[0]?.id ?? 0;
    const set = { name: "沿街乱堆物（北段）" };
    await applyChanges(app, {
      token,
      clock: noon("2025-07-10"),
      body: { changes: [{ op: "patch", feature: id, base: 1, set, geometry: moved }], reason: "复核位置" },
    });
    await applyChanges(app, {
      token,
      clock: noon("2025-08-10"),
      body: { changes: [{ op: "task", task, base: 1, step: "start" }] },
    });
  });
  afterEach(() => api.close());

  test("a feature reads as it was at the end of a day, and is not found before it was made", async () => {
    const june = await editor.ask<FeatureBody>(`/api/features/${id}?at=2025-06-30`);
    expect(june.body).toMatchObject({ properties: { name: "沿街乱堆物" }, guatu: { version: 1 } });
    expect(june.headers.get("etag")).toBe(`"f${id}.1.1"`);
    const july = await editor.ask<FeatureBody>(`/api/features/${id}?at=2025-07-10`);
    expect(july.body.guatu.version).toBe(2);
    expect((await editor.ask(`/api/features/${id}?at=2025-06-09`)).status).toBe(404);
  });

  test("`known` is a number or a date, and alone it means: as it was when that was recorded", async () => {
    for (const known of ["1", "2025-06-30"]) {
      const { body } = await editor.ask<FeatureView>(`/api/features/${id}/view?known=${known}`);
      expect(body.feature.guatu.version).toBe(1);
      expect(body.asOf).toMatchObject({ known: 1 });
      expect(body.historyCount).toBe(1);
    }
  });

  test("the view of a past day has that day's tasks and lights, and offers no edit", async () => {
    const { body } = await editor.ask<FeatureView>(`/api/features/${id}/view?at=2025-07-31`);
    expect(body.asOf.today).toBe("2025-07-31");
    expect(body.tasks).toMatchObject([{ state: "planned", version: 1, light: { light: "none" } }]);
    expect(body.may.edit).toBe(false);
    expect(body.tasks[0]?.steps.every((step) => !step.allowed && step.why)).toBe(true);
    const now = await editor.ask<FeatureView>(`/api/features/${id}/view`);
    expect(now.body.tasks).toMatchObject([{ state: "underway", light: { light: "normal" } }]);
  });

  test("the history tells what changed, by which unit and why; the clerk's name stays in the unit", async () => {
    const { body } = await editor.ask<History>(`/api/features/${id}/history`);
    expect(body.entries.map(({ seq, op }) => [seq, op])).toEqual([
      [3, "task"],
      [2, "patch"],
      [1, "create"],
      [1, "task"],
    ]);
    const [stepped, patched] = body.entries;
    expect(stepped?.fields).toMatchObject({ state: ["planned", "underway"] });
    expect(patched).toMatchObject({
      fields: { name: ["沿街乱堆物", "沿街乱堆物（北段）"] },
      geometry: true,
      reason: "复核位置",
      person: "测试 zhujiajiao",
    });
    const other = await api.as("planner");
    const seen = (await other.ask<History>(`/api/features/${id}/history`)).body.entries[1];
    expect(seen?.unit).toContain("朱家角");
    expect(seen?.person).toBeUndefined();
  });

  test("the history of a past day ends there, and comes in pages", async () => {
    const past = await editor.ask<History>(`/api/features/${id}/history?at=2025-07-31`);
    expect(past.body.entries[0]?.seq).toBe(2);
    const first = await editor.ask<History>(`/api/features/${id}/history?limit=2`);
    expect(first.body.next).toBe(2);
    const rest = await editor.ask<History>(`/api/features/${id}/history?limit=2&before=2`);
    expect([rest.body.entries[0]?.seq, rest.body.next]).toEqual([1, null]);
  });

  test("the shapes around a change can be drawn", async () => {
    const { body } = await editor.ask(`/api/features/${id}/history/2`);
    expect(body).toMatchObject({
      before: { coordinates: [121.05, 31.11] },
      after: { coordinates: [121.06, 31.11] },
    });
    expect((await editor.ask(`/api/features/${id}/history/3`)).status).toBe(404);
  });

  test("a correction shows beside what was known before, from the day it is about", async () => {
    const taskforce = await api.as("zhuanban");
    const correct = {
      op: "correct",
      feature: id,
      from: "2025-06-15T00:00:00+08:00",
      set: { remark: "查实" },
    };
    const body = { changes: [correct], reason: "专班查实" };
    const path = `/api/features/${id}?at=2025-06-30`;
    const held = (await editor.ask(path)).headers.get("etag") ?? "";
    const again = () => editor.ask(path, { headers: { "if-none-match": held } });
    expect((await again()).status).toBe(304);
    expect((await taskforce.ask("/api/changes", { method: "POST", body })).status).toBe(200);
    expect((await again()).status).toBe(200);
    const { entries } = (await editor.ask<History>(`/api/features/${id}/history`)).body;
    expect(entries[0]).toMatchObject({ seq: 4, op: "correct", fields: { remark: [null, "查实"] } });
    const june = (known: number) =>
      editor.ask<FeatureBody>(`/api/features/${id}?at=2025-06-30&known=${known}`);
    expect((await june(4)).body.properties.remark).toBe("查实");
    expect((await june(3)).body.properties.remark).toBeUndefined();
  });

  test("the density ruler counts changes a day and names the plan's dates", async () => {
    type Activity = {
      days: { day: string; changes: number }[];
      deadlines: { date: string; label: string }[];
    };
    const { body } = await editor.ask<Activity>("/api/activity?year=2025");
    expect(body.days.map(({ day }) => day)).toEqual(["2025-06-10", "2025-07-10", "2025-08-10"]);
    expect(body.deadlines.map(({ date }) => date)).toContain("2025-06-30");
  });
});
