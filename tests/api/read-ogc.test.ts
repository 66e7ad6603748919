import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { layers } from "#data/layers/registry.ts";
import { openSession } from "#db/sessions.ts";
import { type Caller, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { createOf, line, openTaskforce, point, write } from "#tests/tiles/fixture.ts";

const run = promisify(execFile);
const ogrinfo = "/usr/bin/ogrinfo";

interface Items {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[];
  readonly features: readonly {
    readonly id: number;
    readonly geometry: { readonly type: string };
    readonly properties: Record<string, unknown>;
  }[];
}

describeOnBothDatabases("OGC API – Features", (open) => {
  let server: TestServer;
  let reader: Caller;
  beforeEach(async () => {
    server = await startApi(open());
    reader = await server.as("zhuanban");
    const token = await openTaskforce(open());
    const changes = Array.from({ length: 23 }, (_, i) =>
      createOf("finding", point(121.0 + i / 1000, 31.1), `问题 ${i}`),
    );
    await write(open().app, token, [
      ...changes,
      createOf("key_road", line([121, 31.1], [121.1, 31.15]), "青赵公路"),
    ]);
  });
  afterEach(() => server.close());
  const items = async (query: string) =>
    (await reader.ask<Items>(`/ogc/collections/finding/items${query}`)).body;

  it("lists every layer, with the standard it keeps", async () => {
    const landing = await reader.ask<Items>("/ogc");
    expect(landing.body.links.map((link) => link.rel)).toEqual([
      "self",
      "service-desc",
      "conformance",
      "data",
    ]);
    const { body } = await reader.ask<{ conformsTo: string[] }>("/ogc/conformance");
    expect(body.conformsTo).toContain("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core");
    const list = await reader.ask<{ collections: { id: string }[] }>("/ogc/collections");
    expect(list.body.collections.map(({ id }) => id)).toEqual(layers.map(({ id }) => id));
  });

  it("pages by next links that end, each feature once", async () => {
    const seen: number[] = [];
    let query = "?limit=10";
    for (let pages = 0; query && pages < 10; pages++) {
      const page = await items(query);
      expect(page.numberMatched).toBe(23);
      expect(page.numberReturned).toBe(page.features.length);
      seen.push(...page.features.map(({ id }) => id));
      query = new URL(page.links.find((link) => link.rel === "next")?.href ?? "http://x/").search;
    }
    expect(new Set(seen).size).toBe(23);
    expect((await items("?limit=10&offset=10")).links.map(({ rel }) => rel)).toContain("prev");
  });

  it("filters by box, town, light and name", async () => {
    expect((await items("?bbox=121.0005,31,121.0035,32")).numberMatched).toBe(3);
    expect((await items("?q=问题 7")).numberMatched).toBe(1);
    expect((await items("?light=none")).numberMatched).toBe(23);
    expect((await items("?light=late,done")).numberMatched).toBe(0);
    expect((await items("?town=310118106")).numberMatched).toBe(0);
  });

  it("answers a moment by `datetime`", async () => {
    expect((await items("?datetime=2025-06-30")).numberMatched).toBe(0);
    expect((await items("?datetime=2025-01-01/..")).numberMatched).toBe(23);
  });

  it("names the wrong parameter", async () => {
    for (const [query, at] of [
      ["limit=-1", "limit"],
      ["limit=10001", "limit"],
      ["bbox=1,2,3", "bbox"],
      ["datetime=yesterday", "datetime"],
      ["colour=red", "colour"],
    ] as const) {
      const { status, body } = await reader.refused(`/ogc/collections/finding/items?${query}`, {});
      expect([query, status, body.errors?.[0]?.at]).toEqual([query, 400, at]);
    }
  });

  it("gives one feature as GeoJSON, and 404 for another layer's", async () => {
    const [first] = (await items("?limit=1")).features;
    const one = await reader.ask<Items["features"][0]>(`/ogc/collections/finding/items/${first?.id}`);
    expect(one.headers.get("content-type")).toContain("application/geo+json");
    expect(one.body).toMatchObject({ id: first?.id, geometry: { type: "Point" } });
    expect((await reader.ask(`/ogc/collections/signboard/items/${first?.id}`)).status).toBe(404);
  });

  it("is read and paged by GDAL with a token as password", async () => {
    if (!existsSync(ogrinfo)) return;
    const { owner, app } = open();
    const [account] = await owner.sql<{ id: number }[]>`select id from account where login = 'zhuanban'`;
    const { token } = await openSession(app, {
      accountId: account?.id ?? 0,
      kind: "token",
      name: "QGIS",
      hours: 1,
    });
    const http = createServer(getRequestListener(server.app.fetch));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    try {
      const url = `OAPIF:http://127.0.0.1:${(http.address() as AddressInfo).port}/ogc`;
      const env = { ...process.env, GDAL_HTTP_USERPWD: `zhuanban:${token}`, GDAL_HTTP_AUTH: "BASIC" };
      const list = await run(ogrinfo, [url], { env });
      for (const { id } of layers) expect(list.stdout).toContain(id);
      const paged = await run(ogrinfo, ["-al", "-oo", "PAGE_SIZE=7", url, "finding"], { env });
      expect(paged.stdout.match(/OGRFeature/g)).toHaveLength(23);
      expect(paged.stdout).toContain("Feature Count: 23");
      expect(paged.stdout).toContain("问题 22");
    } finally {
      await new Promise((resolve) => http.close(resolve));
    }
  });
});
