import type { Who } from "#data/domain/account.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import type { VersionPair } from "./queries.ts";

/** A version as a line of the history for this reader: the clerk's name stays inside the own unit. */
export function entryOf(pair: VersionPair, { unit, account }: Pick<Who, "unit" | "account">): HistoryEntry {
  return {
    seq: pair.seq,
    at: pair.at.toISOString(),
    from: pair.vfrom.toISOString(),
    op: pair.op,
    unit: pair.unit,
    person: pair.unit_id === unit ? pair.person : undefined,
    own: pair.account === account || undefined,
    reason: pair.reason,
    version: pair.version ?? undefined,
    target: pair.target ?? undefined,
    fields: fieldDifferences(pair.before ?? {}, pair.after),
    geometry: pair.geometry,
    proposal: pair.proposal ?? undefined,
    followed: pair.followed || undefined,
    reverts: pair.reverts ?? undefined,
    revertedBy: pair.reverted_by ?? undefined,
  };
}

/** Field → [before, after] for those that differ; null stands for "not set" on either side. */
export function fieldDifferences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, readonly [unknown, unknown]> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differences: Record<string, readonly [unknown, unknown]> = {};
  for (const name of names) {
    const pair = [before[name] ?? null, after[name] ?? null] as const;
    if (JSON.stringify(pair[0]) !== JSON.stringify(pair[1])) differences[name] = pair;
  }
  return differences;
}
