import { beforeAll, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { PhoneTable } from "./support/phone-table.ts";

describeInBrowser("手机上编辑", (visit) => {
  let clerk: Person;
  let table: PhoneTable;
  /** A 薄弱区域 and a 问题点位 of 朱家角. */
  let area: number;
  let spot: number;
  const stored = (id: number) => clerk.ask<FeatureView>(`/api/features/${id}/view`);
  const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;

  beforeAll(async () => {
    clerk = await visit("phone");
    table = new PhoneTable(clerk);
    await clerk.signIn("zhujiajiao");
    const first = async (layer: string) =>
      (await clerk.ask<ListAnswer>(`/api/list?layers=${layer}&town=310118102&limit=1`)).rows[0]?.id ?? 0;
    [area, spot] = [await first("weak_area"), await first("finding")];
    await table.open(area);
  });

  const isSeen = async () => {
    const [shape, free] = [await table.shape(), await table.free()];
    return shape.top >= free.top && shape.bottom <= free.bottom;
  };

  test("the shape is seen whole at every stop of the sheet, and over the bar of a proposal", async () => {
    await expect.poll(isSeen).toBe(true);
    await table.sheetTo("Home");
    await expect.poll(isSeen).toBe(true);
    await table.sheetTo("End");
    await expect.poll(isSeen).toBe(true);
    await clerk.picture("phone-edit-full");
    await table.sheetTo("Home");
    await table.tool("简化");
    await expect.poll(isSeen).toBe(true);
    await clerk.picture("phone-edit-proposal");
    await table.press("不用");
    expect((await clerk.scrolls()).x).toBe(0);
  });

  test("a finger moves a vertex, the thumb takes it back and does it again, and it is saved", async () => {
    const before = await stored(area);
    expect(Math.round(await table.reach(1))).toBeGreaterThanOrEqual(48);
    await table.drag(1, [34, 26]);
    await expect.poll(() => table.lastStep()).toContain("顶点 1");
    await clerk.page.locator(".edit-dock-undo").tap();
    await expect.poll(() => table.lastStep()).toBe("撤销");
    await clerk.page.getByRole("button", { name: "重做" }).tap();
    await expect.poll(() => table.lastStep()).toContain("顶点 1");
    const { version } = await table.save();
    expect(version).toBe(before.feature.guatu.version + 1);
    expect((await stored(area)).feature.geometry).not.toEqual(before.feature.geometry);
  });

  test("two of the town write the same field: the choice is made by finger", async () => {
    await table.open(area);
    const { feature } = await stored(area);
    const [mine, theirs] = [fresh("路上写的"), fresh("办公室写的")];
    await table.write("备注", mine);
    const reviewer = await visit("office");
    await reviewer.signIn("zhujiajiao-sh");
    const base = feature.guatu.version;
    const sent = await reviewer.send("/api/changes", {
      changes: [{ op: "patch", feature: area, base, set: { remark: theirs } }],
    });
    expect(sent.status).toBe(200);
    await table.pressSave();
    const conflict = await table.conflict();
    await clerk.picture("phone-conflict");
    expect((await clerk.scrolls()).x).toBe(0);
    expect(await conflict.text()).toContain(theirs);
    await conflict.choose("我的", mine);
    await Promise.all([table.acknowledged(), conflict.save()]);
    expect((await stored(area)).feature.properties.remark).toBe(mine);
    await reviewer.context.close();
  });

  test("a place is given by its numbers", async () => {
    await table.open(spot);
    await table.tool("键入坐标");
    await clerk.picture("phone-typed");
    const [lon, lat] = (await stored(spot)).feature.geometry.coordinates as [number, number];
    const to = [lon + 0.0002, lat + 0.0001] as const;
    await table.typePlace(to.map((part) => part.toFixed(6)).join(", "));
    await table.save();
    const [x, y] = (await stored(spot)).feature.geometry.coordinates as [number, number];
    expect([x, y]).toEqual([expect.closeTo(to[0], 5), expect.closeTo(to[1], 5)]);
    expect(clerk.complaints(/412/)).toEqual([]);
  });
});
