import { afterEach, beforeEach, expect, test } from "vitest";
import type { SessionAnswer } from "#data/domain/wire/session.ts";
import { openSession } from "#db/sessions.ts";
import { Caller, password, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

describeOnBothDatabases("signing in", (database) => {
  let api: TestServer;
  beforeEach(async () => {
    api = await startApi(database());
  });
  afterEach(() => api.close());

  const signIn = (account: string, secret: string) =>
    api.stranger.refused("/api/session", { method: "POST", body: { account, password: secret } });

  test("every answer names the account it is for, so that a browser shows what it kept to nobody else", async () => {
    const town = await api.as("zhujiajiao");
    for (const path of ["/api/session", "/api/list", "/api/layers", "/api/towns"])
      expect([path, (await town.ask(path)).headers.get("x-guatu-account")]).toEqual([path, "zhujiajiao"]);
    expect((await api.stranger.ask("/api/session")).headers.get("x-guatu-account")).toBeNull();
  });

  test("a right password opens a session in an httpOnly cookie; signing out ends it", async () => {
    const answer = await signIn("zhujiajiao", password);
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^guatu=[\w-]+;.*HttpOnly.*SameSite=Lax/);
    const session = answer.body as unknown as SessionAnswer;
    expect(session).toMatchObject({ today: "2025-09-15", demo: true, year: 2025 });
    expect(session.who).toMatchObject({ account: "zhujiajiao", role: "editor", town: "310118102" });

    const page = new Caller(api.app, { cookie: cookie.split(";")[0] ?? "", "x-guatu-csrf": session.csrf });
    expect((await page.ask<SessionAnswer>("/api/session")).body.who.account).toBe("zhujiajiao");
    expect((await page.ask("/api/session", { method: "DELETE" })).status).toBe(204);
    expect((await page.ask("/api/session")).status).toBe(401);
  });

  test("a wrong password and an unknown account sound the same", async () => {
    const [wrong, unknown] = [await signIn("zhujiajiao", "wrong"), await signIn("nobody", "wrong")];
    expect([wrong.status, wrong.body.detail]).toEqual([401, unknown.body.detail]);
  });

  test("five failures lock the account, for the right password too, and say for how long", async () => {
    for (let tries = 0; tries < 5; tries += 1) expect((await signIn("xujing", "wrong")).status).toBe(401);
    const locked = await signIn("xujing", password);
    expect([locked.status, locked.body.code]).toEqual([429, "locked-out"]);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(60);
    expect((await signIn("zhujiajiao", password)).status).toBe(200);
  });

  test("many failures from one address slow it down, whichever accounts it tries", async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 22; tries += 1) statuses.push((await signIn(`nobody-${tries}`, "x")).status);
    expect(statuses.at(0)).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });

  test("an expired session is signed out", async () => {
    const { owner, app } = database();
    const [account] = await owner.sql<{ id: number }[]>`select id from account where login = 'zhujiajiao'`;
    const opened = await openSession(app, { accountId: account?.id ?? 0, kind: "web", hours: 1 });
    const page = new Caller(api.app, { cookie: `guatu=${opened.token}`, "x-guatu-csrf": opened.csrf });
    expect((await page.ask("/api/session")).status).toBe(200);
    await owner.sql`update session set expires_at = now() - interval '1 second'`;
    const late = await page.refused("/api/changes", { method: "POST", body: {} });
    expect([late.status, late.body.code]).toEqual([401, "signed-out"]);
    expect(late.body.detail).toContain("重新登录");
  });

  test("a token works as bearer and as the password of HTTP Basic, without CSRF, until it is revoked", async () => {
    const editor = await api.as("zhujiajiao");
    const made = await editor.ask<{ id: number; token: string }>("/api/tokens", {
      method: "POST",
      body: { name: "QGIS" },
    });
    expect(made.status).toBe(201);
    const { id, token } = made.body;
    const basic = `Basic ${Buffer.from(`anyone:${token}`).toString("base64")}`;
    for (const authorization of [`Bearer ${token}`, basic]) {
      const program = new Caller(api.app, { authorization });
      expect((await program.ask("/api/session")).status).toBe(200);
      expect((await program.ask("/api/changes", { method: "POST", body: {} })).status).toBe(422);
    }
    const { body } = await editor.ask<{ tokens: { id: number; name: string }[] }>("/api/tokens");
    expect(body.tokens.map((each) => each.name)).toEqual(["QGIS"]);
    const other = await api.as("xujing");
    expect((await other.ask(`/api/tokens/${id}`, { method: "DELETE" })).status).toBe(404);
    expect((await editor.ask(`/api/tokens/${id}`, { method: "DELETE" })).status).toBe(204);
    const program = new Caller(api.app, { authorization: `Bearer ${token}` });
    expect((await program.ask("/api/session")).status).toBe(401);
  });

  test("the sign-in page of a demo offers its roles, and only with the default password", async () => {
    type Offer = { password: string | null; accounts: { account: string; unitName: string }[] };
    const { body } = await api.stranger.ask<Offer>("/api/demo/accounts");
    expect(body.password).toBeTruthy();
    expect(body.accounts.find(({ account }) => account === "zhujiajiao")?.unitName).toContain("朱家角");
    const guarded = await startApi(database(), { GUATU_DEMO_PASSWORD: "a-secret-of-ours" });
    expect((await guarded.stranger.ask<Offer>("/api/demo/accounts")).body).toEqual({
      password: null,
      accounts: [],
    });
    guarded.close();
  });
});
