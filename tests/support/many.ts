import { layerById } from "#data/layers/registry.ts";
import type { TestDatabase } from "./databases.ts";

/** Of so many 问题点位 one piece of a road comes with them, of one of so many roads. */
const [perRoad, roads] = [10, 200] as const;

const findingName = (number: number | ""): string => `问题 ${number}`;
/** One of the roads there are. */
export const roadName = (number: number | ""): string => `大路${number}`;

/** Features of one changeset: as an office writes in a morning. */
const perChangeset = 20;

/**
 * Fills the database up to so many 问题点位 over all towns, each with its task and its history, in changesets a minute apart.
 * Past the guard and the triggers, which would take minutes: what is measured is reading, and writing into what is there.
 */
export async function fillUpTo(db: TestDatabase, account: number, count: number): Promise<void> {
  const [layer, road] = [layerById("finding"), layerById("key_road")];
  if (!layer || !road) throw new Error("no layer of findings or of roads");
  await db.owner.sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    const [now] = await sql<{ features: number; seq: number }[]>`
      select (select count(*)::int from feature where layer_no = ${layer.no}) as features, (select seq::int from feed_head) as seq`;
    const { features, seq } = now!;
    const sets = Math.ceil((count - features) / perChangeset);
    await sql`
      insert into changeset (seq, account_id, unit, role, kind, at)
        select ${seq}::int + n, a.id, a.unit, a.role, 'edit', timestamptz '2025-01-01' + n * interval '1 minute'
        from account a, generate_series(1, ${sets}::int) n where a.id = ${account}`;
    await sql`
      create temporary table made on commit drop as
      select m.n, ${seq}::int + 1 + (m.n - 1) / ${perChangeset} as seq, m.code, m.geom, target.id as target, target.lead
      from (
        select row_number() over (order by md5(ST_AsText(d.geom))) as n, b.code, d.geom
        from town_border b cross join lateral ST_Dump(ST_GeneratePoints(b.geom, ceil(${count - features}::int / 11.0)::int)) d
        where b.vto = 'infinity'
      ) m cross join lateral (
        select t.target_id as id, u.unit as lead from layer_target t join target_unit u on u.target_id = t.target_id and u.lead
        where t.layer_no = ${layer.no} order by t.target_id, u.unit limit 1) target
      where m.n <= ${count - features}`;
    await sql`
      insert into feature (uid, layer_no, version, attrs, geom, town, shares, pinyin)
        select gen_random_uuid(), ${layer.no}, 1, jsonb_build_object('name', ${findingName("")} || (${features}::int + n)), geom, code,
          jsonb_build_object(code, 1), lpad(n::text, 7, '0') from made order by n`;
    await sql`create temporary table kept on commit drop as
      select f.id, m.* from made m join feature f on f.layer_no = ${layer.no} and f.attrs ->> 'name' = ${findingName("")} || (${features}::int + m.n)`;
    await sql`
      insert into feature_version (feature_id, version, op, layer_no, schema_v, attrs, geom, town, shares, vfrom, kfrom)
        select f.id, 1, 'create', f.layer_no, f.schema_v, f.attrs, f.geom, f.town, f.shares, c.at, c.seq
        from kept k join feature f on f.id = k.id join changeset c on c.seq = k.seq`;
    await sql`
      insert into task (feature_id, target_id, version, state, due, lead)
        select k.id, k.target, 1, (array['planned', 'underway', 'review', 'closed'])[1 + k.n % 4], date '2025-03-01' + (k.n % 300)::int, k.lead
        from kept k order by k.n`;
    await sql`
      insert into task_version (task_id, feature_id, target_id, version, state, due, lead, progress, vfrom, kfrom)
        select t.id, t.feature_id, t.target_id, 1, t.state, t.due, t.lead, 0, c.at, c.seq
        from kept k join task t on t.feature_id = k.id join changeset c on c.seq = k.seq`;
    await sql`
      insert into change (seq, kind, id, layer_no, op, after)
        select k.seq, 'feature', k.id, ${layer.no}, 'create',
          array[ST_X(k.geom), ST_Y(k.geom), ST_X(k.geom), ST_Y(k.geom)] from kept k`;
    await sql`
      insert into feature (uid, layer_no, version, attrs, geom, town, shares, pinyin)
        select gen_random_uuid(), ${road.no}, 1, jsonb_build_object('name', '路段', 'parent_road', ${roadName("")} || (n / ${perRoad}) % ${roads}),
          ST_MakeLine(geom, ST_Translate(geom, 0.0005, 0)), code, jsonb_build_object(code, 1), '' from made where n % ${perRoad} = 0`;
    await sql`update feed_head set seq = ${seq + sets},
      at = greatest(at, (select at from changeset order by seq desc limit 1))`;
  });
  await db.owner.sql`analyze`;
}

/** The quickest of some runs, ms: a loaded machine makes runs slower, never quicker. The first is not counted: it plans and warms. */
export async function quickest(runs: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const begun = performance.now();
    await work();
    if (run > 0) took.push(performance.now() - begun);
  }
  return Math.min(...took);
}
