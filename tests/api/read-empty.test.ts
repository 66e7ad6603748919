import { afterEach, beforeEach, expect, it } from "vitest";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

const reads = [
  "/api/layers",
  "/api/list",
  "/api/list?target=11&town=310118002,cross&light=late,warn&due=overdue&bbox=121,31,121.3,31.3&q=夏&sort=-due",
  "/api/summary?by=town",
  "/api/summary?by=target",
  "/api/summary?by=layer&campaign=4&lead=lvhua&due=month",
  "/api/recent?limit=4",
  "/api/search?q=夏阳",
  "/api/search?q=QP-RQ-07",
  "/api/programme/2025",
  "/api/programme/2025/metrics/11.1",
  "/ogc/collections",
  "/ogc/collections/finding",
  "/ogc/collections/finding/items?limit=5&bbox=121,31,121.3,31.3",
  "/tiles/finding/12/3425/1674.mvt",
  "/tiles/weak_area/10/856/418.mvt",
] as const;

describeOnBothDatabases("every read of an empty district", (open) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startApi(open());
  });
  afterEach(() => server.close());

  it("answers now and as of a past day", async () => {
    const reader = await server.as("zhujiajiao");
    for (const path of reads)
      for (const past of ["", "at=2025-06-30"]) {
        const url = past ? `${path}${path.includes("?") ? "&" : "?"}${past}` : path;
        const answer = await reader.ask(url);
        expect([url, answer.status, answer.status === 200 ? "" : answer.text]).toEqual([url, 200, ""]);
      }
  });
});
