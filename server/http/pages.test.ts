import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { builtPages } from "./pages.ts";

const directory = mkdtempSync(path.join(tmpdir(), "guatu-pages-"));
mkdirSync(path.join(directory, "assets"));
for (const name of ["index.html", "worker.js", "manifest.webmanifest", "assets/page-1a2b.js"])
  writeFileSync(path.join(directory, name), name);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const headersOf = async (address: string) => {
  const { headers } = await builtPages(directory).request(address);
  return [headers.get("content-type")?.split(";")[0], headers.get("cache-control")];
};

test("the worker, the manifest and every page are asked for anew each time, so that a new version is found", async () => {
  expect(await headersOf("/worker.js")).toEqual(["text/javascript", "no-cache"]);
  expect(await headersOf("/manifest.webmanifest")).toEqual(["application/manifest+json", "no-cache"]);
  expect(await headersOf("/edit?feature=3")).toEqual(["text/html", "no-cache"]);
});

test("files named by their content are kept for ever", async () => {
  expect(await headersOf("/assets/page-1a2b.js")).toEqual([
    "text/javascript",
    "public, max-age=31536000, immutable",
  ]);
});
