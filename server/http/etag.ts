import type { Context } from "hono";
import { Problem } from "./problem.ts";

const strong = (tag: string): string => tag.trim().replace(/^W\//, "");

const tagsIn = (header: string): string[] => header.split(",").map(strong);

/** `told`: the changeset that tells a past; such a tag is never an If-Match, for nobody edits the past by version. */
export const featureTag = (id: number, version: number, told: number | null = null): string =>
  `"f${id}.${version}${told === null ? "" : `.${told}`}"`;
export const taskTag = (id: number, version: number): string => `"t${id}.${version}"`;

/** True when the reader holds this body already; `W/` is ignored, because proxies that compress add it. */
export function isFresh(c: Context, tag: string): boolean {
  const header = c.req.header("if-none-match");
  return header !== undefined && (header.trim() === "*" || tagsIn(header).includes(strong(tag)));
}

/** Sets the ETag and answers 304 when the reader has it, else null. */
export function notModified(c: Context, tag: string): Response | null {
  c.header("etag", tag);
  return isFresh(c, tag) ? c.body(null, 304) : null;
}

/**
 * Version named by If-Match for `f<id>` or `t<id>`. Missing: 428; a tag of another thing or `*`: 400.
 * The version itself is judged by the database, together with the write.
 */
export function baseOf(c: Context, letter: "f" | "t", id: number): number {
  const header = c.req.header("if-match");
  if (header === undefined)
    throw new Problem("base-missing", {
      detail: `请在 If-Match 里写上读到的版本，例如 "${letter}${id}.3"（读取时的 ETag），以免覆盖别人的修改。`,
    });
  const match = /^"([ft])(\d+)\.(\d{1,9})"$/.exec(strong(header));
  if (!match || match[1] !== letter || Number(match[2]) !== id)
    throw new Problem("bad-request", {
      detail: `If-Match 应为 "${letter}${id}.版本号"，收到的是 ${header.slice(0, 60)}。`,
      errors: [{ at: "If-Match", message: `要写成 "${letter}${id}.版本号"` }],
    });
  return Number(match[3]);
}
