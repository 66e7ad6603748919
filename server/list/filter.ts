import { z } from "zod";
import type { Who } from "#data/domain/account.ts";
import { lights } from "#data/domain/light.ts";
import { townCodes, unitIds } from "#data/domain/programme.ts";
import { dateOf } from "#data/domain/time.ts";
import { layerById } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import type { Fragment, Sql } from "#db/client.ts";
import { mayRead, mayWrite } from "#db/reading.ts";
import type { AsOfRequest } from "../http/app-env.ts";
import { featuresAt, leadingTask, lightColumn, tasksAt } from "./source.ts";

/** Features that no town has wholly to itself are kept under this key instead of a town code. */
export const crossTown = "cross";

export const listOf = <T extends string>(values: readonly [T, ...T[]], what: string) =>
  z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(z.enum(values, `不是${what}`)));

/** `1,4,5`: numbers from 1 to `most`. */
const numbersOf = (most: number) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .filter((part) => part !== "")
        .map(Number),
    )
    .refine(
      (all) => all.every((no) => Number.isInteger(no) && no >= 1 && no <= most),
      `应为 1 到 ${most} 的整数`,
    );

/** `w,s,e,n` in degrees; OGC also writes six numbers, the heights are left aside. */
export const bboxText = z.string().transform((text, context) => {
  const numbers = text.split(",").map(Number);
  const box = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i]) : numbers;
  const [w, s, e, n] = box as [number, number, number, number];
  const inWorld = Math.abs(w) <= 180 && Math.abs(e) <= 180 && Math.abs(s) <= 90 && Math.abs(n) <= 90;
  if (box.length === 4 && numbers.every(Number.isFinite) && inWorld && w <= e && s <= n)
    return [w, s, e, n] as const;
  context.addIssue({ code: "custom", message: "应为 西,南,东,北 四个经纬度，例如 121.0,31.0,121.3,31.3" });
  return z.NEVER;
});

/** The filter of list, chips, summary and OGC items, under the names the page's own URL uses. */
export const filterQuery = {
  layers: z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .refine((ids) => ids.every((id) => layerById(id)), "有不认识的图层；图层目录在 /api/layers")
    .optional(),
  town: listOf([...townCodes, crossTown], "镇街代码").optional(),
  campaign: numbersOf(10).optional(),
  target: numbersOf(20).optional(),
  light: listOf(lights, "灯的代码").optional(),
  lead: listOf(unitIds, "单位代码").optional(),
  due: z.enum(["overdue", "month", "year"]).optional(),
  bbox: bboxText.optional(),
  q: z.string().trim().max(60).optional(),
};
const filterSchema = z.object(filterQuery);
export type Filter = z.infer<typeof filterSchema> & {
  readonly id?: number;
  /** Those that were deleted, as far as this reader could bring them back. */
  readonly deleted?: boolean;
};

/** Who reads, as of when, and the day lights are computed for. */
export interface Reading {
  readonly who: Who;
  readonly asOf: AsOfRequest;
  readonly today: number;
}

/** The parts of a request that every read depends on. */
export const readingOf = ({ var: { who, asOf, today } }: { readonly var: Reading }): Reading => ({
  who,
  asOf,
  today,
});

/**
 * Rows that pass the filter: id, layer_no, version, attrs, geom, name, pinyin, home (town or null), duty, shares, and of
 * the task that stands for it: state, target_id, due, due_day, lead, progress, light; `readable` when this reader may see it.
 * With `target`, `campaign` or `lead` the task is chosen among those alone, and features without one are left out.
 */
export function hits(sql: Sql, reading: Reading, filter: Filter): Fragment {
  const { who, asOf, today } = reading;
  const chosen = taskConditions(sql, filter);
  const tasks = chosen.length
    ? sql`select * from (${tasksAt(sql, asOf)}) a where ${all(sql, chosen)}`
    : tasksAt(sql, asOf);
  const narrowed = chosen.length ? sql`t.state is not null` : sql`true`;
  return sql`
    select * from (
      select f.*, coalesce(f.duty, f.town) as home, t.target_id, t.state, t.due, t.due_day, t.lead, t.progress,
        ${lightColumn(sql, sql`t`, today)} as light, ${filter.deleted ? sql`${mayRead(sql, who, "f")} and ${mayWrite(sql, who, "f")}` : mayRead(sql, who, "f")} as readable
      from (${featuresAt(sql, asOf, filter.deleted)}) f left join lateral (${leadingTask(sql, tasks, sql`f.id`)}) t on true
      where ${narrowed} and ${all(sql, featureConditions(sql, filter))}
    ) h where ${all(sql, resultConditions(sql, filter, today))}`;
}

/** What this reader may see one by one. */
export const readableHits = (sql: Sql, reading: Reading, filter: Filter): Fragment =>
  sql`select * from (${hits(sql, reading, filter)}) r where r.readable`;

function taskConditions(sql: Sql, { target, campaign, lead }: Filter): Fragment[] {
  const ofCampaign = targets.filter((row) => campaign?.includes(row.campaign)).map((row) => row.no);
  return [
    ...(target === undefined ? [] : [sql`a.target_id % 100 = any(${target}::int[])`]),
    ...(campaign === undefined ? [] : [sql`a.target_id % 100 = any(${ofCampaign}::int[])`]),
    ...(lead === undefined ? [] : [sql`a.lead = any(${lead}::text[])`]),
  ];
}

function featureConditions(sql: Sql, { layers, town, bbox, q, id }: Filter): Fragment[] {
  const numbers = layers?.flatMap((id) => layerById(id)?.no ?? []);
  const codes = town?.filter((code) => code !== crossTown);
  const home = sql`coalesce(f.duty, f.town)`;
  const box =
    bbox &&
    sql`ST_MakeEnvelope(${bbox[0]}::float8, ${bbox[1]}::float8, ${bbox[2]}::float8, ${bbox[3]}::float8, 4326)`;
  return [
    ...(id === undefined ? [] : [sql`f.id = ${id}`]),
    ...(numbers ? [sql`f.layer_no = any(${numbers}::smallint[])`] : []),
    ...(codes && town
      ? [sql`(${home} = any(${codes}::text[]) or (${town.length > codes.length} and ${home} is null))`]
      : []),
    ...(box ? [sql`f.geom && ${box} and ST_Intersects(f.geom, ${box})`] : []),
    ...(q ? [nameMatches(sql, q)] : []),
  ];
}

/** Name, or initials of its pinyin, or the number of the owning system. */
const nameMatches = (sql: Sql, q: string): Fragment => {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(f.name ilike ${pattern} or f.pinyin like ${pattern.toLowerCase()} or f.attrs ->> 'external_no' = ${q})`;
};

function resultConditions(sql: Sql, { light, due }: Filter, today: number): Fragment[] {
  const open = sql`h.state <> 'closed'`;
  const month = dateOf(today).slice(0, 7);
  const dueIn = {
    overdue: sql`${open} and h.due_day < ${today}`,
    month: sql`${open} and to_char(h.due, 'YYYY-MM') = ${month}`,
    year: sql`${open} and to_char(h.due, 'YYYY') = ${month.slice(0, 4)}`,
  };
  return [...(light ? [sql`h.light = any(${light}::text[])`] : []), ...(due ? [dueIn[due]] : [])];
}

const all = (sql: Sql, conditions: readonly Fragment[]): Fragment =>
  conditions.reduce<Fragment>((sum, condition) => sql`${sum} and ${condition}`, sql`true`);
