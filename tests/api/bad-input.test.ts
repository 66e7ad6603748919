import { afterEach, beforeEach, expect, test } from "vitest";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { type Answer, type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const green = { name: "滨水绿地" };
const at = places.zhujiajiao;
const point = (coordinates: unknown) => ({ type: "Point", coordinates });
const polygon = (ring: unknown) => ({ type: "Polygon", coordinates: [ring] });

/** A circle of `n` vertices around a place inside 朱家角镇. */
const circle = (n: number) =>
  Array.from({ length: n + 1 }, (_, i) => {
    const angle = ((i % n) / n) * 2 * Math.PI;
    return [+(at[0] + 0.002 * Math.cos(angle)).toFixed(7), +(at[1] + 0.002 * Math.sin(angle)).toFixed(7)];
  });

const bowtie = [
  [121.05, 31.11],
  [121.052, 31.112],
  [121.052, 31.11],
  [121.05, 31.112],
  [121.05, 31.11],
];

interface Bad {
  readonly what: string;
  readonly body: unknown;
  readonly status: number;
  /** What `errors` names, or a part of it. */
  readonly names?: string;
}

const create = (layer: unknown, properties: unknown, geometry: unknown) => ({ layer, properties, geometry });

const bad: readonly Bad[] = [
  { what: "an unknown layer", body: create("volcano", found, point(at)), status: 422, names: "layer" },
  {
    what: "a wrong geometry type",
    body: create("green_spot", green, point(at)),
    status: 422,
    names: "geometry",
  },
  {
    what: "a geometry type nobody knows",
    body: create("finding", found, { type: "Circle", coordinates: at }),
    status: 422,
    names: "geometry",
  },
  {
    what: "a self-crossing ring",
    body: create("green_spot", green, polygon(bowtie)),
    status: 422,
    names: "geometry",
  },
  {
    what: "an open ring",
    body: create("green_spot", green, polygon(bowtie.slice(0, 4))),
    status: 422,
    names: "geometry",
  },
  {
    what: "NaN written as text",
    body: create("finding", found, point(["NaN", 31.1])),
    status: 422,
    names: "geometry",
  },
  {
    what: "NaN written as null",
    body: create("finding", found, point([null, 31.1])),
    status: 422,
    names: "geometry",
  },
  {
    what: "NaN as JavaScript writes it",
    body: '{"layer":"finding","properties":{},"geometry":{"type":"Point","coordinates":[NaN,31]}}',
    status: 400,
    names: "body",
  },
  {
    what: "a place outside Shanghai",
    body: create("finding", found, point(places.beijing)),
    status: 422,
    names: "geometry",
  },
  {
    what: "swapped latitude and longitude",
    body: create("finding", found, point([31.11, 121.05])),
    status: 422,
    names: "geometry",
  },
  {
    what: "a polygon of 100,000 vertices",
    body: create("green_spot", green, polygon(circle(60_000))),
    status: 422,
    names: "geometry",
  },
  {
    what: "a body of 20 MB",
    body: JSON.stringify({ layer: "x".repeat(20_000_000) }),
    status: 413,
    names: "body",
  },
  {
    what: "an unknown field",
    body: create("finding", { ...found, colour: "red" }, point(at)),
    status: 422,
    names: "colour",
  },
  {
    what: "a wrong choice",
    body: create("finding", { ...found, place: "moon" }, point(at)),
    status: 422,
    names: "place",
  },
  {
    what: "a wrong type of value",
    body: create("finding", { ...found, found_on: 5 }, point(at)),
    status: 422,
    names: "found_on",
  },
  {
    what: "a missing required field",
    body: create("finding", { name: "无类别" }, point(at)),
    status: 422,
    names: "category",
  },
  {
    what: "a key nobody knows beside the body",
    body: { ...create("finding", found, point(at)), owner: 1 },
    status: 422,
    names: "owner",
  },
  { what: "a list instead of a thing", body: [], status: 422 },
  { what: "half a JSON", body: '{"layer": "finding"', status: 400, names: "body" },
  { what: "someone else's town", body: create("finding", found, point(places.xujing)), status: 403 },
];

const badQueries: readonly (readonly [string, string])[] = [
  ["/api/features/1/history?limit=-1", "limit"],
  ["/api/list?limit=-1", "limit"],
  ["/ogc/collections/finding/items?limit=-1", "limit"],
  ["/api/layers?at=2026-01-01", "at"],
  ["/api/layers?at=yesterday", "at"],
  ["/api/layers?known=999999", "known"],
  ["/api/layers?at=2025-06-30T12:00:00", "at"],
  ["/api/activity?year=abc", "year"],
  ["/api/events?since=-4", "since"],
];

describeOnBothDatabases("bad input", (database) => {
  let api: TestServer;
  let editor: Caller;
  beforeEach(async () => {
    api = await startApi(database());
    editor = await api.as("zhujiajiao");
  });
  afterEach(() => api.close());

  const isProblem = ({ status, headers, body, text }: Answer<ProblemBody>) => {
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body.status).toBe(status);
    expect(body.detail, text.slice(0, 300)).toMatch(/[\u4e00-\u9fff]/);
    expect(body.request).toBe(headers.get("x-request-id"));
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d|node_modules|select |insert into/i);
  };

  test.each(bad)("$what is refused, named and written nowhere", async ({ body, status, names }) => {
    const answer = await editor.refused("/api/features", { method: "POST", body });
    expect([answer.status, answer.text.slice(0, 400)]).toEqual([status, expect.anything()]);
    isProblem(answer);
    if (names) expect(answer.body.errors?.map((error) => error.at).join()).toContain(names);
    expect(await api.head()).toBe(0);
    const [row] = await database().owner.sql`select count(*)::int as n from feature`;
    expect(row).toEqual({ n: 0 });
  });

  test("the same in a list, where the error names which edit it was", async () => {
    const geometry = point(at);
    const uid = "0199a000-0000-7000-8000-000000000001";
    const change = { op: "create", uid, layer: "finding", properties: { ...found, colour: "red" }, geometry };
    const answer = await editor.refused("/api/changes", { method: "POST", body: { changes: [change] } });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.[0]?.at).toContain("colour");
    isProblem(answer);
    const odd = await editor.refused("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "explode" }] },
    });
    expect([odd.status, odd.body.errors?.[0]?.at]).toEqual([422, "changes.0.op"]);
  });

  test("a real 100,000-vertex polygon and a streamed body without a length are too large", async () => {
    const body = JSON.stringify(create("green_spot", green, polygon(circle(100_000))));
    const answer = await editor.refused("/api/features", { method: "POST", body });
    expect([413, 422]).toContain(answer.status);
    isProblem(answer);
    expect(await api.head()).toBe(0);
  });

  test.each(badQueries)("%s is a 400 that names %s", async (path, name) => {
    await editor.create("finding", found);
    const answer = await editor.refused(path, {});
    expect([path, answer.status]).toEqual([path, 400]);
    isProblem(answer);
    expect(answer.body.errors?.map((error) => error.at)).toContain(name);
  });

  test("an address with a wrong number or a tile out of range is a clear 4xx", async () => {
    for (const path of [
      "/api/features/abc",
      "/api/features/0",
      "/api/features/99",
      "/api/features/1e3/view",
      "/tiles/finding/30/0/0.mvt",
      "/tiles/finding/3/9/0.mvt",
      "/tiles/volcano/3/0/0.mvt",
      "/tiles/finding/-1/0/0.mvt",
    ]) {
      const answer = await editor.refused(path, {});
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      isProblem(answer);
    }
  });

  test("a body that is not JSON by its type is 415", async () => {
    const answer = await editor.refused("/api/changes", {
      method: "POST",
      body: "a=1",
      headers: { "content-type": "text/plain" },
    });
    expect(answer.status).toBe(415);
    isProblem(answer);
  });

  test("an unforeseen failure tells its number and nothing else", async () => {
    api.app.get("/healthz/broken", () => {
      throw new Error("select secret from account");
    });
    const answer = await api.stranger.refused("/healthz/broken", {});
    expect(answer.status).toBe(500);
    isProblem(answer);
    expect(answer.text).not.toContain("secret");
  });
});
