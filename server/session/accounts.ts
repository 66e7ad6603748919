import { type Role, roleName } from "#data/domain/account.ts";
import type { Database } from "#db/client.ts";
import { accountForLogin, hashPassword, recordFailure, recordSuccess, verifyPassword } from "#db/sessions.ts";
import { Problem } from "../http/problem.ts";

/** Checked when there is no such account, so that an unknown one takes as long as a wrong password. */
let nobodysHash: Promise<string> | undefined;

/**
 * The account when the password is right. Wrong account, wrong password and disabled account sound the same; five
 * failures in a row lock the account for a while (counted in the database).
 */
export async function checkPassword(
  db: Database,
  login: string,
  password: string,
): Promise<{ id: number; role: Role }> {
  const account = await accountForLogin(db, login);
  if (account?.lockedUntil) {
    const seconds = (account.lockedUntil.getTime() - Date.now()) / 1000;
    if (seconds > 0)
      throw new Problem("locked-out", {
        detail: `这个账号连续输错口令，已暂时锁定，请 ${Math.ceil(seconds / 60)} 分钟后再试，或找系统管理员。`,
        retryAfter: seconds,
      });
  }
  nobodysHash ??= hashPassword("nobody");
  const right = await verifyPassword(account?.passwordHash ?? (await nobodysHash), password);
  if (account?.passwordHash && right && !account.disabled) {
    await recordSuccess(db, login);
    return { id: account.id, role: account.role };
  }
  if (account) await recordFailure(db, login);
  throw new Problem("wrong-password", { detail: "账号或口令不对。连续输错 5 次，账号会锁定 15 分钟。" });
}

export interface DemoAccount {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly unitName: string;
  readonly role: Role;
  readonly roleName: string;
  readonly town: string | null;
}

/** The demo's accounts for the sign-in page, in the order they were made. */
export async function demoAccounts({ sql }: Database): Promise<DemoAccount[]> {
  const rows = await sql<Omit<DemoAccount, "roleName">[]>`
    select a.login as account, a.name, a.unit, u.name as "unitName", a.role, u.town
    from account a join unit u on u.id = a.unit where a.demo and a.disabled_at is null order by a.id`;
  return rows.map((row) => ({ ...row, roleName: roleName[row.role] }));
}
