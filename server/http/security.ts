import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import type { AppEnv } from "./app-env.ts";
import { Problem } from "./problem.ts";

/** antd writes its styles into the page when it runs, hence inline styles; scripts come from files only. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Vite puts its refresh script and its socket into the page while developing. */
const developing = policy.map((line) => {
  if (line.startsWith("script-src")) return `${line} 'unsafe-inline'`;
  return line.startsWith("connect-src") ? `${line} ws:` : line;
});

/** Headers on every answer that tell the browser what this product never does. */
export const securityHeaders = (env: Env, mode: "product" | "developing"): MiddlewareHandler<AppEnv> => {
  const headers: [string, string][] = [
    ["content-security-policy", (mode === "product" ? policy : developing).join("; ")],
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "DENY"],
    ["referrer-policy", "same-origin"],
    ["permissions-policy", "camera=(), microphone=(), geolocation=(self)"],
  ];
  // Over plain http to another machine browsers ignore it, with an error in the console of every page.
  if (env.secure || env.onLoopback) headers.push(["cross-origin-opener-policy", "same-origin"]);
  if (env.secure) headers.push(["strict-transport-security", "max-age=31536000"]);
  return async (c, next) => {
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
  };
};

/** Refuses what a browser sends from another site. Programs send neither header and pass. */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const host = request.headers.get("host") ?? new URL(request.url).host;
  const foreignSite = site !== null && site !== "same-origin" && site !== "none";
  if (foreignSite || (origin !== null && hostOf(origin) !== host))
    throw new Problem("wrong-origin", {
      detail: "这个请求是从别的网站发来的，已拒绝。请在本系统的页面里操作。",
    });
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
