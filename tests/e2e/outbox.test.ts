import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { type RunningProduct, startProduct } from "#tests/support/product.ts";
import { besideBorder } from "./support/beside-border.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, OwnBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";
import { Outbox } from "./support/outbox.ts";
import { Picking } from "./support/picking.ts";

/** The console says so of every request without a line, and of a refusal. */
const expected =
  /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|Failed to load font|40[39]|410|412|422|^\w{1,3}$/;
/** Ground of 朱家角. */
const field = [121.05, 31.11] as const;
const [zhujiajiao, liantang] = ["310118102", "310118103"];
type Spot = readonly [number, number];

/** Findings at these spots; gives their numbers. */
async function findings(person: Person, spots: readonly Spot[], name: string): Promise<number[]> {
  const changes: ChangeOp[] = spots.map((spot, i) => ({
    op: "create",
    uid: randomUUID(),
    layer: "finding",
    geometry: { type: "Point", coordinates: [...spot] },
    properties: {
      name: `${name} ${i + 1}`,
      category: "exposed_waste",
      place: "roadside",
      found_on: "2025-09-01",
    },
  }));
  const { results } = await person.write(changes);
  return results.map(({ id }) => id!);
}
const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;

describeInBrowser("待发箱：许多处一起改", (visit) => {
  const browser = new OwnBrowser();
  let planner: Person;
  const stored = (id: number) => planner.ask<FeatureView>(`/api/features/${id}/view`);
  const remarks = async (ids: readonly number[]) =>
    Promise.all(ids.map(async (id) => (await stored(id)).feature.properties.remark ?? null));
  const head = async () => (await planner.ask<{ head: number }>("/api/session")).head;

  beforeAll(async () => {
    planner = await visit("office");
    await planner.signIn("zhuanban");
  });
  const made: number[] = [];
  afterEach(async () => {
    await browser.close();
    // The ground is as it was: the test may be tried again.
    const views = await Promise.all(made.splice(0).map(stored));
    const left = views.filter(({ feature }) => !feature.guatu.deleted);
    if (left.length > 0)
      await planner.write(
        left.map(({ feature }) => ({ op: "delete", feature: feature.id, base: feature.guatu.version })),
      );
  });
  afterAll(() => browser.forget());

  test("40 places are changed together without a line, the browser is closed, and the line comes back: stored once, and what could not be is named", async () => {
    const name = fresh("成片");
    const [corner, along, , inward] = (await besideBorder(planner, zhujiajiao!, liantang!)) as [
      Spot,
      Spot,
      Spot,
      Spot,
    ];
    const spot = (u: number, v: number): Spot => [
      corner[0] + (along[0] - corner[0]) * u + (inward[0] - corner[0]) * v,
      corner[1] + (along[1] - corner[1]) * u + (inward[1] - corner[1]) * v,
    ];
    const all = Array.from({ length: 40 }, (_, i) => spot((i % 8) / 8, Math.floor(i / 8) / 5));
    const own = await findings(planner, all, name);
    const across = [0.2, 0.4, 0.6].map((u) => spot(u, -0.6));
    const foreign = await findings(planner, across, fresh("邻镇"));
    const middle = spot(0.5, 0.3);
    made.push(...own, ...foreign);
    let clerk = await browser.open();
    await clerk.signIn("zhujiajiao");
    await clerk.open(`/?layers=finding&v=${middle.join(",")},16.2`);
    await new Desk(clerk).ready();
    await clerk.standsAlone();
    let picking = new Picking(clerk);
    await picking.box([400, 130], [1000, 560], "Shift");
    await expect.poll(() => picking.count()).toBe(43);
    await picking.openBulk();

    await clerk.line(false);
    const remark = fresh("断网时一起改的");
    await picking.fill("备注", remark);
    // A form that is half filled in outlives the page, without a line too.
    await expect.poll(() => picking.isKept(remark)).toBe(true);
    await clerk.page.reload();
    picking = new Picking(clerk);
    await expect.poll(() => picking.back("备注")).toBe(remark);
    expect(await picking.unjudged()).toMatch(/会改\s*40\s*处，跳过 3 处/);
    await clerk.picture("bulk-offline");
    await picking.putAway();
    let outbox = new Outbox(clerk);
    await expect.poll(() => outbox.button()).toBe("1 项待发");
    await outbox.openList();
    expect((await outbox.listed()).join()).toMatch(/批量修改 40 处[\s\S]*改备注/);

    // Meanwhile one is deleted, one gets another remark, one another unit.
    const [deleted, clashing, merging] = own;
    await planner.write([{ op: "delete", feature: deleted!, base: 1 }]);
    await planner.write([{ op: "patch", feature: clashing!, base: 1, set: { remark: "专班写的" } }]);
    await planner.write([{ op: "patch", feature: merging!, base: 1, set: { managed_by: "专班定的" } }]);
    const before = await head();

    await browser.close();
    clerk = await browser.open({ offline: true });
    await clerk.open("/?layers=finding");
    outbox = new Outbox(clerk);
    await expect.poll(() => outbox.button()).toBe("1 项待发");
    await clerk.line(true);
    await expect.poll(() => outbox.button()).toBe("1 项没发出去");
    await expect.poll(head).toBe(before + 1);
    const through = own.slice(2);
    expect(new Set(await remarks(through))).toEqual(new Set([remark]));
    expect(await remarks([clashing!, ...foreign])).toEqual(["专班写的", null, null, null]);
    expect((await stored(merging!)).feature.properties.managed_by).toBe("专班定的");
    const versions = await Promise.all(through.map(async (id) => (await stored(id)).feature.guatu.version));
    expect(new Set(versions)).toEqual(new Set([2, 3]));

    await outbox.openList();
    const listed = (await outbox.listed()).join();
    expect(listed).toContain("批量修改 2 处");
    expect(listed).toMatch(new RegExp(`${name} 1：.*删除`));
    expect(listed).toMatch(new RegExp(`${name} 2：备注刚被改过`));
    await clerk.picture("outbox-parted");
    // 去修 opens the same form over what is stored now; writing it takes the entry's place.
    await outbox.press("去修");
    picking = new Picking(clerk);
    await expect.poll(() => picking.filled("备注").catch(() => "")).toBe(remark);
    const { text } = await picking.preview();
    expect(text).toContain("专班写的");
    await clerk.picture("bulk-mending");
    await picking.write();
    await expect.poll(() => outbox.button()).toBeNull();
    expect(await remarks([clashing!])).toEqual([remark]);
    expect(clerk.complaints(expected)).toEqual([]);
  }, 240_000);

  test("what is drawn, moved and deleted without a line stands on the map in violet, after a reload too, and opens as it was left", async () => {
    const name = fresh("要移的一处");
    const spots: Spot[] = [field, [field[0] + 0.002, field[1]]];
    const [moved, deleted] = await findings(planner, spots, name);
    made.push(moved!, deleted!);
    const clerk = await browser.open();
    await clerk.signIn("zhujiajiao");
    const at = `/?layers=finding&v=${field[0] + 0.001},${field[1]},16.5`;
    await clerk.open(at);
    const desk = new Desk(clerk);
    await desk.ready();
    await clerk.standsAlone();
    const table = new EditingTable(clerk);
    const outbox = new Outbox(clerk);
    await table.open(deleted!);
    await table.open(moved!);
    await clerk.line(false);
    await table.nudgePoint("Shift+ArrowUp", "Shift+ArrowUp");
    await table.pressSave();
    await table.notice(/存在本机/);
    await table.open(deleted!);
    await table.remove("不在了");
    const marks = [`待发：${name} 1，图形改过`, `待发：${name} 2，删除`];
    await clerk.open(at);
    await expect.poll(() => outbox.marks()).toEqual(marks);
    await clerk.page.reload();
    await expect.poll(() => outbox.marks()).toEqual(marks);
    await clerk.picture("unsent-map");
    await outbox.openMark(`${name} 1`);
    await table.ready();
    expect(await table.steps()).toEqual([]);
    await clerk.open(at);
    await expect.poll(() => outbox.marks()).toEqual(marks);
    await clerk.line(true);
    await expect.poll(() => outbox.marks()).toEqual([]);
    await expect.poll(async () => (await stored(deleted!)).feature.guatu.deleted).toBe(true);
    expect((await stored(moved!)).feature.geometry).not.toEqual({ type: "Point", coordinates: [...field] });
    expect(clerk.complaints(expected)).toEqual([]);
  }, 240_000);

  test("what is written while the answer to what was queued is read back stays", async () => {
    const [id] = await findings(planner, [field], fresh("接着写的一处"));
    made.push(id!);
    const clerk = await browser.open();
    await clerk.signIn("zhujiajiao");
    const table = new EditingTable(clerk);
    await table.open(id!);
    await clerk.line(false);
    const [remark, unit] = [fresh("先写的"), fresh("后写的")];
    await table.write("备注", remark);
    await table.pressSave();
    await table.notice(/存在本机/);
    const letGo = await clerk.holds(`/api/features/${id}/view`);
    await clerk.line(true);
    await expect.poll(() => new Outbox(clerk).rows()).toEqual([]);
    await table.write("管养单位", unit);
    await letGo();
    await clerk.sees(/版本 2/);
    expect([await table.read("备注"), await table.read("管养单位")]).toEqual([remark, unit]);
    await table.acknowledgedAfter(() => table.pressSave());
    expect((await stored(id!)).feature.properties).toMatchObject({ remark, managed_by: unit });
    expect(clerk.complaints(expected)).toEqual([]);
  }, 240_000);
});

describeInBrowser("待发箱：服务器被强行结束", (visit) => {
  const directory = mkdtempSync(path.join(tmpdir(), "guatu-killed-"));
  let product: RunningProduct;
  beforeAll(async () => {
    product = await startProduct({ GUATU_DIR: directory });
  }, 240_000);
  afterAll(async () => {
    await product?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test("kill -9 amid a save: after the restart it is stored exactly once, and the open page heals by itself", async () => {
    const clerk = await visit("office", product.url);
    await clerk.signIn("zhujiajiao");
    const [id] = await findings(clerk, [field], "被打断的一处");
    const table = new EditingTable(clerk);
    await table.open(id!);
    const outbox = new Outbox(clerk);
    for (const [round, lateMs] of [0, 12, 40].entries()) {
      const ended = new Promise((done) => product.child.once("exit", done));
      // The request is out: the server dies before it, amid it, or just after it.
      const sent = clerk.page.waitForRequest((request) => request.url().endsWith("/api/changes"));
      const remark = `第 ${round + 1} 次`;
      await table.write("备注", remark);
      await table.pressSave();
      await sent;
      await clerk.page.waitForTimeout(lateMs);
      product.child.kill("SIGKILL");
      await ended;
      product = await startProduct({ GUATU_DIR: directory, PORT: new URL(product.url).port });
      await expect.poll(() => outbox.rows(), { timeout: 60_000 }).toEqual([]);
      const { feature } = await clerk.ask<FeatureView>(`/api/features/${id}/view`);
      expect([feature.guatu.version, feature.properties.remark]).toEqual([round + 2, remark]);
      // Nobody has to reload: what it said of the line is taken back.
      await expect.poll(() => clerk.page.getByText(/网络断了|存在本机/).count()).toBe(0);
      expect(await table.read("备注")).toBe(remark);
    }
    expect(clerk.complaints(expected)).toEqual([]);
  }, 300_000);
});
