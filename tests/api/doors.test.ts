import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openApiPath } from "#server/openapi/document.ts";
import { faces } from "#server/openapi/faces.ts";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const open = new Set(["GET /healthz", "GET /readyz", "POST /api/session", "GET /api/demo/accounts"]);

/** Every route that a room wrote, as `METHOD path`; middleware and the closing 404s are ALL. */
const routesOf = ({ app }: TestServer): string[] => [
  ...new Set(
    app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`),
  ),
];

/** An address of the pattern that leads somewhere plausible. */
const addressOf = (path: string): string =>
  path
    .replace(":layer", "finding")
    .replace(":step", "start")
    .replace(":file", "0.mvt")
    .replace(/:year(\{[^}]*\})?/, "2025")
    .replace(/:\w+(\{[^}]*\})?/g, "1");

describeOnBothDatabases("the doors", (database) => {
  let api: TestServer;
  beforeEach(async () => {
    api = await startApi(database());
  });
  afterEach(() => api.close());

  test("a stranger is asked to sign in everywhere but at health, sign-in and the demo's list", async () => {
    for (const route of routesOf(api)) {
      const [method = "", path = ""] = route.split(" ");
      if (open.has(route)) continue;
      const answer = await api.stranger.refused(addressOf(path), { method });
      expect([route, answer.status]).toEqual([route, 401]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.body.request).toBe(answer.headers.get("x-request-id"));
    }
  });

  test("addresses that nobody wrote are closed to strangers and 404 for the others", async () => {
    expect((await api.stranger.ask("/api/secrets")).status).toBe(401);
    const reader = await api.as("planner");
    expect((await reader.ask("/api/secrets")).status).toBe(404);
    expect((await reader.ask("/api/layers", { method: "PUT" })).status).toBe(404);
  });

  test("roles that only read are refused at every write", async () => {
    // Being seen to look is no write.
    const own = ["/api/session", "/api/tokens", "/api/presence"];
    const writes = routesOf(api).filter(
      (route) => !route.startsWith("GET ") && !own.some((path) => route.includes(` ${path}`)),
    );
    expect(writes.length).toBeGreaterThan(5);
    for (const person of ["planner", "leader", "inspector", "screen", "admin"] as const) {
      const reader = await api.as(person);
      for (const route of writes) {
        const [method = "", path = ""] = route.split(" ");
        const { status, body } = await reader.refused(addressOf(path), { method, body: {} });
        expect([person, route, status]).toEqual([person, route, 403]);
        expect(body.detail).toMatch(/需要.*账号/);
      }
    }
    expect(await api.head()).toBe(0);
  });

  test("a cookie without the page's CSRF number changes nothing, nor does a request from another site", async () => {
    const editor = await api.as("zhujiajiao");
    const bare = { "x-guatu-csrf": "" };
    const foreign: Record<string, string>[] = [
      bare,
      { "sec-fetch-site": "cross-site" },
      { origin: "https://example.org" },
    ];
    for (const headers of foreign) {
      const answer = await editor.refused("/api/changes", { method: "POST", body: {}, headers });
      expect([answer.status, answer.body.code]).toEqual([403, "wrong-origin"]);
    }
    const signIn = { method: "POST", body: {}, headers: { origin: "https://example.org" } };
    expect((await api.stranger.ask("/api/session", signIn)).status).toBe(403);
  });

  test("every answer carries the security headers and no script may be written into a page", async () => {
    const { headers } = await api.stranger.ask("/healthz");
    expect(headers.get("content-security-policy")).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });

  test("health answers strangers", async () => {
    expect((await api.stranger.ask("/healthz")).status).toBe(200);
    expect((await api.stranger.ask("/readyz")).status).toBe(200);
  });

  test("the OpenAPI document lists every route and no other", async () => {
    const reader = await api.as("planner");
    const { body } = await reader.ask<{ openapi: string; paths: Record<string, object> }>(
      "/api/openapi.json",
    );
    expect(body.openapi).toBe("3.1.0");
    const listed = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = routesOf(api).map((route) => openApiPath(route));
    expect(listed.sort()).toEqual(served.sort());
  });
});

describe("the table of faces", () => {
  test("says of every write that it wants a key", () => {
    const writes = faces.filter(
      ({ path, method }) => method !== "get" && /changes|features|tasks/.test(path),
    );
    expect(writes.filter((face) => !face.writes)).toEqual([]);
  });
});
