import { expect, test } from "vitest";
import {
  accountForLogin,
  closeSession,
  closeToken,
  hashPassword,
  openSession,
  prune,
  recordFailure,
  recordSuccess,
  sessionOf,
  tokenHashOf,
  tokensOf,
  verifyPassword,
} from "#db/sessions.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { person } from "#tests/support/people.ts";

describeOnBothDatabases("sessions", (open) => {
  test("a session tells who it is; the database keeps only the token's hash", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    const session = await sessionOf(db.app, editor.token);
    expect(session?.who).toEqual({
      account: editor.login,
      name: editor.login,
      role: "editor",
      unit: "xujing",
      unitName: "徐泾",
      town: "310118106",
    });
    expect(session?.csrf).toMatch(/^[\w-]{24}$/);
    const rows = await db.owner.sql<{ token_hash: Buffer }[]>`select token_hash from session`;
    expect(rows.map((row) => Buffer.from(row.token_hash).toString("hex"))).toEqual([
      tokenHashOf(editor.token).toString("hex"),
    ]);
  });

  test("an unknown, an ended and a closed session are nobody's", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    expect(await sessionOf(db.app, "unknown")).toBeNull();
    await db.owner.sql`update session set expires_at = now() - interval '1 second'`;
    expect(await sessionOf(db.app, editor.token)).toBeNull();
    const { token } = await openSession(db.app, { accountId: editor.accountId, kind: "web", hours: 1 });
    await closeSession(db.app, tokenHashOf(token));
    expect(await sessionOf(db.app, token)).toBeNull();
  });

  test("an account that is disabled has no session, old or new", async () => {
    const db = open();
    const editor = await person(db, "xujing");
    await db.owner.sql`update account set disabled_at = now() where id = ${editor.accountId}`;
    expect(await sessionOf(db.app, editor.token)).toBeNull();
    await expect(openSession(db.app, { accountId: editor.accountId, kind: "web", hours: 1 })).rejects.toThrow(
      /disabled/,
    );
  });

  test("five wrong passwords in a row lock the account for 15 minutes; a right one before forgets them", async () => {
    const db = open();
    const { login } = await person(db, "xujing");
    const fail = async (times: number) => {
      for (let i = 0; i < times; i += 1) await recordFailure(db.app, login);
    };
    await fail(4);
    await recordSuccess(db.app, login);
    await fail(4);
    expect((await accountForLogin(db.app, login))?.lockedUntil).toBeNull();
    await fail(1);
    const minutes = ((await accountForLogin(db.app, login))!.lockedUntil!.getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(16);
    await db.owner.sql`update account set locked_until = now() - interval '1 second'`;
    expect((await accountForLogin(db.app, login))?.lockedUntil).toBeNull();
  });

  test("a password is kept as argon2id", async () => {
    const kept = await hashPassword("青浦-2025");
    expect(kept).toMatch(/^\$argon2id\$/);
    expect(await verifyPassword(kept, "青浦-2025")).toBe(true);
    expect(await verifyPassword(kept, "青浦-2026")).toBe(false);
  });

  test("tokens are listed and ended by their own account only", async () => {
    const db = open();
    const mine = await person(db, "xujing");
    const other = await person(db, "zhaoxiang");
    const opened = await openSession(db.app, {
      accountId: mine.accountId,
      kind: "token",
      name: "QGIS",
      hours: 24,
    });
    expect(await tokensOf(db.app, tokenHashOf(mine.token))).toMatchObject([{ id: opened.id, name: "QGIS" }]);
    expect(await tokensOf(db.app, tokenHashOf(other.token))).toEqual([]);
    expect(await closeToken(db.app, tokenHashOf(other.token), opened.id)).toBe(false);
    expect(await closeToken(db.app, tokenHashOf(mine.token), opened.id)).toBe(true);
    expect(await sessionOf(db.app, opened.token)).toBeNull();
  });

  test("housekeeping removes ended sessions and nothing else", async () => {
    const db = open();
    const stays = await person(db, "xujing");
    const ended = await person(db, "zhaoxiang");
    await db.owner
      .sql`update session set expires_at = now() - interval '1 day' where account_id = ${ended.accountId}`;
    await prune(db.app);
    expect(await db.owner.sql`select account_id from session`).toEqual([{ account_id: stays.accountId }]);
  });
});
