import type { Fragment, Sql, TransactionSql } from "#db/client.ts";

/**
 * One query a computed metric: `select value, of` at the moment. They read two tables of the statement around them:
 * `f` (id, layer, attrs, home) features, and `x`, the same with one row a task: target (number), state, due.
 * `day` is the day asked for, in Shanghai.
 */
export type ComputedQuery = (sql: Sql | TransactionSql, day: Fragment) => Fragment;

/** Closed of all tasks of one target in a layer, with those overdue, open, and fallen back with a new term (`again`). */
const closed =
  (layer: string, target: number, only?: ComputedQuery): ComputedQuery =>
  (sql, day) =>
    sql`
  select count(*) filter (where state = 'closed') as value, count(*) as of,
    count(*) filter (where state <> 'closed' and due < ${day}) as late,
    count(*) filter (where state <> 'closed') as open,
    count(*) filter (where state <> 'closed' and again and due >= ${day}) as again
  from x where layer = ${layer} and target = ${target} and ${only ? only(sql, day) : sql`true`}`;

/** Features with a property out of all. */
const having =
  (layer: string, property: ComputedQuery, only?: ComputedQuery): ComputedQuery =>
  (sql, day) =>
    sql`
  select count(*) filter (where ${property(sql, day)}) as value, count(*) as of from f
  where layer = ${layer} and ${only ? only(sql, day) : sql`true`}`;

/** The same without a denominator. */
const count =
  (layer: string, property: ComputedQuery): ComputedQuery =>
  (sql, day) =>
    sql`
  select count(*) as value, null::bigint as of from f where layer = ${layer} and ${property(sql, day)}`;

const yes =
  (field: string): ComputedQuery =>
  (sql) =>
    sql`coalesce((attrs ->> ${field}::text)::boolean, false)`;
const is =
  (field: string, ...values: string[]): ComputedQuery =>
  (sql) =>
    sql`attrs ->> ${field}::text = any(${values}::text[])`;
const both =
  (a: ComputedQuery, b: ComputedQuery): ComputedQuery =>
  (sql, day) =>
    sql`${a(sql, day)} and ${b(sql, day)}`;
const has =
  (field: string, value: string): ComputedQuery =>
  (sql) =>
    sql`coalesce(attrs -> ${field}::text, '[]'::jsonb) ? ${value}`;

const sixGoalsMet: ComputedQuery = (sql) => sql`jsonb_array_length(coalesce(attrs -> 'six_goals', '[]')) = 6`;

/** Segments or areas that have met the six goals, of all. */
const upToStandard =
  (layer: string): ComputedQuery =>
  (sql, day) =>
    sql`select count(*) filter (where ${sixGoalsMet(sql, day)}) as value, count(*) as of from f where layer = ${layer}`;

/** Named roads or areas of which every piece has met the six goals. */
const wholes =
  (layer: string, parent: string): ComputedQuery =>
  (sql, day) =>
    sql`
  select count(*) filter (where good) as value, count(*) as of from (
    select bool_and(${sixGoalsMet(sql, day)}) as good from f where layer = ${layer} group by attrs ->> ${parent}::text) p`;

/** Stations open on the day: the denominator grows when one opens. */
const stations = (property: string): ComputedQuery =>
  having(
    "rail_station",
    yes(property),
    (sql, day) => sql`(case when attrs ->> 'opened_on' is not null
    then (attrs ->> 'opened_on')::date <= ${day} else coalesce((attrs ->> 'opened')::boolean, false) end)`,
  );

const caseList = (list: string, target: number): ComputedQuery => closed("case", target, has("lists", list));

/** Illegal buildings of the yearly stock: handled by permit, conversion or demolition is a closed task. */
const stock = is("stock_kind", "stock");

/** By metric code, with the part's letter where a metric has parts: lists of tasks, closed of all. */
export const listQueries: Readonly<Record<string, ComputedQuery>> = {
  "1.1": closed("finding", 1),
  "5.1": closed("waste_case", 5, is("case_kind", "spill")),
  "10.1": closed("signboard", 10, is("source", "city_supervised")),
  "11.1": closed("weak_area", 11),
  "12.1": closed("nightscape", 12),
  "13.1": closed("signboard", 13, both(is("sign_kind", "advert"), is("source", "town_survey"))),
  "13.2": closed("signboard", 13, both(is("sign_kind", "shop_sign"), is("source", "spot_check"))),
  "16.2.a": closed("outfall", 16),
  "17.1": caseList("petition_38", 17),
  "17.2": caseList("hotline_274", 17),
  "19.1.a": closed("illegal_building", 19, stock),
  "19.3.b": closed("illegal_building", 19, is("stock_kind", "building")),
  "19.4": closed("illegal_building", 19, both(stock, is("building_kind", "villa", "low_rise"))),
  "20.1": caseList("petition_619", 20),
  "20.2": caseList("hotline_1864", 20),
};

/** Everything else that is computed. */
export const computedQueries: Readonly<Record<string, ComputedQuery>> = {
  "1.2": (sql) => sql`select count(*) as value, null::bigint as of from x
    where layer = 'finding' and target = 1 and state <> 'closed'`,
  "1.3.a": upToStandard("key_road"),
  "1.3.b": upToStandard("key_area"),
  "1.5.a": wholes("key_road", "parent_road"),
  "1.5.b": wholes("key_area", "parent_area"),
  "16.6.a": (sql) => sql`
    select coalesce(sum((attrs ->> 'area_m2')::numeric) filter (where state = 'closed'), 0) as value,
      sum((attrs ->> 'area_m2')::numeric) as of from x where layer = 'planting_zone' and target = 16`,
  "2.1": count("landscape_node", is("plan_stage", "approved")),
  "2.2": count("green_spot", yes("built")),
  "2.3.a": (sql) => sql`select count(*) filter (where state = 'closed') as value, count(*) as of from x
    where layer in ('finding', 'key_road') and target = 2`,
  "3.3.a": having("finding", is("source", "patrol")),
  "4.1": having("disposal_site", yes("filed")),
  // A round counts only when every active site was visited in it.
  "4.2": (sql) => sql`select min(coalesce((attrs ->> 'checks')::int, 0)) as value, 2 as of from f
    where layer = 'disposal_site'`,
  "6.1": count("waste_case", is("case_kind", "unlicensed")),
  "7.1": count("waste_case", is("case_kind", "dumping")),
  "8.1": (sql) => sql`select
      sum(coalesce((attrs ->> 'disposed_t')::numeric, 0) + coalesce((attrs ->> 'reused_t')::numeric, 0)) as value,
      sum((attrs ->> 'concrete_t')::numeric) as of
    from f where layer = 'construction_site'`,
  "8.2": having("construction_site", yes("contract")),
  "9.1.a": having("compound", yes("screened")),
  "9.1.b": (
    sql,
  ) => sql`select sum((attrs ->> 'screened_buildings')::int) as value, sum((attrs ->> 'buildings')::int) as of
    from f where layer = 'compound'`,
  "9.2": having("facade_hazard", yes("controlled"), is("grade", "major")),
  "9.3": having("facade_hazard", yes("cleared"), is("grade", "minor")),
  "10.2": (sql) => sql`select count(*) as value, null::bigint as of from x
    where layer = 'signboard' and target = 10 and state = 'closed' and attrs ->> 'source' = 'hazard_150'`,
  "11.3": (sql) => sql`select count(*) as value, null::bigint as of from x
    where layer = 'weak_area' and target = 11 and state <> 'closed' and coalesce((attrs ->> 'relapsed')::boolean, false)`,
  "14.1": (
    sql,
    day,
  ) => sql`select coalesce(sum((attrs ->> 'spaces')::int), 0) as value, null::bigint as of from f
    where layer = 'shared_parking' and ${yes("verified")(sql, day)} and (attrs ->> 'signed_on')::date >= '2025-01-01'`,
  "15.1": stations("zone_set"),
  "15.2": stations("signs_set"),
  "16.1": having("water_point", yes("clear")),
  "16.4": count(
    "water_barrier",
    both(is("barrier_kind", "curtain"), (sql, day) => sql`(attrs ->> 'set_on')::date <= ${day}`),
  ),
  "16.5": count(
    "water_barrier",
    both(is("barrier_kind", "bio_net"), (sql, day) => sql`(attrs ->> 'set_on')::date <= ${day}`),
  ),
  "19.1.b": (
    sql,
    day,
  ) => sql`select sum((attrs ->> 'area_m2')::numeric) filter (where state = 'closed') as value,
      sum((attrs ->> 'area_m2')::numeric) as of
    from x where layer = 'illegal_building' and target = 19 and ${stock(sql, day)}`,
  "19.2": count("illegal_building", is("stock_kind", "new")),
};

/** Progress where it says more than value / of: both rounds of 4.2, site by site. */
export const progressQueries: Readonly<Record<string, ComputedQuery>> = {
  "4.2": (
    sql,
  ) => sql`select 100.0 * sum(least(coalesce((attrs ->> 'checks')::int, 0), 2)) / nullif(2 * count(*), 0) as value
    from f where layer = 'disposal_site'`,
};

/** What a click on the number shows on the map. */
export const behindOf: Readonly<Record<string, { layer: string; target?: number }>> = {
  "1.1": { layer: "finding", target: 1 },
  "1.2": { layer: "finding", target: 1 },
  "1.3": { layer: "key_road", target: 1 },
  "1.5": { layer: "key_road", target: 1 },
  "2.1": { layer: "landscape_node", target: 2 },
  "2.2": { layer: "green_spot", target: 2 },
  "2.3": { layer: "finding", target: 2 },
  "3.1": { layer: "key_road", target: 3 },
  "3.3": { layer: "finding", target: 3 },
  "4.1": { layer: "disposal_site", target: 4 },
  "4.2": { layer: "disposal_site", target: 4 },
  "5.1": { layer: "waste_case", target: 5 },
  "6.1": { layer: "waste_case", target: 6 },
  "7.1": { layer: "waste_case", target: 7 },
  "8.1": { layer: "construction_site", target: 8 },
  "8.2": { layer: "construction_site", target: 8 },
  "9.1": { layer: "compound", target: 9 },
  "9.2": { layer: "facade_hazard", target: 9 },
  "9.3": { layer: "facade_hazard", target: 9 },
  "10.1": { layer: "signboard", target: 10 },
  "10.2": { layer: "signboard", target: 10 },
  "11.1": { layer: "weak_area", target: 11 },
  "11.3": { layer: "weak_area", target: 11 },
  "12.1": { layer: "nightscape", target: 12 },
  "13.1": { layer: "signboard", target: 13 },
  "13.2": { layer: "signboard", target: 13 },
  "14.1": { layer: "shared_parking", target: 14 },
  "15.1": { layer: "rail_station", target: 15 },
  "15.2": { layer: "rail_station", target: 15 },
  "15.3": { layer: "finding", target: 15 },
  "16.1": { layer: "water_point", target: 16 },
  "16.2": { layer: "outfall", target: 16 },
  "16.4": { layer: "water_barrier", target: 16 },
  "16.5": { layer: "water_barrier", target: 16 },
  "16.6": { layer: "planting_zone", target: 16 },
  "17.1": { layer: "case", target: 17 },
  "17.2": { layer: "case", target: 17 },
  "19.1": { layer: "illegal_building", target: 19 },
  "19.2": { layer: "illegal_building", target: 19 },
  "19.3": { layer: "illegal_building", target: 19 },
  "19.4": { layer: "illegal_building", target: 19 },
  "20.1": { layer: "case", target: 20 },
  "20.2": { layer: "case", target: 20 },
};
