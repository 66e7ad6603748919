import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import { previewChanges } from "#db/preview.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { findingAt, noon, person, places } from "#tests/support/people.ts";

/** The same database, which counts how many transactions are open at once. */
function counting(db: Database) {
  const seen = { now: 0, most: 0 };
  const counted: Database = {
    ...db,
    transaction: async (work) => {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      try {
        return await db.transaction(work);
      } finally {
        seen.now -= 1;
      }
    },
  };
  return { counted, seen };
}

describeOnBothDatabases("a dry run", (open) => {
  test("takes turns with others, so that who really writes waits for one of them at most; a refused one holds nobody up", async () => {
    const { counted, seen } = counting(open().app);
    const clerk = await person(open(), "xujing");
    const look = (token: string) =>
      previewChanges(counted, {
        token,
        clock: noon("2025-06-02"),
        body: { changes: [findingAt(places.xujing, {}, randomUUID())] },
      });
    const answers = await Promise.allSettled([clerk.token, "nobody", clerk.token, clerk.token].map(look));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect(seen.most).toBe(1);
  });

  test("says which were not judged one by one when its time is used up, and does not call them refused", async () => {
    const clerk = await person(open(), "xujing");
    // Past the border: refused without being named.
    const beyond = findingAt(places.zhujiajiao, {}, randomUUID());
    const changes = Array.from({ length: 15 }, () => findingAt(places.xujing, {}, randomUUID()));
    const look = (ms: number) =>
      previewChanges(
        open().app,
        { token: clerk.token, clock: noon("2025-06-02"), body: { changes: [...changes, beyond] } },
        { ms },
      );
    const [whole, short] = [await look(60_000), await look(0)];
    expect(whole.outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code))).toEqual([
      ...changes.map(() => "ok"),
      "forbidden",
    ]);
    expect(new Set(short.outcomes.map((outcome) => !outcome.ok && outcome.code))).toEqual(
      new Set(["unjudged"]),
    );
    const [first] = short.outcomes;
    expect(first?.ok === false && first.detail).toMatch(/没有单独试过.*徐泾镇/);
  });
});
