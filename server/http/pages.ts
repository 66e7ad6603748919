import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import type { AppEnv } from "./app-env.ts";
import { isFresh } from "./etag.ts";
import { Problem } from "./problem.ts";

const kinds: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".geojson": "application/geo+json",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

type Encoding = "br" | "gzip";
const endings: Record<Encoding, string> = { br: ".br", gzip: ".gz" };

interface StaticFile {
  readonly kind: string;
  /** Named by content: may be kept for ever. */
  readonly immutable: boolean;
  readonly etag: string;
  /** Encoding → file; "" is the file as it is. The build compressed once. */
  readonly places: ReadonlyMap<Encoding | "", string>;
}

/** The built web: its files, and index.html for every other address, which the page's own router reads. */
export function builtPages(directory: string): Hono<AppEnv> {
  const files = filesIn(directory);
  const index = files.get("/index.html");
  if (!index) throw new Error(`The web is not built: ${directory} has no index.html. Run npm run build.`);
  return new Hono<AppEnv>().get("*", (c) => {
    const file = files.get(c.req.path);
    if (!file && path.extname(c.req.path) !== "") throw new Problem("no-route", { detail: "没有这个文件。" });
    const { kind, immutable, etag, places } = file ?? index;
    c.header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    c.header("vary", "accept-encoding");
    const accepted = c.req.header("accept-encoding") ?? "";
    const encoding =
      (["br", "gzip"] as const).find((name) => accepted.includes(name) && places.has(name)) ?? "";
    const tag = `"${etag}${encoding && `-${encoding}`}"`;
    c.header("etag", tag);
    if (isFresh(c, tag)) return c.body(null, 304);
    c.header("content-type", kind);
    if (encoding) c.header("content-encoding", encoding);
    return c.body(new Uint8Array(readFileSync(places.get(encoding) ?? "")));
  });
}

/** Only what the build wrote can be asked for: a path that is not in this table is not looked for on disk. */
function filesIn(directory: string): ReadonlyMap<string, StaticFile> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => statSync(path.join(directory, name)).isFile());
  const all = new Set(names);
  const plain = names.filter((name) => !/\.(br|gz)$/.test(name));
  return new Map(plain.map((name) => [`/${name}`, describe(directory, name, all)]));
}

function describe(directory: string, name: string, all: ReadonlySet<string>): StaticFile {
  const place = path.join(directory, name);
  const encodings = (Object.keys(endings) as Encoding[]).filter((each) => all.has(name + endings[each]));
  const { size, mtimeMs } = statSync(place);
  return {
    kind: kinds[path.extname(name)] ?? "application/octet-stream",
    immutable: name.startsWith("assets/"),
    etag: createHash("sha256").update(`${name} ${size} ${mtimeMs}`).digest("hex").slice(0, 16),
    places: new Map<Encoding | "", string>([
      ["", place],
      ...encodings.map((each): [Encoding, string] => [each, place + endings[each]]),
    ]),
  };
}
