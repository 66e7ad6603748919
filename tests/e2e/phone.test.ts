import { beforeAll, describe, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ListAnswer, MyTasksAnswer } from "#data/domain/wire/list.ts";
import { shot } from "../support/photos.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { PhonePage } from "./support/phone.ts";
import { PhoneTable } from "./support/phone-table.ts";

/** One that nobody filed before, also when the product has been running for days. */
const picture = () => shot({ colour: `#${(Date.now() % 0xffffff).toString(16).padStart(6, "0")}` });

/** In 朱家角, WGS84. */
const street = [121.053, 31.112] as const;

describeInBrowser("手机", (visit) => {
  describe("我的任务", () => {
    let clerk: Person;
    let phone: PhonePage;
    beforeAll(async () => {
      clerk = await visit("phone");
      phone = new PhonePage(clerk);
      await clerk.signIn("zhujiajiao");
      await clerk.open("/");
      await phone.ready();
    });

    test("without a position what is due first stands first, and the list says so", async () => {
      await clerk.sees("按距离排");
      const { rows } = await clerk.ask<MyTasksAnswer>("/api/tasks/mine");
      expect((await phone.list()).slice(0, 8)).toEqual(rows.slice(0, 8).map(({ name }) => name));
      expect(await phone.distances()).toEqual([]);
    });

    test("a tap asks for the position, and the nearest comes first", async () => {
      await clerk.standsAt(street);
      await phone.sortByDistance();
      await clerk.sees("由近到远");
      await clerk.sees("误差 8 米");
      await expect.poll(async () => (await phone.distances()).length).toBeGreaterThan(3);
      const sorted = async () => {
        const metres = await phone.distances();
        return metres.every((far, i) => i === 0 || far >= metres[i - 1]!);
      };
      await expect.poll(sorted).toBe(true);
      expect((await clerk.scrolls()).x).toBe(0);
      await clerk.picture("phone");
    });

    test("the chips say how many there are, and an empty one says so", async () => {
      const { counts } = await clerk.ask<MyTasksAnswer>("/api/tasks/mine");
      await phone.choose(`快到期 ${counts.soon}`);
      await expect.poll(async () => (await phone.list()).length).toBe(counts.soon);
      await phone.choose(`被退回 ${counts.returned}`);
      if (counts.returned === 0) await clerk.sees("没有被退回的。");
      await phone.choose("待我办");
      await phone.ready();
      expect(clerk.complaints()).toEqual([]);
    });
  });

  test("who handles nothing sees what is open on the map", async () => {
    const planner = await visit("phone");
    await planner.signIn("planner");
    await planner.open("/?town=310118102");
    const phone = new PhonePage(planner);
    await phone.ready();
    await expect.poll(() => phone.title()).toContain("没办完的");
  });

  describe("一处任务", () => {
    let clerk: Person;
    let phone: PhonePage;
    let name: string;
    let feature: number;
    beforeAll(async () => {
      clerk = await visit("phone");
      phone = new PhonePage(clerk);
      await clerk.signIn("zhujiajiao");
      await clerk.standsAt(street);
      const { rows } = await clerk.ask<MyTasksAnswer>(`/api/tasks/mine?near=${street.join(",")}`);
      const row = rows.find(({ state, layer }) => state === "underway" && layer === "finding") ?? rows[0]!;
      ({ name, feature } = row);
      await clerk.standsAt(row.at);
      await clerk.open("/");
      await phone.ready();
      await clerk.sees("由近到远");
    });

    test("standing there, a picture counts, and it is filed with the position of the device", async () => {
      await phone.tap(name);
      await expect.poll(() => phone.place()).toBe(name);
      await expect.poll(() => phone.advice()).toContain("现在的位置可以");
      await phone.photograph("整治后", await picture());
      await expect.poll(() => phone.advice()).toContain("还差 1 张");
      await clerk.mapDrawn();
      await clerk.picture("phone-detail");
    });

    test("progress is reported by two taps from the list", async () => {
      await phone.back();
      await phone.ready();
      const open = async () =>
        (await clerk.ask<MyTasksAnswer>(`/api/tasks/mine?only=open&limit=200`)).rows.find(
          (row) => row.feature === feature,
        )?.state;
      expect(await open()).toBe("underway");
      await phone.tap(name);
      await phone.tapMain("提交核查");
      await clerk.sees("已记下：提交核查");
      expect(await open()).toBe("review");
    });

    test("what was submitted can be taken back, and what cannot be done is said with its reason", async () => {
      await phone.say("进行中");
      await phone.tapMain("撤回提交");
      await clerk.sees("已记下：撤回提交");
      await phone.say("办不了");
      expect(await phone.main()).toBe("请写明原因");
      await phone.reason("业主不在");
      await phone.tapMain("报告办不了");
      await clerk.sees("已记下：报告办不了");
      expect(clerk.complaints()).toEqual([]);
    });
  });

  test("without network a report and a photo stay on the phone, are shown as waiting, and go by themselves", async () => {
    const clerk = await visit("phone");
    const phone = new PhonePage(clerk);
    await clerk.signIn("xujing");
    await clerk.open("/");
    await phone.ready();
    await clerk.standsAlone();
    const { rows } = await clerk.ask<MyTasksAnswer>("/api/tasks/mine");
    const { name, feature } = rows.find(({ state }) => state === "underway") ?? rows[0]!;
    await clerk.context.setOffline(true);
    await phone.tap(name);
    await expect.poll(() => phone.place()).toBe(name);
    await phone.photograph("整治后", await picture());
    await phone.tapMain("提交核查");
    await clerk.sees("“提交核查”已存本机，连上后自动发送。");
    await clerk.sees(/1 张照片、1 项改动/);
    await clerk.picture("phone-offline");
    await clerk.page.getByRole("button", { name: "关闭详情" }).tap();
    await expect.poll(() => phone.row(name)).toContain("待发");
    await clerk.context.setOffline(false);
    const state = async () =>
      (await clerk.ask<MyTasksAnswer>("/api/tasks/mine?only=open&limit=200")).rows.find(
        (row) => row.feature === feature,
      );
    await expect.poll(async () => (await state())?.state).toBe("review");
    await expect.poll(async () => (await state())?.photos.after).toBeGreaterThan(0);
  });

  describe.each(["phone", "smallphone", "lyingphone"] as const)("the sheet on a %s", (size) => {
    let clerk: Person;
    let phone: PhonePage;
    let feature: number;
    beforeAll(async () => {
      clerk = await visit(size);
      phone = new PhonePage(clerk);
      await clerk.signIn("zhujiajiao");
      const { rows } = await clerk.ask<ListAnswer>("/api/list?layers=weak_area&town=310118102&limit=1");
      feature = rows[0]?.id ?? 0;
      await clerk.open(`/?sel=${feature}`);
      await clerk.page.locator(".place").waitFor();
    });

    const stops = size === "lyingphone" ? [1] : [1, 2, 0];
    test.each(stops)("never hides the geometry: stop %d", async (stop) => {
      const keys = { 0: "Home", 1: "ArrowUp", 2: "End" }[stop];
      if (stop !== 1) await phone.keyOnGrip(keys ?? "");
      const inside = async () => {
        const [shape, free] = [await phone.shape(feature), await phone.free()];
        return (
          shape.left >= free.left &&
          shape.right <= free.right &&
          shape.top >= free.top &&
          shape.bottom <= free.bottom
        );
      };
      await expect.poll(inside).toBe(true);
      await clerk.picture(`phone-${size}-stop${stop}`);
    });

    test("nothing is wider than the screen, and no serious barrier stands in it", async () => {
      expect((await clerk.scrolls()).x).toBe(0);
      expect(await clerk.barriers()).toEqual([]);
      expect(clerk.complaints()).toEqual([]);
    });
  });

  test("the sheet follows the finger, the tap and the arrow keys to its three stops", async () => {
    const clerk = await visit("phone");
    const phone = new PhonePage(clerk);
    await clerk.signIn("zhujiajiao");
    await clerk.open("/");
    await phone.ready();
    expect(await phone.sheet()).toBe(542);
    await phone.tapGrip();
    await expect.poll(() => phone.sheet()).toBe(844 - 44);
    await phone.dragGrip(620);
    await expect.poll(() => phone.sheet()).toBe(96);
    await phone.keyOnGrip("ArrowUp");
    await expect.poll(() => phone.sheet()).toBe(542);
  });

  test("in the street a place is added where the clerk stands, the picture first", async () => {
    const clerk = await visit("phone");
    const phone = new PhonePage(clerk);
    await clerk.signIn("zhujiajiao");
    await clerk.standsAt(street);
    await clerk.open("/");
    await phone.ready();
    await clerk.sees("由近到远");
    await clerk.page.getByRole("link", { name: "新增" }).tap();
    await clerk.page.getByRole("link", { name: /问题点位/ }).tap();
    const table = new PhoneTable(clerk);
    await table.ready();
    await table.shoot(await picture());
    const name = `路口堆物 ${Date.now().toString(36)}`;
    await table.fillInHand("名称", name);
    await table.select("十无类别", "乱停车");
    await table.select("场所", "城市道路两侧");
    await table.pickDay("发现日期", "2025-09-15");
    await clerk.picture("phone-add");
    await table.save();
    const [row] = (await clerk.ask<ListAnswer>(`/api/list?layers=finding&q=${encodeURIComponent(name)}`))
      .rows;
    expect(row?.at).toEqual([expect.closeTo(street[0], 5), expect.closeTo(street[1], 5)]);
    const photos = async () =>
      (await clerk.ask<FeatureView>(`/api/features/${row?.id}/view`)).photos.map(({ phase }) => phase);
    await expect.poll(photos).toEqual(["before"]);
    expect(clerk.complaints()).toEqual([]);
  });

  test("a finger that rests on the map adds there, and the point lies where it rested", async () => {
    const clerk = await visit("phone");
    const phone = new PhonePage(clerk);
    await clerk.signIn("zhujiajiao");
    await clerk.open("/?v=121.05,31.11,15");
    await phone.ready();
    await phone.rest(150, 180);
    await clerk.page.getByRole("link", { name: "在这里新增" }).tap();
    const at = clerk.address().searchParams.get("at") ?? "";
    await clerk.page.getByRole("link", { name: /问题点位/ }).tap();
    await clerk.sees("新的问题点位");
    expect(clerk.address().searchParams.get("at")).toBe(at);
    await clerk.page.getByRole("button", { name: /^点位/ }).waitFor();
  });
});
