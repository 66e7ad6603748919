import type { DutyWordBody } from "#data/domain/duty-body.ts";
import type { Database } from "./client.ts";
import { type Applied, inChangeset } from "./write.ts";

/** Records what a town says about answering for a place at its border; the place itself stays as it is. Throws WriteRefused. */
export function sayDuty(
  db: Database,
  options: { token: string | Uint8Array; key: string; clock: Date; body: DutyWordBody },
): Promise<Applied> {
  const { feature, base, word, reason } = options.body;
  const body = { feature, base, word, ...(reason ? { reason } : {}) };
  return inChangeset(db, { ...options, body, kind: "duty" }, async (tx, opened) => {
    await tx`select say_duty(${feature}, ${base}, ${word})`;
    return { seq: opened.seq, results: [{ op: word, id: feature }] };
  });
}
