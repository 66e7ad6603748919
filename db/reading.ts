import type postgres from "postgres";
import { roleRights, type Who } from "#data/domain/account.ts";
import { layers } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import type { Fragment, Sql, TransactionSql } from "./client.ts";

/** What of a reader decides which 限定 points it sees. */
export type Reader = Pick<Who, "role" | "unit" | "town">;

const restricted = layers.filter((layer) => layer.sensitivity === "restricted");

const leadsOne = (unit: string, numbers: readonly number[]): boolean =>
  targets.some((target) => numbers.includes(target.no) && target.leads.some((lead) => lead === unit));

/** Numbers of the restricted layers whose targets this unit leads. */
const ledBy = (unit: string): number[] =>
  restricted.filter((layer) => leadsOne(unit, layer.targets)).map((layer) => layer.no);

/** Numbers of the restricted layers of which this unit sees only what its town or duty shows it. */
export const layersHiddenFrom = (unit: string): number[] => {
  const led = ledBy(unit);
  return restricted.map((layer) => layer.no).filter((no) => !led.includes(no));
};

/**
 * `where` condition on a row with layer_no, town and duty (feature, feature_version): does this reader see the point?
 * Restricted layers: own town (place or duty), a lead unit of the layer's targets, the 专班; all others get counts.
 */
export function mayRead(sql: Sql | TransactionSql, who: Reader, alias: string): Fragment {
  if (roleRights[who.role].everywhere) return sql`true`;
  const row = sql(alias) as postgres.Helper<string>;
  const hidden = layersHiddenFrom(who.unit);
  if (hidden.length === 0) return sql`true`;
  const open = sql`${row}.layer_no <> all (${hidden}::smallint[])`;
  if (who.town === null) return open;
  return sql`(${open} or coalesce(${row}.town = ${who.town}, false) or coalesce(${row}.duty = ${who.town}, false))`;
}

/** Numbers of the layers whose targets this unit leads. */
export const layersLedBy = (unit: string): number[] =>
  layers.filter(({ targets: numbers }) => leadsOne(unit, numbers)).map(({ no }) => no);

/**
 * `where` condition on a row with layer_no, town and duty: has this account the place right there? Own town or 责任属地 for a
 * town, the layers of its own targets for a lead unit, everything for the 专班; the guard judges each write again.
 */
export function mayWrite(sql: Sql | TransactionSql, who: Reader, alias: string): Fragment {
  const rights = roleRights[who.role];
  if (!rights.edit) return sql`false`;
  if (rights.everywhere) return sql`true`;
  const row = sql(alias) as postgres.Helper<string>;
  const led = layersLedBy(who.unit);
  const open = layers.filter(({ townWritable }) => townWritable).map(({ no }) => no);
  return sql`(${row}.layer_no = any(${led}::smallint[]) or coalesce(${row}.duty = ${who.town}, false)
    or coalesce(${row}.town = ${who.town}, false) and ${row}.layer_no = any(${open}::smallint[]))`;
}

/** Equal for readers who see the same restricted points: what a cache adds to the key of their tiles. */
export function readerKey(who: Reader): string {
  if (roleRights[who.role].everywhere) return "all";
  return [...ledBy(who.unit), who.town ?? ""].join(".");
}
