import type { Who } from "#data/domain/account.ts";
import type { PresenceAnswer } from "#data/domain/presence.ts";
import type { Database } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import { presenceOf } from "./answer.ts";
import type { Attendance } from "./attendance.ts";

/** News for one account: only of features that it has open itself, and may still see. */
export async function presenceNews(
  db: Database,
  attendance: Attendance,
  who: Who,
  account: number,
  changed: ReadonlySet<number>,
): Promise<PresenceAnswer[]> {
  const open = [...changed].filter((feature) =>
    attendance.at(feature).some((one) => one.account === account),
  );
  if (open.length === 0) return [];
  const { sql } = db;
  const rows = await sql<{ id: number }[]>`
    select f.id from feature f where f.id = any(${open}::bigint[]) and ${mayRead(sql, who, "f")}`;
  return rows.map(({ id }) => presenceOf(id, attendance.at(id), who, account));
}
