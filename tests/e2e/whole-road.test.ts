import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { shownNumber } from "#data/layers/define.ts";
import { keyRoad } from "#data/layers/key_road.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";

describeInBrowser("整条道路", (visit) => {
  let force: Person;
  /** Nobody else's road, in two towns. */
  const name = `试验路 ${Date.now().toString(36)}`;
  const segments: number[] = [];
  let finding: number;

  const stored = (id: number) => force.ask<FeatureView>(`/api/features/${id}/view`);
  const made = async (layer: string, geometry: object, properties: object): Promise<number> => {
    const op = { op: "create", uid: randomUUID(), layer, geometry, properties };
    return (await force.write([op as never])).results[0]!.id!;
  };
  const line = (...coordinates: readonly (readonly number[])[]) => ({ type: "LineString", coordinates });

  beforeAll(async () => {
    force = await visit("office");
    await force.signIn("zhuanban");
    const properties = { parent_road: name, road_class: "main" };
    const home = line([121.04, 31.07], [121.045, 31.07], [121.05, 31.07]);
    segments.push(await made("key_road", home, { ...properties, name: `${name}（朱家角段）` }));
    const away = line([121.27, 31.18], [121.275, 31.18]);
    segments.push(await made("key_road", away, { ...properties, name: `${name}（徐泾段）` }));
    finding = await made(
      "finding",
      { type: "Point", coordinates: [121.045, 31.07] },
      {
        name: "路面破损",
        category: "exposed_waste",
        place: "roadside",
        found_on: "2025-09-01",
        stakes: `${shownNumber(keyRoad, segments[0]!)} K0+450`,
      },
    );
  });
  afterAll(async () => {
    const views = await Promise.all([...segments, finding].map(stored));
    await force.write(
      views.map(({ feature }) => ({ op: "delete", feature: feature.id, base: feature.guatu.version })),
    );
  });

  test("the lead unit changes every segment of a road at once, after seeing which towns that touches", async () => {
    const lead = await visit("office");
    await lead.signIn("lvhua");
    const desk = new Desk(lead);
    await lead.open(`/?layers=key_road&sel=${segments[0]}`);
    await desk.ready();
    const { page } = lead;
    await page.getByRole("button", { name: "改整条道路" }).click();
    const dialog = page.getByRole("dialog", { name: new RegExp(name) });
    await dialog.getByText(/现有 2 段，在.*2 个镇街/).waitFor();
    await dialog.getByRole("combobox", { name: "道路等级" }).selectOption({ label: "国道" });
    const check = dialog.getByRole("button", { name: "预览并核对" });
    expect(await check.isEnabled()).toBe(false);
    await dialog.getByRole("textbox", { name: /修改的理由/ }).fill("按新的路网等级");
    await check.click();
    await dialog.getByText("服务器已核对").waitFor();
    await lead.picture("whole-road");
    await dialog.getByRole("button", { name: "改这 2 段" }).click();
    await dialog.waitFor({ state: "hidden" });
    const [home, away] = await Promise.all(segments.map(stored));
    expect([home, away].map((view) => view?.feature.properties.road_class)).toEqual(["national", "national"]);
    expect(lead.complaints()).toEqual([]);
    await lead.context.close();
  });

  test("a town has no such way: its segment is its own", async () => {
    const clerk = await visit("office");
    await clerk.signIn("zhujiajiao");
    const desk = new Desk(clerk);
    await clerk.open(`/?layers=key_road&sel=${segments[0]}`);
    await desk.ready();
    await expect.poll(() => desk.detail.title()).toContain(name);
    expect(await clerk.page.getByRole("button", { name: "改整条道路" }).count()).toBe(0);
    await clerk.context.close();
  });

  test("who draws a bend into the road is told that the finding on it moved, and its history says why", async () => {
    const clerk = await visit("office");
    await clerk.signIn("zhujiajiao");
    const table = new EditingTable(clerk);
    const before = await stored(finding);
    await table.open(segments[0]!);
    await table.dragVertex(2, [0, -60]);
    await table.save();
    expect(await table.said(/已保存/)).toContain("1 处按桩号定的点位跟着移了");
    const after = await stored(finding);
    expect(after.feature.geometry).not.toEqual(before.feature.geometry);
    const desk = new Desk(clerk);
    await clerk.open(`/?layers=finding&sel=${finding}`);
    await desk.ready();
    expect((await desk.detail.history())[0]).toContain("按桩号跟着移");
    expect(clerk.complaints()).toEqual([]);
    await clerk.context.close();
  });
});
