import { beforeAll, beforeEach, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { MyTasksAnswer } from "#data/domain/wire/list.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { HandPicking, Picking } from "./support/picking.ts";

/** 朱家角 at a zoom at which points stand in clusters. */
const around = "/?v=121.05,31.11,12.5&layers=weak_area,shared_parking,key_road,signboard";
const whole = [
  [420, 160],
  [900, 480],
] as const;

describeInBrowser("批量修改", (visit) => {
  let clerk: Person;
  let desk: Desk;
  let picking: Picking;

  const view = (id: number) => clerk.ask<FeatureView>(`/api/features/${id}/view`);
  /** Something nobody wrote before, also when the product has been running for days. */
  const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;

  beforeAll(async () => {
    clerk = await visit("office");
    desk = new Desk(clerk);
    picking = new Picking(clerk);
    await clerk.signIn("zhujiajiao");
  });
  beforeEach(async () => {
    await clerk.open(around);
    await desk.ready();
  });
  const chooseAround = async () => {
    await picking.box(...whole, "Shift");
    await expect.poll(() => picking.count()).toBeGreaterThan(4);
  };

  test("a box takes what stands in clusters and the road it crosses; a lasso takes some of it out again", async () => {
    await picking.box(...whole, "框选");
    await expect.poll(() => picking.count()).toBeGreaterThan(4);
    const all = await picking.count();
    await picking.useLasso();
    await picking.takeOut();
    await picking.draw([
      [760, 290],
      [900, 290],
      [900, 370],
      [760, 370],
    ]);
    await expect.poll(() => picking.count()).toBeLessThan(all);
    await desk.press("Escape");
    expect(await picking.count()).toBeGreaterThan(0);
    await picking.clear();
    await expect.poll(() => picking.count()).toBe(0);
  });

  test("one change for all of them: preview, one write, seen by another browser, taken back by Ctrl+Z and done again", async () => {
    await chooseAround();
    const count = await picking.count();
    const remark = fresh("九月集中整治");
    await picking.bulk("备注", remark);
    await clerk.picture("bulk");
    const { changing, text } = await picking.preview();
    expect(changing).toBe(count);
    expect(text).toContain(`空 → ${remark}`);
    const [id] = await picking.ids();
    const before = (await view(id!)).feature.properties.remark;

    const planner = await visit("office");
    const other = new Desk(planner);
    await planner.signIn("planner");
    await planner.open(`${around}&sel=${id}`);
    await other.ready();
    const head = (await clerk.ask<{ head: number }>("/api/session")).head;
    await Promise.all([picking.write(), other.detail.factBecomes("备注", remark)]);
    expect((await clerk.ask<{ head: number }>("/api/session")).head).toBe(head + 1);
    await picking.undoable(/改 \d+ 处的备注/);
    await desk.press("Control+z");
    expect(await picking.told(/已撤销/)).toBe(`已撤销：改 ${count} 处的备注`);
    expect((await view(id!)).feature.properties.remark).toBe(before);
    await desk.press("Control+Shift+z");
    await picking.told(/已重做/);
    expect((await view(id!)).feature.properties.remark).toBe(remark);
    await desk.press("Control+z");
    await picking.told(/已撤销/);
    expect(planner.complaints()).toEqual([]);
    await planner.context.close();
  });

  test("a place that a colleague saved after the preview was read is not written over: it is read again and shown", async () => {
    await chooseAround();
    const [id] = await picking.ids();
    const { feature } = await view(id!);
    await picking.bulk("备注", fresh("批量写的"));
    const theirs = fresh("同事刚写的");
    const colleague = await visit("office");
    await colleague.signIn("zhujiajiao-sh");
    await colleague.open("/");
    const change = { op: "patch", feature: id, base: feature.guatu.version, set: { remark: theirs } };
    expect((await colleague.send("/api/changes", { changes: [change] })).status).toBe(200);
    const { text } = await picking.preview();
    expect(text).toContain("刚被别人改了");
    expect(text).toContain(theirs);
    await picking.closeBulk();
    expect((await view(id!)).feature.properties.remark).toBe(theirs);
    await colleague.context.close();
  });

  test("places of another town may be chosen, are left out with the reason, and the town's border stops a move", async () => {
    await desk.filter("镇街", "徐泾");
    await picking.begin();
    await picking.allOfFilter();
    await expect.poll(() => picking.count()).toBeGreaterThan(0);
    expect(await picking.mayBulk()).toBe(false);
    await desk.reset();
    await picking.clear();
    await desk.press("Escape");
    await chooseAround();
    const told = await picking.move([500, -200]);
    expect(told).toMatch(/不能移.*朱家角镇/s);
    await picking.leaveMove();
  });

  test("what is chosen is dragged and nudged together, and put back by one step", async () => {
    // A road from border to border cannot be moved by a town: a point can.
    await clerk.open(around.replace("key_road,", ""));
    await desk.ready();
    await chooseAround();
    const [id] = await picking.ids();
    const before = await view(id!);
    await picking.move([6, 4], "ArrowRight", "Shift+ArrowDown");
    await picking.undoable(/移动 \d+ 个要素/);
    expect((await view(id!)).feature.geometry).not.toEqual(before.feature.geometry);
    await clerk.picture("moved");
    await desk.press("Control+z");
    await picking.told(/已撤销：移动/);
    expect((await view(id!)).feature.geometry).toEqual(before.feature.geometry);
  });

  test("by keyboard alone: rows of the list are chosen with the arrows and changed together", async () => {
    await desk.openList();
    await desk.focusList();
    await desk.press(" ", "Shift+ArrowDown", "Shift+ArrowDown");
    await expect.poll(() => picking.count()).toBe(3);
    await desk.press("Control+a");
    await expect.poll(() => picking.count()).toBe(await desk.matching());
    await clerk.picture("chosen-list");
    expect(clerk.complaints()).toEqual([]);
  });

  test("in the hand: tasks of the list are chosen by taps, changed together and taken back", async () => {
    const hand = await visit("phone");
    await hand.signIn("zhujiajiao");
    await hand.open("/");
    const { rows } = await hand.ask<MyTasksAnswer>("/api/tasks/mine");
    const [first, second] = rows.filter(
      ({ feature }, i) => rows.findIndex((row) => row.feature === feature) === i,
    );
    const held = new HandPicking(hand);
    await held.begin();
    await held.tap(first!.name, second!.name);
    const remark = fresh("手机上改的");
    await held.bulk("备注", remark);
    const stored = async ({ feature }: MyTasksAnswer["rows"][number]) =>
      (await view(feature)).feature.properties.remark;
    expect([await stored(first!), await stored(second!)]).toEqual([remark, remark]);
    await held.undo();
    expect(await stored(first!)).not.toBe(remark);
    expect(hand.complaints()).toEqual([]);
    await hand.context.close();
  });
});
