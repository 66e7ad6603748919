import type { Fragment, Sql } from "#db/client.ts";

/** What a feature (row alias with id and name) was called right after the changeset `seq` of the instant `at`: a later name is no news of that day. */
export const nameThen = (sql: Sql, feature: Fragment, seq: Fragment, at: Fragment): Fragment => sql`coalesce((
  select w.attrs ->> 'name' from feature_version w
  where w.feature_id = ${feature}.id and w.kfrom <= ${seq} and w.kto > ${seq} and w.vfrom <= ${at} and w.vto > ${at}
  limit 1), ${feature}.name)`;
