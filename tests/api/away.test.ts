import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { openDatabase } from "#db/open.ts";
import { startApi } from "#tests/support/api.ts";
import { cuttable } from "#tests/support/cuttable.ts";
import { needs } from "#tests/support/machine.ts";
import { administer, databaseUrl } from "#tests/support/postgres.ts";

const url = inject("postgresUrl");
const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };

describe.skipIf(url === null)(`a database that is down (needs ${needs.postgis.name})`, () => {
  test("is 503 with Retry-After for everybody, healthz stays up, and all comes back by itself", async () => {
    const name = `guatu_${randomUUID().replaceAll("-", "")}`;
    await administer(
      url ?? "",
      `create database ${name} template ${inject("postgresTemplate")} strategy wal_log`,
    );
    const own = databaseUrl(url ?? "", name);
    const owner = await openDatabase({ url: own, role: "owner", max: 1 });
    const line = await cuttable(new URL(own));
    const app = await openDatabase({ url: line.url, max: 2 });
    const api = await startApi({ app, owner });
    try {
      const editor = await api.as("zhujiajiao");
      await editor.create("finding", found);
      line.cut();
      for (const ask of [
        () => editor.refused("/api/features/1", {}),
        () => editor.refused("/api/changes", { method: "POST", body: { changes: [] } }),
        () => api.stranger.refused("/readyz", {}),
        () =>
          api.stranger.refused("/api/session", {
            method: "POST",
            body: { account: "xujing", password: "x" },
          }),
      ]) {
        const answer = await ask();
        expect([answer.status, answer.body.code]).toEqual([503, "unavailable"]);
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
        expect(answer.text).not.toMatch(/ECONN|postgres|127\.0\.0\.1/i);
      }
      expect((await api.stranger.ask("/healthz")).status).toBe(200);
      await line.mend();
      await expect
        .poll(async () => (await editor.ask("/api/features/1")).status, { timeout: 8000 })
        .toBe(200);
      await editor.create("finding", { ...found, name: "恢复以后" });
      await api.deps.feed.reach(2);
      expect(api.deps.feed.head).toBe(2);
    } finally {
      api.close();
      await Promise.all([app.close(), owner.close()]);
      await administer(url ?? "", `drop database ${name} with (force)`);
      line.cut();
    }
  });
});
