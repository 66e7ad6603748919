import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { sessionOf } from "#db/sessions.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { isUnsafe } from "../http/limits.ts";
import { Problem } from "../http/problem.ts";
import { requireSameOrigin } from "../http/security.ts";

export const cookieName = "guatu";

/**
 * Lets nobody in without a live session or token, and sets `who` and `session`.
 * A cookie that changes something also needs the page's own CSRF number: a foreign site can send the cookie, not the header.
 */
export const guard =
  (deps: Deps): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const key = keyOf(c);
    const found = key ? await sessionOf(deps.db, key.token) : null;
    if (!key || !found)
      throw new Problem("signed-out", {
        detail: key ? "登录已过期或已退出，请重新登录。" : "请先登录；程序请带 Authorization: Bearer 令牌。",
      });
    c.set("who", found.who);
    c.set("session", {
      account: found.accountId,
      tokenHash: found.tokenHash,
      csrf: key.from === "cookie" ? found.csrf : null,
    });
    if (key.from === "cookie" && isUnsafe(c.req.method)) {
      requireSameOrigin(c.req.raw);
      if (!isSame(c.req.header("x-guatu-csrf") ?? "", found.csrf ?? ""))
        throw new Problem("wrong-origin", {
          detail: "请求缺少页面的防伪编号（X-Guatu-CSRF），请刷新页面后重试。",
          errors: [{ at: "X-Guatu-CSRF", message: "应为 GET /api/session 给出的 csrf" }],
        });
    }
    await next();
    // Whose answer it is: what a browser keeps for a day without a line is shown to nobody else.
    c.res.headers.set("x-guatu-account", found.who.account);
  };

interface Key {
  readonly token: string;
  readonly from: "cookie" | "header";
}

/** Bearer token, HTTP Basic with the token as password (GIS desktops), or the page's cookie. */
function keyOf(c: Context): Key | null {
  const header = c.req.header("authorization");
  if (header) {
    const [scheme = "", value = ""] = header.trim().split(/\s+/, 2);
    if (/^bearer$/i.test(scheme)) return { token: value, from: "header" };
    if (!/^basic$/i.test(scheme)) return null;
    const pair = Buffer.from(value, "base64").toString("utf8");
    return { token: pair.slice(pair.indexOf(":") + 1), from: "header" };
  }
  const cookie = getCookie(c, cookieName);
  return cookie ? { token: cookie, from: "cookie" } : null;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (given: string, right: string): boolean =>
  right !== "" && timingSafeEqual(digest(given), digest(right));
