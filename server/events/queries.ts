import { instantOn } from "#data/domain/time.ts";
import type { Database } from "#db/client.ts";
import type { AsOfRequest } from "../http/app-env.ts";

/** How many changes were recorded after `seq`; counts no further than one over `limit`. */
export async function changeCountAfter({ sql }: Database, seq: number, limit: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select from change where seq > ${seq} limit ${limit + 1}) s`;
  return row?.count ?? 0;
}

/** Changes recorded on each day (Asia/Shanghai) of a year: the density ruler. Days without any are left out. */
export async function changesByDay(
  { sql }: Database,
  year: number,
  { at, known }: AsOfRequest,
): Promise<{ days: { day: string; changes: number }[]; head: number }> {
  const rows = await sql<{ day: string | null; changes: number; head: number }[]>`
    select to_char(s.day, 'YYYY-MM-DD') as day, s.changes, h.seq as head
    from feed_head h left join (
      select (c.at at time zone 'Asia/Shanghai')::date as day, count(*)::int as changes
      from changeset c join change g on g.seq = c.seq
      where c.at >= ${instantOn(`${year}-01-01`, 0)} and c.at < ${instantOn(`${year + 1}-01-01`, 0)}
        and c.at <= ${at ?? new Date(8.64e15)} and c.seq <= ${known ?? Number.MAX_SAFE_INTEGER}
      group by 1
    ) s on true order by s.day`;
  const days = rows.flatMap(({ day, changes }) => (day === null ? [] : [{ day, changes }]));
  return { days, head: rows[0]?.head ?? 0 };
}
