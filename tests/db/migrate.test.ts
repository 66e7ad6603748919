import { expect, test } from "vitest";
import { layers } from "#data/layers/registry.ts";
import { migrate } from "#db/migrate.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

describeOnBothDatabases("migrate", (open) => {
  test("writes the programme: 11 borders, 20 targets with leads, every layer", async () => {
    const { app } = open();
    const [row] = await app.sql`select
      (select count(*)::int from town_border) as borders,
      (select count(*)::int from target where year = 2025) as targets,
      (select count(distinct target_id)::int from target_unit where lead) as led,
      (select count(*)::int from layer) as layers,
      (select count(*)::int from unit where town is not null) as towns`;
    expect(row).toEqual({ borders: 11, targets: 20, led: 20, layers: layers.length, towns: 11 });
  });

  test("the moves of a task fold the handler's steps and keep the verifier's alone", async () => {
    const moves = await open().app.sql<{ move: string }[]>`
      select from_state || '>' || to_state || case when verify then ' verify' else '' end as move
        from task_move order by 1`;
    expect(moves.map(({ move }) => move)).toEqual([
      "closed>review verify",
      "closed>underway verify",
      "planned>review",
      "planned>underway",
      "review>closed verify",
      "review>underway",
      "underway>review",
    ]);
  });

  test("may be repeated", async () => {
    const { owner } = open();
    await migrate(owner);
    const [row] = await owner.sql`select count(*)::int as n from town_border`;
    expect(row).toEqual({ n: 11 });
  });
});
