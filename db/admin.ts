import { randomBytes } from "node:crypto";
import type { Role } from "#data/domain/account.ts";
import type { Database } from "./client.ts";
import { hashPassword } from "./sessions.ts";

export interface NewAccount {
  readonly login: string;
  readonly name: string;
  /** Unit id, or a town's id. */
  readonly unit: string;
  readonly role: Role;
}

/** Why an account was not made; `message` says what to do. */
export class AccountRefused extends Error {}

/**
 * Makes an account and gives its password, which is told only here. Throws AccountRefused for a taken login or an
 * unknown unit.
 */
export async function createAccount({ sql }: Database, account: NewAccount): Promise<string> {
  const { login, name, unit, role } = account;
  if (!/^[a-z][a-z0-9-]{1,31}$/.test(login))
    throw new AccountRefused("账号用小写字母、数字和短横线，以字母开头，2 到 32 个字符。");
  const [known] = await sql<{ unit: boolean; taken: boolean }[]>`
    select exists (select from unit where id = ${unit}) as unit,
      exists (select from account where login = ${login}) as taken`;
  if (!known?.unit)
    throw new AccountRefused(`没有单位 ${unit}；单位编号见 data/programme/units.ts，镇街用拼音名。`);
  if (known.taken) throw new AccountRefused(`账号 ${login} 已经有了，请换一个。`);
  const password = randomBytes(12).toString("base64url");
  await sql`insert into account ${sql({ login, name, unit, role, password_hash: await hashPassword(password) })}`;
  return password;
}
