import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { shot } from "#tests/support/photos.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, OwnBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";
import { publisher } from "./support/newer-version.ts";
import { Outbox } from "./support/outbox.ts";

const zhujiajiao = "310118102";
/** The console says so of every request without a line (the map by the short name of its error), and of a refusal. */
const expected = /ERR_INTERNET_DISCONNECTED|410|412|^\w{1,3}$/;

describeInBrowser("没有网络", (visit) => {
  const browser = new OwnBrowser();
  let planner: Person;
  const stored = (id: number) => planner.ask<FeatureView>(`/api/features/${id}/view`);
  /** A place of its own for a test: its number. */
  const found = async (name: string): Promise<number> => {
    const geometry = { type: "Point", coordinates: [121.05, 31.11] };
    const properties = { name, category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
    const changes = [{ op: "create", uid: randomUUID(), layer: "finding", geometry, properties }];
    await planner.send("/api/changes", { changes });
    const { rows } = await planner.ask<ListAnswer>(`/api/list?layers=finding&town=${zhujiajiao}&limit=500`);
    return rows.find((row) => row.name === name)!.id;
  };
  const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;

  beforeAll(async () => {
    planner = await visit("office");
    await planner.signIn("zhuanban");
  });
  afterAll(() => browser.forget());

  test("edits, a step and a photo are queued, survive the browser, and are sent once when the line is back", async () => {
    const id = await found(fresh("断网时办的一处"));
    const before = await stored(id);
    let clerk = await browser.open();
    await clerk.signIn("zhujiajiao");
    await clerk.open(`/?layers=finding&sel=${id}`);
    await clerk.standsAlone();
    let table = new EditingTable(clerk);
    await table.open(id);

    await clerk.line(false);
    const [remark, unit] = [fresh("断网写的"), fresh("断网改的")];
    await table.write("备注", remark);
    await table.pressSave();
    expect(await table.notice(/存在本机/)).toContain("连上后自动发送");
    await table.write("管养单位", unit);
    await table.pressSave();
    const outbox = new Outbox(clerk);
    await expect.poll(() => outbox.rows()).toHaveLength(2);
    expect((await outbox.rows()).join()).toMatch(/改备注[\s\S]*排队[\s\S]*改管养单位/);
    await clerk.picture("outbox");

    // Without a line the browser is closed, opened again, and goes on.
    await browser.close();
    clerk = await browser.open({ offline: true });
    await clerk.open(`/?layers=finding&sel=${id}`);
    const again = new Outbox(clerk);
    await expect.poll(() => again.button()).toBe("2 项待发");
    const desk = new Desk(clerk);
    await desk.detail.addPhoto("整治后", await shot({ colour: colour() }));
    await expect.poll(() => again.button()).toBe("3 项待发");
    await desk.detail.step("开始办理");
    await expect.poll(() => again.button()).toBe("4 项待发");
    await again.openList();
    expect((await again.listed()).join()).toMatch(/照片[\s\S]*开始办理/);
    await clerk.picture("outbox-list");
    await again.closeList();
    table = new EditingTable(clerk);
    await table.open(id);
    expect([await table.read("备注"), await table.read("管养单位")]).toEqual([remark, unit]);
    expect((await stored(id)).feature.guatu.version).toBe(before.feature.guatu.version);

    const other = new Desk(planner);
    await planner.open(`/?layers=finding&sel=${id}`);
    await other.ready();
    await clerk.line(true);
    await other.detail.factBecomes("备注", remark);
    await expect.poll(async () => (await stored(id)).tasks[0]?.state).toBe("underway");
    const after = await stored(id);
    expect(after.feature.properties).toMatchObject({ remark, managed_by: unit });
    expect(after.photos.length).toBe(before.photos.length + 1);
    expect(after.feature.guatu.version).toBe(before.feature.guatu.version + 2);
    await expect.poll(() => again.rows()).toEqual([]);
    expect(clerk.complaints(expected)).toEqual([]);
  }, 240_000);

  test("what was deleted meanwhile is refused with the reason; the edit stays and can be saved after restoring it", async () => {
    const id = await found(fresh("断网时被删的一处"));
    const clerk = await browser.open();
    await clerk.signIn("zhujiajiao");
    const table = new EditingTable(clerk);
    const outbox = new Outbox(clerk);
    await table.open(id);
    await clerk.standsAlone();
    await clerk.line(false);
    const remark = fresh("还要留着");
    await table.write("备注", remark);
    await table.pressSave();
    await expect.poll(() => outbox.rows()).toHaveLength(1);
    await planner.send("/api/changes", { changes: [{ op: "delete", feature: id, base: 1 }], reason: "误删" });
    await clerk.open("/");
    await clerk.line(true);
    await expect.poll(() => outbox.button()).toBe("1 项没发出去");
    await outbox.openList();
    expect((await outbox.listed()).join()).toMatch(/已(经|被)删除/);
    await outbox.press("去修");
    expect(await table.notice(/没保存/)).toMatch(/已(经|被)删除/);
    expect(await table.read("备注")).toBe(remark);
    await table.press("恢复它再保存");
    await table.said(/已保存/);
    const after = await stored(id);
    expect([after.feature.guatu.deleted, after.feature.properties.remark]).toEqual([false, remark]);
    await expect.poll(() => outbox.rows()).toEqual([]);
    await browser.close();
  });

  test("when the line breaks under an open page, a place seen before still opens, and a count nobody has is not told as none", async () => {
    const name = fresh("先前看过的一处");
    const id = await found(name);
    const clerk = await visit("office");
    await clerk.signIn("zhujiajiao");
    await clerk.open(`/?layers=finding&sel=${id}`);
    await clerk.standsAlone();
    const desk = new Desk(clerk);
    await expect.poll(() => desk.detail.title().catch(() => "")).toBe(name);
    await clerk.open("/?layers=finding");
    await desk.ready();
    await clerk.line(false);
    await clerk.goTo(`/?layers=finding,nightscape,outfall&sel=${id}`);
    await expect.poll(() => desk.detail.title().catch(() => "")).toBe(name);
    await expect.poll(() => desk.lights()).toEqual({});
    await clerk.sees(/列表\s*–/);
    await clerk.context.close();
  });

  test("who signs out without a line is out, also when the line is back", async () => {
    const clerk = await visit("office");
    await clerk.signIn("zhujiajiao");
    await clerk.open("/");
    await clerk.standsAlone();
    await clerk.line(false);
    await clerk.page.getByRole("button", { name: /^账号/ }).click();
    await clerk.page.getByText("退出登录").click();
    await clerk.sees(/口令/);
    await clerk.line(true);
    await clerk.open("/");
    await clerk.sees(/口令/);
    await expect(clerk.ask("/api/session")).rejects.toThrow("401");
    await clerk.context.close();
  });

  test("a new version asks before it takes over", async () => {
    const shop = await publisher(inject("productUrl") ?? "");
    try {
      const clerk = await visit("office");
      await clerk.signIn("zhujiajiao");
      await clerk.open(shop.url);
      await clerk.standsAlone();
      const opened = await clerk.openedAt();
      shop.publish();
      await clerk.looksForUpdate();
      await clerk.sees(/有新版本/);
      expect(await clerk.openedAt()).toBe(opened);
      await clerk.picture("update");
      await clerk.page.getByRole("button", { name: "现在刷新" }).click();
      await expect.poll(() => clerk.openedAt().catch(() => opened)).not.toBe(opened);
      await new Desk(clerk).ready();
      expect(await clerk.page.getByText("有新版本").count()).toBe(0);
      await clerk.context.close();
    } finally {
      await shop.stop();
    }
  });
});

/** Another picture each time: the same one is no second piece of evidence. */
const colour = () => `#${(Date.now() % 0xffffff).toString(16).padStart(6, "0")}`;
