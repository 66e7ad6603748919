import { afterEach, beforeEach, expect, test } from "vitest";
import type { DutyAnswer } from "#data/domain/duty.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { type Caller, startApi, type TestServer } from "#tests/support/api.ts";
import { around, onBorder } from "#tests/support/borders.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { places } from "#tests/support/people.ts";
import { Actors, codeOf } from "#tests/support/rights.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };

describeOnBothDatabases("责任属地待确认", (database) => {
  let api: TestServer;
  let force: Caller;
  let xujing: Caller;
  let zhujiajiao: Caller;
  let spot: readonly [number, number];
  const xj = codeOf("xujing");
  beforeEach(async () => {
    api = await startApi(database());
    const actors = new Actors(database(), api.app);
    force = (await actors.of("zhuanban", "taskforce")).caller;
    xujing = (await actors.of("xujing", "editor")).caller;
    zhujiajiao = (await actors.of("zhujiajiao", "editor")).caller;
    spot = await onBorder(database(), "xujing", "zhaoxiang");
  });
  afterEach(() => api.close());

  const listed = async (caller: Caller, query = "") =>
    (await caller.ask<DutyAnswer>(`/api/duty${query}`)).body.rows;
  const setDuty = (caller: Caller, feature: number, base: number, duty: string, reason = "现场确认") =>
    caller.ask<ProblemBody>("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "patch", feature, base, duty }], ...(reason && { reason }) },
    });
  const area = async (half?: number) =>
    (
      await force.create(
        "weak_area",
        { name: "交界桥下", problems: ["bad_parking"] },
        around(spot, half).coordinates,
        "Polygon",
      )
    ).id;

  test("what lies across the line or within 50 m of it is listed with the metres and both towns", async () => {
    const across = await area();
    const near = await force.create("finding", found, [spot[0], spot[1] + 0.0002]);
    await force.create("finding", { ...found, name: "远处" }, places.xujing);
    const rows = await listed(force);
    expect(rows.map(({ id }) => id)).toEqual([across, near.id]);
    expect(rows[0]).toMatchObject({ metres: 0, town: null, duty: null });
    expect(rows[0]!.towns.map(({ code }) => code)).toEqual(expect.arrayContaining([codeOf("zhaoxiang"), xj]));
    expect(rows[1]!.metres).toBeGreaterThan(1);
    expect(rows[1]!.metres).toBeLessThan(50);
  });

  test("a town is shown what touches it, and the 专班 may ask for one town", async () => {
    await area();
    expect(await listed(xujing)).toHaveLength(1);
    expect(await listed(zhujiajiao)).toEqual([]);
    expect(await listed(force, `?town=${codeOf("zhujiajiao")}`)).toEqual([]);
    expect(await listed(force, `?town=${xj}`)).toHaveLength(1);
    expect((await (await api.as("planner")).ask("/api/duty")).status).toBe(403);
    expect((await force.ask("/api/duty?town=7")).status).toBe(400);
  });

  test("confirmed by the 专班 it leaves the list, until its shape changes; the same town may be confirmed again", async () => {
    const id = await area();
    expect((await setDuty(xujing, id, 1, xj)).status).toBe(403);
    expect((await setDuty(force, id, 1, xj, "")).body.errors?.[0]?.at).toBe("reason");
    expect((await setDuty(force, id, 1, xj)).status).toBe(200);
    expect(await listed(force)).toEqual([]);
    const patch = (body: object) =>
      force.ask("/api/changes", {
        method: "POST",
        body: { changes: [{ op: "patch", feature: id, ...body }] },
      });
    await patch({ base: 2, set: { remark: "形状没变" } });
    expect(await listed(force)).toEqual([]);
    await patch({ base: 3, geometry: around(spot, 0.0012) });
    expect(await listed(force)).toMatchObject([{ id, duty: xj, version: 4 }]);
    expect((await setDuty(force, id, 4, xj)).status).toBe(200);
    expect(await listed(force)).toEqual([]);
  });

  test("a duty that was set before confirmations were kept counts as one", async () => {
    const id = await area();
    await setDuty(force, id, 1, xj);
    await database().owner.sql`delete from duty_confirmation`;
    expect(await listed(force)).toEqual([]);
  });

  test("a 限定 place is listed to nobody who may not see it", async () => {
    const inZhaoxiang = await force.create("illegal_building", { name: "加建", stock_kind: "stock" }, [
      spot[0],
      spot[1] - 0.0002,
    ]);
    const [row] = await listed(force);
    expect(row?.id).toBe(inZhaoxiang.id);
    const home = row?.town;
    expect(await listed(home === xj ? zhujiajiao : xujing)).toEqual([]);
  });
});
