import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";

const worthBytes = 1024;
const kinds = /^(application\/([\w.-]+\+)?json|text\/(html|plain|csv))\b/;
const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/**
 * Compresses JSON. A body with an ETag goes out as it is: its tag is strong and versioned, another encoding would be another
 * representation and need a weak one, which never satisfies If-Match (this is why hono's own compress is not used).
 */
export const shrink = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  await next();
  const { headers, status } = c.res;
  if (!kinds.test(headers.get("content-type") ?? "") || status === 204 || status === 304) return;
  if (headers.has("content-encoding") || headers.has("etag") || c.req.method === "HEAD") return;
  c.header("vary", "accept-encoding", { append: true });
  const encoding = encodingOf(c.req.header("accept-encoding") ?? "");
  if (!encoding) return;
  const body = Buffer.from(await c.res.arrayBuffer());
  const small =
    body.length < worthBytes ? body : await (encoding === "br" ? toBrotli(body, quick) : toGzip(body));
  const answer = new Response(new Uint8Array(small), c.res);
  answer.headers.delete("content-length");
  if (small !== body) answer.headers.set("content-encoding", encoding);
  // Setting the response over the old one would merge the old content headers back in.
  c.res = undefined;
  c.res = answer;
};

const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

function encodingOf(accepted: string): "br" | "gzip" | null {
  const names = accepted.split(",").map((part) => part.trim());
  const wanted = (name: string) =>
    names.some((part) => part.startsWith(name) && !/;\s*q=0(\.0*)?$/.test(part));
  if (wanted("br")) return "br";
  return wanted("gzip") || wanted("*") ? "gzip" : null;
}
