import { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { Role } from "#data/domain/account.ts";
import type { SessionAnswer } from "#data/domain/wire/session.ts";
import { closeSession, closeToken, openSession, tokensOf } from "#db/sessions.ts";
import { todayOf } from "../clock.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { addressOf, Buckets, refuseOver } from "../http/limits.ts";
import { Problem } from "../http/problem.ts";
import { requireSameOrigin } from "../http/security.ts";
import { idParam, readBody } from "../http/validate.ts";
import { checkPassword, demoAccounts } from "./accounts.ts";
import { credentials, tokenBody } from "./bodies.ts";
import { cookieName } from "./guard.ts";

/** A working day; a wall shows for weeks and nobody sits at it to sign in again. */
const hoursOf = (role: Role): number => (role === "screen" ? 90 * 24 : 12);
const tokenHours = 365 * 24;

/** The doors a stranger may knock at: signing in, and a demo's list of roles. */
export const doorRoutes = (deps: Deps) => {
  const failures = new Buckets({ burst: 20, perSecond: 1 / 3 });
  return new Hono<AppEnv>()
    .post("/api/session", async (c) => {
      requireSameOrigin(c.req.raw);
      const address = addressOf(c);
      refuseOver(failures.wait(address));
      const body = await readBody(c, credentials);
      let account: Awaited<ReturnType<typeof checkPassword>>;
      try {
        account = await checkPassword(deps.db, body.account, body.password);
      } catch (error) {
        failures.add(address);
        throw error;
      }
      const hours = hoursOf(account.role);
      const opened = await openSession(deps.db, { accountId: account.id, kind: "web", hours });
      setCookie(c, cookieName, opened.token, {
        httpOnly: true,
        sameSite: "Lax",
        secure: deps.env.secure,
        path: "/",
        maxAge: hours * 3600,
      });
      return c.json(sessionAnswer(deps, opened.who, opened.csrf));
    })
    .get("/api/demo/accounts", async (c) => {
      const accounts = deps.demo && deps.env.openDemo ? await demoAccounts(deps.db) : [];
      return c.json({ password: accounts.length > 0 ? deps.env.demoPassword : null, accounts });
    });
};

export const sessionRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/api/session", (c) => c.json(sessionAnswer(deps, c.var.who, c.var.session.csrf)))
    .delete("/api/session", async (c) => {
      await closeSession(deps.db, c.var.session.tokenHash);
      deps.signOuts.closed(c.var.session.tokenHash);
      deleteCookie(c, cookieName, { path: "/" });
      return c.body(null, 204);
    })
    .get("/api/tokens", async (c) => c.json({ tokens: await tokensOf(deps.db, c.var.session.tokenHash) }))
    .post("/api/tokens", async (c) => {
      const { name } = await readBody(c, tokenBody);
      const opened = await openSession(deps.db, {
        accountId: c.var.session.account,
        kind: "token",
        name,
        hours: tokenHours,
      });
      return c.json({ id: opened.id, name, token: opened.token, expiresAt: opened.expiresAt }, 201);
    })
    .delete("/api/tokens/:id", async (c) => {
      const closed = await closeToken(deps.db, c.var.session.tokenHash, idParam(c));
      if (!closed) throw new Problem("not-found", { detail: "没有这个令牌，或它不是这个账号的。" });
      return c.body(null, 204);
    });

const sessionAnswer = (deps: Deps, who: SessionAnswer["who"], csrf: string | null): SessionAnswer => ({
  who,
  csrf: csrf ?? "",
  today: todayOf(deps.clock),
  demo: deps.demo,
  year: Number(todayOf(deps.clock).slice(0, 4)),
  head: deps.feed.head,
});
