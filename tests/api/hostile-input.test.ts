import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { type Answer, type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const geometry = { type: "Point", coordinates: places.zhujiajiao };
const create = (properties: object) => ({ layer: "finding", geometry, properties });
const nested = "[".repeat(100_000) + "]".repeat(100_000);
const tooLarge = 99_999_999_999;

/** What → body of POST /api/features, and the field that the answer names. */
const creates: Record<string, readonly [unknown, string]> = {
  "half a character": [JSON.stringify(create(found)).replace("沿街", "\\ud800"), "properties.name"],
  "an empty character": [create({ ...found, remark: "a\0b" }), "properties.remark"],
  "a name that turns its own writing round": [create({ ...found, name: "盈港路\u202e" }), "name"],
  "a field named like a method of every object": [create({ ...found, constructor: "x" }), "constructor"],
  "a hundred thousand brackets": [`{"layer":"finding","properties":${nested}}`, "properties"],
  "the year 0": [{ ...create(found), effective: "0000-01-01T00:00:00Z" }, "effective"],
};

/** What → one op of POST /api/changes on feature 1 with its task 1. */
const edits: Record<string, readonly [object, string]> = {
  "a town that is none": [{ op: "patch", feature: 1, base: 1, duty: "999" }, "duty"],
  "a version that no table holds": [{ op: "restore", feature: 1, base: 1, version: tooLarge }, "version"],
  "a base that no table holds": [{ op: "patch", feature: 1, base: tooLarge, set: { remark: "x" } }, "base"],
  "a due date in the year 0": [{ op: "task", task: 1, due: "0000-01-01" }, "due"],
  "a correction from the year 0": [
    { op: "correct", feature: 1, from: "0000-01-01T00:00:00Z", set: { remark: "x" } },
    "from",
  ],
  "a note with an empty character": [{ op: "task", task: 1, note: "\0" }, "note"],
};

const queries = {
  "/api/search?q=%00": "q",
  "/api/list?q=a%00b": "q",
  "/api/list?at=0000-01-01": "at",
  "/api/list?bbox=1,2,3": "bbox",
  "/api/list?layers=nope": "layers",
};

describeOnBothDatabases("what nobody sends by mistake", (database) => {
  let api: TestServer;
  let force: Caller;
  beforeEach(async () => {
    api = await startApi(database());
    force = await api.as("zhuanban");
    await force.create("finding", found);
  });
  afterEach(() => api.close());

  const isRefused = (answer: Answer<ProblemBody>, field: string) => {
    expect([answer.status, answer.text]).toEqual([
      expect.toSatisfy((it) => it >= 400 && it < 500),
      answer.text,
    ]);
    expect(answer.body.errors?.map(({ at }) => at).join(" ")).toContain(field);
    expect(answer.body.errors?.[0]?.message).not.toBe("不合要求");
  };

  describe("is refused by the field's name, and nothing changes", () => {
    test.each(Object.entries(creates))("%s", async (_, [body, field]) => {
      isRefused(await force.refused("/api/features", { method: "POST", body }), field);
      expect(await api.head()).toBe(1);
    });

    test.each(Object.entries(edits))("%s", async (_, [change, field]) => {
      const body = { changes: [change], reason: "试" };
      isRefused(await force.refused("/api/changes", { method: "POST", body }), field);
      expect(await api.head()).toBe(1);
    });

    test.each(Object.entries(queries))("%s", async (path, field) => {
      isRefused(await force.refused(path, {}), field);
    });
  });

  test("a version in If-Match that no table holds is a bad request", async () => {
    const headers = { "if-match": `"f1.${tooLarge}"` };
    const body = { set: { remark: "x" } };
    expect((await force.ask("/api/features/1", { method: "PATCH", body, headers })).status).toBe(400);
  });

  test("an account named by an empty character does not exist", async () => {
    const body = { account: "\0", password: "x" };
    expect((await api.stranger.ask("/api/session", { method: "POST", body })).status).toBe(422);
  });
});
