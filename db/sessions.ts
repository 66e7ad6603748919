import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type { Role, Who } from "#data/domain/account.ts";
import type { Database } from "./client.ts";

/** Sessions and lock-out run on the real clock, never on the product's. */

export interface AccountRow {
  readonly id: number;
  readonly role: Role;
  /** argon2id; null for an account that cannot sign in by password. */
  readonly passwordHash: string | null;
  /** Set while the account is locked after five failures in a row. */
  readonly lockedUntil: Date | null;
  readonly disabled: boolean;
}

export interface SessionRow {
  readonly who: Who;
  readonly accountId: number;
  readonly tokenHash: Buffer;
  readonly kind: "web" | "token";
  readonly csrf: string;
  readonly demo: boolean;
  readonly expiresAt: Date;
}

/** argon2id with the library's defaults (19 MiB, 2 rounds): some 30 ms. Never inside a transaction. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Whether `password` is the one behind `passwordHash`. */
export const verifyPassword = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password);

/** What the database keeps of a token: its SHA-256. */
export const tokenHashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The account of a login, for checking a password; undefined when there is none. */
export async function accountForLogin({ sql }: Database, login: string): Promise<AccountRow | undefined> {
  const [row] = await sql<AccountRow[]>`
    select l.account_id as id, a.role, l.password_hash as "passwordHash", l.locked_until as "lockedUntil", l.disabled
      from account_for_login(${login}) l join account a on a.id = l.account_id`;
  return row;
}

/** Counts a wrong password; the fifth in a row locks the account for 15 minutes. */
export async function recordFailure({ sql }: Database, login: string): Promise<void> {
  await sql`select record_failure(${login})`;
}

/** Forgets the failures before a right password. */
export async function recordSuccess({ sql }: Database, login: string): Promise<void> {
  await sql`select record_success(${login})`;
}

/**
 * Opens a session (`web`) or a bearer token (`token`, with a name) for `hours`. `token` is told only here.
 * Throws when the account is gone or disabled: a caller has just checked it.
 */
export async function openSession(
  db: Database,
  options: { accountId: number; kind: "web" | "token"; name?: string; hours: number },
): Promise<{ id: number; token: string; csrf: string; expiresAt: Date; who: Who }> {
  const token = randomBytes(32).toString("base64url");
  const csrf = randomBytes(18).toString("base64url");
  const expiresAt = new Date(Date.now() + options.hours * 3_600_000);
  const [row] = await db.sql<{ id: number | null }[]>`
    select open_session(${options.accountId}, ${tokenHashOf(token)}, ${options.kind}, ${options.name ?? null},
      ${csrf}, ${expiresAt}) as id`;
  const opened = await sessionOf(db, token);
  if (!row?.id || !opened) throw new Error(`Account ${options.accountId} is gone or disabled.`);
  return { id: row.id, token, csrf, expiresAt, who: opened.who };
}

/** The live session of a token; null when it is unknown, over, or its account disabled. */
export const sessionOf = (db: Database, token: string): Promise<SessionRow | null> =>
  sessionOfHash(db, tokenHashOf(token));

/** The same for the hash kept by a running connection. */
export async function sessionOfHash({ sql }: Database, tokenHash: Buffer): Promise<SessionRow | null> {
  const [row] = await sql<
    {
      account_id: number;
      login: string;
      name: string;
      role: Role;
      unit: string;
      unit_name: string;
      town: string | null;
      demo: boolean;
      kind: "web" | "token";
      csrf: string;
      expires_at: Date;
    }[]
  >`select * from session_who(${tokenHash})`;
  if (!row) return null;
  const { login, name, role, unit, town } = row;
  return {
    who: { account: login, name, role, unit, unitName: row.unit_name, town },
    accountId: row.account_id,
    tokenHash,
    kind: row.kind,
    csrf: row.csrf,
    demo: row.demo,
    expiresAt: row.expires_at,
  };
}

/** Ends a session or token; nothing happens when it is over already. */
export async function closeSession({ sql }: Database, tokenHash: Buffer): Promise<void> {
  await sql`select close_session(${tokenHash})`;
}

/** The live bearer tokens of the account whose session asks. */
export async function tokensOf(
  { sql }: Database,
  tokenHash: Buffer,
): Promise<{ id: number; name: string; createdAt: Date; expiresAt: Date }[]> {
  return sql<{ id: number; name: string; createdAt: Date; expiresAt: Date }[]>`
    select id, name, created_at as "createdAt", expires_at as "expiresAt" from tokens_of(${tokenHash})`;
}

/** Ends a token of the same account; false when it has none of that number. */
export async function closeToken({ sql }: Database, tokenHash: Buffer, id: number): Promise<boolean> {
  const [row] = await sql<{ closed: boolean }[]>`select close_token(${tokenHash}, ${id}) as closed`;
  return row?.closed ?? false;
}

/** Removes ended sessions and the replies kept for retries beyond 90 days. */
export async function prune({ sql }: Database): Promise<void> {
  await sql`select prune()`;
}
