import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { MyTasksAnswer } from "#data/domain/wire/list.ts";
import { type Person, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { createOf, openTaskforce, point, write } from "#tests/tiles/fixture.ts";

const [lon, lat] = places.zhujiajiao;
/** Degrees: the first is farther in degrees and nearer in metres than the second (a degree of longitude is the shorter one). */
const [east, north] = [0.0011, 0.001];

describeOnBothDatabases("my tasks", (open) => {
  let server: TestServer;
  let token: string;
  let tasks: Record<string, number>;
  const change = (...changes: ChangeOp[]) => write(open().app, token, changes);
  const mine = async (query = "", who: Person = "zhujiajiao") =>
    (await (await server.as(who)).ask<MyTasksAnswer>(`/api/tasks/mine?${query}`)).body;
  const names = async (query = "", who: Person = "zhujiajiao") =>
    (await mine(query, who)).rows.map(({ name }) => name);
  const here = `near=${lon},${lat}`;

  beforeEach(async () => {
    server = await startApi(open());
    token = await openTaskforce(open());
    const at = (x: number, y: number) => point(lon + x, lat + y);
    const made = {
      北边那处: at(0, north),
      东边那处: at(east, 0),
      脚下那处: at(0, 0),
      远处那处: at(0, 0.02),
      徐泾那处: point(...places.xujing),
    };
    const { reply } = await change(
      ...Object.entries(made).map(([name, place]) => createOf("finding", place, name)),
    );
    tasks = Object.fromEntries(
      Object.keys(made).map((name, i) => [name, reply.results[i]?.tasks?.[0]?.id ?? 0]),
    );
  });
  afterEach(() => server.close());

  it("a town has those of its own town, a lead unit those it leads, a planner none", async () => {
    expect((await names()).sort()).toEqual(["东边那处", "北边那处", "脚下那处", "远处那处"].sort());
    expect(await names("", "xujing")).toEqual(["徐泾那处"]);
    expect((await mine("", "planner")).counts).toEqual({ todo: 0, returned: 0, soon: 0, open: 0 });
    expect((await mine("only=open", "zhuanban")).counts.open).toBe(5);
  });

  it("the nearest by metres comes first, whatever the degrees say", async () => {
    const { rows } = await mine(here);
    expect(rows.map(({ name }) => name)).toEqual(["脚下那处", "东边那处", "北边那处", "远处那处"]);
    expect(rows[0]?.metres).toBe(0);
    expect(rows[1]?.metres).toBeGreaterThan(100);
    expect(rows[1]?.metres).toBeLessThan(rows[2]?.metres ?? 0);
    expect(rows[2]?.metres).toBeCloseTo(110.9, 0);
  });

  it("pages go on where the last one ended, with and without a position", async () => {
    for (const sort of [here, ""]) {
      const read: string[] = [];
      let after = "";
      for (let page = 0; page < 10; page++) {
        const answer = await mine(`${sort}&limit=1${after}`);
        read.push(...answer.rows.map(({ name }) => name));
        if (answer.next === null) break;
        after = `&after=${encodeURIComponent(answer.next)}`;
      }
      expect(read).toEqual(await names(sort));
      expect(read).toHaveLength(4);
    }
  });

  it("a cursor that no page gave is refused, not sent to the database", async () => {
    const clerk = await server.as("zhujiajiao");
    for (const after of ["2025-02-30~1~1", "0000-01-01~1~1", "2025-09-10~1~0", "x~1"]) {
      const { status, body } = await clerk.refused(`/api/tasks/mine?after=${after}`, {});
      expect([status, body.errors?.[0]?.at]).toEqual([400, "after"]);
    }
  });

  it("without a position the soonest due comes first, and says no distance", async () => {
    await change({ op: "task", task: tasks.远处那处 ?? 0, due: "2025-09-10" });
    await change({ op: "task", task: tasks.北边那处 ?? 0, due: "2025-09-20" });
    const { rows, counts } = await mine();
    expect(rows.slice(0, 2).map(({ name }) => name)).toEqual(["远处那处", "北边那处"]);
    expect(rows[0]).toMatchObject({ metres: null, light: { light: "late", days: -5 } });
    expect(counts.soon).toBe(2);
    expect(await names("only=soon")).toEqual(["远处那处", "北边那处"]);
  });

  it("what was submitted waits for the verifier, what was sent back says when and why", async () => {
    const clerk = await server.as("zhujiajiao");
    const task = tasks.脚下那处 ?? 0;
    const base = (await mine()).rows.find((row) => row.task === task)?.version ?? 0;
    const sent = await clerk.ask("/api/changes", {
      method: "POST",
      body: {
        changes: [
          { op: "task", task, base, step: "start" },
          { op: "task", task, step: "submit" },
        ],
      },
    });
    expect(sent.status).toBe(200);
    expect((await mine()).counts).toMatchObject({ todo: 3, open: 4 });
    expect(await names("", "lvhua")).not.toContain("脚下那处");
    await write(open().app, token, [{ op: "task", task, step: "reject", note: "盲道仍被占用" }]);
    const { rows, counts } = await mine("only=returned");
    expect(counts.returned).toBe(1);
    expect(rows).toMatchObject([
      { name: "脚下那处", state: "underway", steps: ["submit"], returned: { reason: "盲道仍被占用" } },
    ]);
    const seen = async (past = "") =>
      (
        await (
          await server.as("zhujiajiao")
        ).ask<FeatureView>(`/api/features/${rows[0]?.feature}/view${past}`)
      ).body.tasks[0]?.returned;
    expect(await seen()).toEqual(rows[0]?.returned);
    expect(await seen("?at=2025-09-15")).toBeUndefined();
  });

  it("taken back by the clerk himself, it is not sent back", async () => {
    const clerk = await server.as("zhujiajiao");
    const task = tasks.脚下那处 ?? 0;
    await clerk.ask("/api/changes", {
      method: "POST",
      body: {
        changes: [
          { op: "task", task, step: "start" },
          { op: "task", task, step: "submit" },
        ],
      },
    });
    await clerk.ask("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "task", task, step: "withdraw" }] },
    });
    expect((await mine()).counts).toMatchObject({ returned: 0, todo: 4 });
  });

  it("only who verifies for the lead unit is offered another due day, and moves it", async () => {
    const task = tasks.脚下那处 ?? 0;
    const feature = (await mine()).rows.find((row) => row.task === task)?.feature;
    const view = async (who: Person) =>
      (await (await server.as(who)).ask<FeatureView>(`/api/features/${feature}/view`)).body.tasks[0];
    for (const who of ["zhujiajiao", "zhujiajiao-sh", "lvhua", "planner"] as const)
      expect((await view(who))?.redate, who).toBeUndefined();
    const told = await view("lvhua-sh");
    expect(told?.redate).toBe(true);
    const change = { op: "task", task, base: told?.version, due: "2025-11-30" };
    const ask = { method: "POST", body: { changes: [change], reason: "施工停了十天" } };
    expect((await (await server.as("zhujiajiao")).ask("/api/changes", ask)).status).toBe(403);
    expect((await (await server.as("lvhua-sh")).ask("/api/changes", ask)).status).toBe(200);
    expect((await view("planner"))?.due).toBe("2025-11-30");
  });

  it("a wrong position, cursor or sort is refused with what to do", async () => {
    const clerk = await server.as("zhujiajiao");
    for (const query of [
      "near=abc",
      "near=999,1",
      "near=1,2,3",
      "after=x",
      "only=all",
      "limit=1000",
      `${here}&after=2025-01-01~1~3`,
    ])
      expect((await clerk.ask(`/api/tasks/mine?${query}`)).status, query).toBe(400);
  });
});
