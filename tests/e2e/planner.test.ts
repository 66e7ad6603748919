import { beforeAll, expect, test } from "vitest";
import type { LayersAnswer, ListAnswer } from "#data/domain/wire/list.ts";
import { layers } from "#data/layers/registry.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";

const everyLayer = layers.map((layer) => layer.id).join(",");

/** What a visitor on a slow line waits for before the first map, gzip: our own bound (内控). */
const mostKilobytes = 900;

describeInBrowser("规划看全区", (visit) => {
  let planner: Person;
  let desk: Desk;
  beforeAll(async () => {
    planner = await visit("desk");
    desk = new Desk(planner);
    await planner.signIn("planner");
  });

  test("the district with its first layers is drawn", async () => {
    await planner.open("/");
    await desk.ready();
    const fetched = await planner.fetched();
    process.stdout.write(`  first route ${Math.round(fetched)} kB gzip\n`);
    expect(fetched).toBeGreaterThan(300);
    expect(fetched).toBeLessThan(mostKilobytes);
    await planner.picture("map-1440");
    await planner.readmePicture("readme-map");
    expect(await planner.scrolls()).toEqual({ x: 0, y: 0 });
    expect(await planner.barriers()).toEqual([]);
  });

  test("every layer is in the tree with the count the product gives, 限定 layers as counts by town", async () => {
    await planner.open(`/?layers=${everyLayer}`);
    await desk.ready();
    await desk.unfoldLayers();
    const answer = await planner.ask<LayersAnswer>("/api/layers");
    const told = Object.fromEntries(
      answer.layers.map(({ id, total }) => [layers.find((layer) => layer.id === id)?.name, total]),
    );
    await expect.poll(() => desk.layerCounts()).toEqual(told);
    await expect
      .poll(() => desk.matching())
      .toBe(answer.layers.filter((layer) => !layer.countsOnly).reduce((sum, { total }) => sum + total, 0));
    await planner.picture("map-all-layers");
  });

  test("a filter by town and light changes the list, the count and the address", async () => {
    await planner.open("/");
    await desk.ready();
    await desk.filter("镇街", "徐泾");
    await desk.filter("状态", "滞后");
    expect(await desk.chips()).toEqual(["镇街 徐泾", "状态 滞后"]);
    const { searchParams } = planner.address();
    expect([searchParams.get("town"), searchParams.get("light")]).toEqual(["310118106", "late"]);
    const shown = new URL("/api/list", planner.address());
    shown.searchParams.set("layers", desk.shownLayers().join(","));
    shown.searchParams.set("town", "310118106");
    shown.searchParams.set("light", "late");
    const answer = await planner.ask<ListAnswer>(shown.href);
    expect(answer.total).toBeGreaterThan(0);
    await expect.poll(() => desk.matching()).toBe(answer.total);
    await desk.openList();
    await expect.poll(() => desk.rows().then((rows) => rows.length)).toBe(answer.total);
    for (const [light, , , , , town] of await desk.rows()) expect([light, town]).toEqual(["滞后", "徐泾"]);
    await desk.reset();
    await expect.poll(() => desk.matching()).toBeGreaterThan(400);
  });

  test("the keyboard goes from / to a name, down the list and by Enter into the detail", async () => {
    await desk.press("/");
    expect(await desk.search("橹声路停车场")).toEqual(["橹声路停车场周边（示意）"]);
    await desk.press("Enter");
    await expect.poll(() => desk.detail.title()).toBe("橹声路停车场周边（示意）");
    await desk.openList();
    await desk.focusList();
    await desk.press("Home", "ArrowDown", "ArrowDown");
    const name = await desk.focusedRow();
    await desk.press("Enter");
    await expect.poll(() => desk.detail.title()).toBe(name);
  });

  test("names, pinyin initials, coordinates and task numbers are found in one box", async () => {
    expect((await desk.search("夏阳湖"))[0]).toBe("夏阳湖周边夜景");
    expect(await desk.search("xyh")).toContain("夏阳湖周边夜景");
    expect(await desk.search("任务11")).toEqual(["任务 11 · 薄弱区域整治"]);
    await desk.chooseHit("任务 11");
    await expect.poll(() => desk.chips()).toEqual(["目标任务 11"]);
    await desk.reset();
    expect(await desk.search("121.05,31.1")).toEqual(["121.050000, 31.100000"]);
    await desk.chooseHit("121.050000");
    await expect.poll(() => planner.address().searchParams.get("v")).toMatch(/^121\.0500\d,31\.1000\d,/);
  });

  test("a place says its light and why, its target, its leads and what happened to it", async () => {
    await desk.search("夏阳湖周边夜景");
    await desk.press("Enter");
    await expect.poll(() => desk.detail.title()).toBe("夏阳湖周边夜景");
    expect(await desk.detail.light()).toContain("预警");
    expect(await desk.detail.reason()).toContain("15");
    expect(await desk.detail.rule()).toContain("2025-09-30");
    expect(await desk.detail.fact("目标任务")).toContain("12");
    expect(await desk.detail.fact("牵头单位")).not.toBe("");
    expect(await desk.detail.fact("进度")).toBe("92%");
    // The map went there too: the address says where it is now.
    await expect.poll(() => planner.address().searchParams.get("v")).toMatch(/^121\.1314\d,31\.1489\d,/);
    await planner.mapDrawn();
    await planner.picture("detail");
    expect((await desk.detail.history()).length).toBeGreaterThan(2);
  });

  test("a place on the map is named under the pointer and opened by a click", async () => {
    const { rows } = await planner.ask<ListAnswer>("/api/list?layers=weak_area&town=310118102");
    const [area] = rows;
    await planner.open(`/?layers=weak_area&v=${area!.at.join(",")},15`);
    await desk.ready();
    await expect.poll(() => desk.nameAt(area!.at)).toBe(area!.name);
    await desk.clickAt(area!.at);
    await expect.poll(() => desk.detail.title()).toBe(area!.name);
    expect(planner.address().searchParams.get("sel")).toBe(String(area!.id));
  });

  test("an address opens the same view, layers, filters, place and day in another browser", async () => {
    await planner.open(
      "/?layers=weak_area,green_spot&town=310118106&at=2025-06-30&known=2025-06-30&from=wechat",
    );
    await desk.ready();
    await desk.openList();
    await desk.focusList();
    await desk.press("Home", "Enter");
    const name = await desk.detail.title();
    await planner.mapDrawn();
    const sent = planner.address();

    const leader = await visit("desk");
    const other = new Desk(leader);
    await leader.signIn("leader");
    await leader.open(sent.href);
    await other.ready();
    expect(leader.address().href).toBe(sent.href);
    expect(await other.detail.title()).toBe(name);
    expect(await other.chips()).toEqual(["镇街 徐泾"]);
    expect(await other.matching()).toBe(await desk.matching());
    expect(await other.past()).toBe("正在看 2025-06-30（按当时所知）");
    expect(leader.complaints()).toEqual([]);
  });

  test("on 06-30 ten of the eleven 薄弱区域 were known as cleared, in truth nine: 按当时所知 and 按现在所知", async () => {
    await planner.open("/?layers=weak_area&at=2025-06-30&known=2025-06-30");
    await desk.ready();
    await expect.poll(() => desk.lights()).toEqual({ 预警: 1, 完成: 10 });
    await desk.judgedBy("按现在所知");
    await expect.poll(() => desk.lights()).toEqual({ 预警: 2, 完成: 9 });
    expect(await desk.past()).toBe("正在看 2025-06-30");
    await planner.picture("past");
  });

  test("the console stayed clean all the while", () => {
    expect(planner.complaints()).toEqual([]);
  });
});
