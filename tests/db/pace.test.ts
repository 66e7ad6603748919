import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { findingAt, noon, person, places, write } from "#tests/support/people.ts";

describeOnBothDatabases("pace of the list form, for imports and the demo", (open) => {
  const spot = (i: number) => [
    places.xujing[0] + (i % 50) * 1e-4,
    places.xujing[1] + Math.floor(i / 50) * 1e-4,
  ];

  test("2,000 features with their tasks in one changeset are written in a few statements", async () => {
    const db = open();
    const force = await person(db, "zhuanban", "taskforce");
    const uids = Array.from({ length: 2000 }, () => randomUUID());
    const marks: number[] = [];
    const timed = async (day: string, ops: ChangeOp[]) => {
      const begun = performance.now();
      await write(db, force, ops, { clock: noon(day) });
      marks.push(performance.now() - begun);
    };
    await timed(
      "2025-03-01",
      uids.map((uid, i) => findingAt(spot(i), { name: `盈港路 ${i} 号` }, uid)),
    );
    await timed(
      "2025-03-02",
      uids.map((uid): ChangeOp => ({ op: "patch", feature: uid, base: 1, set: { remark: "一" } })),
    );
    await timed(
      "2025-03-03",
      uids.map((uid): ChangeOp => ({ op: "task", task: { feature: uid, target: 1 }, step: "start" })),
    );
    for (let day = 0; day < 50; day += 1)
      await timed(
        "2025-03-04",
        uids
          .slice(day * 40, day * 40 + 40)
          .map((uid): ChangeOp => ({ op: "task", task: { feature: uid, target: 1 }, progress: 50 })),
      );
    expect(await db.app.sql`select count(*)::int as n from task_version where kto > 100000`).toEqual([
      { n: 6000 },
    ]);
  });
});
