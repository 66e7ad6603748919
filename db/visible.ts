import type postgres from "postgres";
import type { Fragment, Sql, TransactionSql } from "./client.ts";

/**
 * `where` condition for `feature_version` or `task_version` rows that are so at `at` as far as was known under `known`
 * (core design §5). `known` null: the head. Today's answers read `feature` and `task`, never the versions.
 */
export const visibleAt = (
  sql: Sql | TransactionSql,
  alias: string,
  at: Date,
  known: number | null,
): Fragment => {
  const row = sql(alias) as postgres.Helper<string>;
  return known === null
    ? sql`tstzrange(${row}.vfrom, ${row}.vto) @> ${at}::timestamptz and ${row}.kto = 9223372036854775807`
    : sql`tstzrange(${row}.vfrom, ${row}.vto) @> ${at}::timestamptz
        and ${row}.kfrom <= ${known}::bigint and ${row}.kto > ${known}::bigint`;
};
