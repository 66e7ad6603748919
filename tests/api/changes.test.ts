import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FeatureBody, FeatureView } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };

describeOnBothDatabases("writing", (database) => {
  let api: TestServer;
  let editor: Caller;
  beforeEach(async () => {
    api = await startApi(database());
    editor = await api.as("zhujiajiao");
  });
  afterEach(() => api.close());

  const patch = (id: number, version: number, body: unknown, headers: Record<string, string> = {}) =>
    editor.ask<ChangesReply & ProblemBody>(`/api/features/${id}`, {
      method: "PATCH",
      body,
      headers: { "if-match": `"f${id}.${version}"`, ...headers },
    });

  test("a town's editor creates a feature with its tasks and reads it back with a strong ETag", async () => {
    const { id, reply } = await editor.create("finding", found);
    expect(reply.seq).toBe(1);
    expect(reply.results[0]?.tasks?.length).toBe(1);
    const answer = await editor.ask<FeatureBody>(`/api/features/${id}`);
    expect(answer.headers.get("etag")).toBe(`"f${id}.1"`);
    expect(answer.body.guatu).toMatchObject({
      layer: "finding",
      version: 1,
      town: "310118102",
      deleted: false,
    });
    expect(answer.body.properties).toMatchObject(found);
    expect(answer.body.geometry).toEqual({ type: "Point", coordinates: [...places.zhujiajiao] });
  });

  test("the ETag stays strong under gzip, answers 304, and with W/ from a proxy it still edits", async () => {
    const { id } = await editor.create("finding", { ...found, remark: "很长的备注。".repeat(80) });
    const compressed = { "accept-encoding": "gzip, br" };
    const first = await editor.ask(`/api/features/${id}`, { headers: compressed });
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toBe(`"f${id}.1"`);
    for (const known of [tag, `W/${tag}`, `"other", W/${tag}`]) {
      const again = await editor.ask(`/api/features/${id}`, {
        headers: { ...compressed, "if-none-match": known },
      });
      expect([again.status, again.text]).toEqual([304, ""]);
    }
    const edited = await patch(id, 1, { set: { remark: "短" } }, { "if-match": `W/${tag}` });
    expect(edited.status).toBe(200);
    expect(edited.headers.get("etag")).toBe(`"f${id}.2"`);
    const stale = await editor.ask(`/api/features/${id}`, { headers: { "if-none-match": tag } });
    expect(stale.status).toBe(200);
    const list = await editor.ask("/api/openapi.json", { headers: compressed });
    expect(list.headers.get("content-encoding")).toBe("br");
  });

  test("an edit without If-Match is 428, with another thing's tag 400", async () => {
    const { id } = await editor.create("finding", found);
    const bare = await editor.refused(`/api/features/${id}`, { method: "PATCH", body: { set: {} } });
    expect([bare.status, bare.body.code]).toEqual([428, "base-missing"]);
    for (const tag of [`"f${id + 1}.1"`, "*", `"t${id}.1"`, `"f${id}"`])
      expect((await patch(id, 1, { set: {} }, { "if-match": tag })).status).toBe(400);
    expect(await api.head()).toBe(1);
  });

  test("a stale edit is 412 with the current body and what changed since", async () => {
    const { id } = await editor.create("finding", found);
    expect((await patch(id, 1, { set: { remark: "先改的" } })).status).toBe(200);
    const { status, body } = await patch(id, 1, { set: { remark: "后改的" } });
    expect([status, body.code]).toEqual([412, "stale"]);
    expect(body.stale?.feature).toMatchObject({
      id,
      guatu: { version: 2 },
      properties: { remark: "先改的" },
    });
    expect(body.stale?.changed).toEqual(["remark"]);
    expect(await api.head()).toBe(2);
  });

  test("the same key and body again is the same answer and no second write; another body is refused", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const body = {
      layer: "finding",
      properties: found,
      geometry: { type: "Point", coordinates: places.zhujiajiao },
    };
    const first = await editor.ask<ChangesReply>("/api/features", { method: "POST", body, headers });
    const again = await editor.ask<ChangesReply>("/api/features", { method: "POST", body, headers });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = { ...body, properties: { ...found, name: "另一处" } };
    const refused = await editor.refused("/api/features", { method: "POST", body: other, headers });
    expect([refused.status, refused.body.code]).toEqual([422, "key-reused"]);
    expect(await api.head()).toBe(1);
  });

  test("a retry of an edit gives its answer before any version is looked at", async () => {
    const { id } = await editor.create("finding", found);
    const headers = { "idempotency-key": randomUUID() };
    const first = await patch(id, 1, { set: { remark: "一" } }, headers);
    const again = await patch(id, 1, { set: { remark: "一" } }, headers);
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  test("a write without a key is 400 and says why a key is needed", async () => {
    for (const headers of [{ "idempotency-key": "" }, { "idempotency-key": "7" }]) {
      const answer = await editor.refused("/api/changes", {
        method: "POST",
        body: { changes: [{ op: "delete", feature: 1, base: 1 }] },
        headers,
      });
      expect([answer.status, answer.body.code]).toEqual([400, "key-missing"]);
      expect(answer.body.errors?.[0]?.at).toBe("Idempotency-Key");
    }
  });

  test("a list is all or nothing", async () => {
    const uid = randomUUID();
    const geometry = { type: "Point", coordinates: places.zhujiajiao };
    const { status } = await editor.ask("/api/changes", {
      method: "POST",
      body: {
        changes: [
          { op: "create", uid, layer: "finding", properties: found, geometry },
          { op: "patch", feature: 999, base: 1, set: { remark: "没有这一处" } },
        ],
      },
    });
    expect(status).toBe(404);
    expect(await api.head()).toBe(0);
    const [row] = await database().owner.sql`select count(*)::int as n from feature`;
    expect(row).toEqual({ n: 0 });
  });

  test("a task goes its way: handled by the town, verified by the lead's reviewer, each step with the version it saw", async () => {
    const { id, reply } = await editor.create("finding", found);
    const task = reply.results[0]?.tasks?.[0];
    if (!task) throw new Error("no task was made");
    const path = `/api/tasks/${task.id}`;
    const step = (who: Caller, name: string, version: number, body?: unknown) =>
      who.refused(`${path}/${name}`, {
        method: "POST",
        body,
        headers: { "if-match": `"t${task.id}.${version}"` },
      });
    expect((await editor.refused(`${path}/start`, { method: "POST" })).status).toBe(428);
    expect((await step(editor, "start", 1)).headers.get("etag")).toBe(`"t${task.id}.2"`);
    expect((await step(editor, "submit", 1)).body).toMatchObject({
      status: 412,
      stale: { task: { state: "underway" } },
    });
    expect((await step(editor, "progress", 2, { progress: 80 })).status).toBe(200);
    expect((await step(editor, "submit", 3)).status).toBe(200);
    expect((await step(editor, "accept", 4)).status).toBe(403);
    expect((await step(editor, "start", 4)).status).toBe(409);
    expect((await step(editor, "burn", 4)).status).toBe(404);
    const reviewer = await api.as("lvhua-sh");
    expect((await step(reviewer, "reject", 4, {})).status).toBe(422);
    expect((await step(reviewer, "accept", 4)).status).toBe(200);
    const { body } = await editor.ask<FeatureView>(`/api/features/${id}/view`);
    expect(body).toMatchObject({ light: "done", tasks: [{ state: "closed", version: 5 }], historyCount: 5 });
  });

  test("the view says who may do what, and why not", async () => {
    const { id } = await editor.create("finding", found);
    const view = async (person: Parameters<TestServer["as"]>[0]) =>
      (await (await api.as(person)).ask<FeatureView>(`/api/features/${id}/view`)).body;
    expect((await view("zhujiajiao")).may).toEqual({ edit: true, delete: true });
    expect((await view("xujing")).may.why).toContain("朱家角");
    expect((await view("planner")).may.why).toContain("只能查看");
    expect((await view("lvhua")).may.edit).toBe(true);
    expect((await view("zhuanban")).may.edit).toBe(true);
  });

  test("a deleted feature is gone, its history stays, and it can be restored", async () => {
    const { id } = await editor.create("finding", found);
    const gone = await editor.ask(`/api/features/${id}`, {
      method: "DELETE",
      headers: { "if-match": `"f${id}.1"` },
    });
    expect(gone.status).toBe(200);
    expect((await editor.ask(`/api/features/${id}`)).status).toBe(410);
    expect((await editor.ask(`/api/features/${id}/history`)).status).toBe(200);
    const restore = { changes: [{ op: "restore", feature: id, base: 2 }] };
    expect((await editor.ask("/api/changes", { method: "POST", body: restore })).status).toBe(200);
    expect((await editor.ask(`/api/features/${id}`)).headers.get("etag")).toBe(`"f${id}.3"`);
  });
});
