import type { Who } from "#data/domain/account.ts";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import { layers } from "#data/layers/registry.ts";
import type { Database } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import type { FeedChange } from "./feed.ts";

/** One changeset as a reader is told of it. */
export interface Told {
  readonly seq: number;
  readonly changes: readonly ChangeEvent[];
  /** Layers (限定) in which something changed that this reader may not see one by one: only their counts are new. */
  readonly counts: readonly string[];
}

const restricted = new Set(
  layers.filter((layer) => layer.sensitivity === "restricted").map((layer) => layer.no),
);
const isRestricted = (change: FeedChange): boolean =>
  change.layerNo !== null && restricted.has(change.layerNo);

/** Groups changes by changeset and leaves out what `who` may not see. Changesets of which nothing is left are left out. */
export async function tell(db: Database, who: Who, changes: readonly FeedChange[]): Promise<Told[]> {
  const seen = await seenOf(db, who, changes.filter(isRestricted));
  const told = new Map<number, { seq: number; changes: ChangeEvent[]; counts: string[] }>();
  for (const change of changes) {
    const one = told.get(change.seq) ?? { seq: change.seq, changes: [], counts: [] };
    told.set(change.seq, one);
    const { layerNo: _, ...event } = change;
    if (!isRestricted(change) || seen.has(keyOf(change))) one.changes.push(event);
    else if (change.layer !== null && !one.counts.includes(change.layer)) one.counts.push(change.layer);
  }
  return [...told.values()];
}

const keyOf = (change: Pick<FeedChange, "kind" | "id">): string => `${change.kind} ${change.id}`;

async function seenOf(db: Database, who: Who, changes: readonly FeedChange[]): Promise<ReadonlySet<string>> {
  if (changes.length === 0) return new Set();
  const { sql } = db;
  const ids = (kinds: readonly FeedChange["kind"][]) => [
    ...new Set(changes.filter((change) => kinds.includes(change.kind)).map(({ id }) => id)),
  ];
  // An observation carries the id of its point, a photo, a proposal and a word on 责任属地 that of their feature.
  const rows = await sql<{ key: string }[]>`
    select unnest(array['feature ' || f.id, 'observation ' || f.id, 'photo ' || f.id, 'proposal ' || f.id, 'duty ' || f.id]) as key from feature f
    where f.id = any(${ids(["feature", "observation", "photo", "proposal", "duty"])}::bigint[]) and ${mayRead(sql, who, "f")}
    union all
    select 'task ' || k.task_id from (
      select distinct task_id, feature_id from task_version where task_id = any(${ids(["task"])}::bigint[])
    ) k join feature f on f.id = k.feature_id where ${mayRead(sql, who, "f")}`;
  return new Set(rows.map((row) => row.key));
}
