import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import { type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { Ear } from "#tests/support/ear.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const building = { name: "加建", stock_kind: "stock" };

describeOnBothDatabases("events", (database) => {
  let api: TestServer;
  let editor: Caller;
  const ears: Ear[] = [];
  beforeEach(async () => {
    api = await startApi(database());
    editor = await api.as("zhujiajiao");
  });
  afterEach(async () => {
    api.close();
    for (const ear of ears.splice(0)) await ear.stop();
  });

  const listen = async (who: Caller, path = "/api/events", headers: Record<string, string> = {}) => {
    const response = await api.app.request(path, { headers: { ...who.headers, ...headers } });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const ear = new Ear(response);
    ears.push(ear);
    return ear;
  };

  test("another reader hears within a second what changed and where, and never the value", async () => {
    const ear = await listen(await api.as("planner"));
    expect(await ear.next()).toMatchObject({ event: "hello", data: { head: 0 } });
    const { id } = await editor.create("finding", found);
    const acknowledged = performance.now();
    const heard = await ear.next();
    expect(performance.now() - acknowledged).toBeLessThan(1000);
    expect(heard).toMatchObject({ event: "change", id: "1" });
    const [lng, lat] = places.zhujiajiao;
    const changes = heard?.data as ChangeEvent[];
    expect(changes.find(({ kind }) => kind === "feature")).toEqual({
      seq: 1,
      kind: "feature",
      id,
      layer: "finding",
      op: "create",
      before: null,
      after: [lng, lat, lng, lat],
    });
    expect(JSON.stringify(changes)).not.toContain(found.name);
  });

  test("a reader that lost the line goes on where it stopped, by Last-Event-ID or by since", async () => {
    for (let n = 0; n < 5; n += 1) await editor.create("finding", { ...found, name: `第${n}处` });
    await api.deps.feed.reach(5);
    const byHeader = await listen(editor, "/api/events", { "last-event-id": "3" });
    const bySince = await listen(editor, "/api/events?since=3");
    for (const ear of [byHeader, bySince]) {
      await ear.next();
      expect((await ear.until(5)).map(({ id }) => id)).toEqual(["4", "5"]);
    }
    const { id } = await editor.create("finding", found);
    expect(id).toBeGreaterThan(0);
    expect((await byHeader.next())?.id).toBe("6");
  });

  test("whoever is too far behind, or ahead of this database, is told to read everything again", async () => {
    await editor.create("finding", found);
    await api.deps.feed.reach(1);
    await database().owner.sql`
      insert into change (seq, kind, id, layer_no, op) select 1, 'report', n, null, 'create' from generate_series(1, 10001) n`;
    expect(await (await listen(editor, "/api/events?since=0")).next()).toMatchObject({
      event: "resync",
      id: "1",
    });
    expect(await (await listen(editor, "/api/events?since=77")).next()).toMatchObject({
      event: "resync",
      id: "1",
    });
  });

  test("what changes in a 限定 layer is told one by one to those who may see it, to others only as new counts", async () => {
    const listeners = await Promise.all(
      (["zhujiajiao", "zhuanban", "xujing", "planner"] as const).map(async (person) => {
        const ear = await listen(await api.as(person));
        await ear.next();
        return { person, ear };
      }),
    );
    await editor.create("illegal_building", building);
    const told = await Promise.all(
      listeners.map(async ({ person, ear }) => {
        const heard = await ear.next();
        return [person, heard?.event];
      }),
    );
    expect(Object.fromEntries(told)).toMatchObject({
      zhujiajiao: "change",
      zhuanban: "change",
      xujing: "counts",
      planner: "counts",
    });
  });

  test("a stream ends with its session", async () => {
    const ear = await listen(editor);
    await ear.next();
    await editor.ask("/api/session", { method: "DELETE" });
    expect(await ear.next()).toMatchObject({ event: "signed-out" });
    expect(await ear.next()).toBeNull();
  });

  test("a stream is not compressed", async () => {
    const response = await api.app.request("/api/events", {
      headers: { ...editor.headers, "accept-encoding": "gzip" },
    });
    ears.push(new Ear(response));
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(response.headers.get("cache-control")).toBe("no-cache");
  });
});
