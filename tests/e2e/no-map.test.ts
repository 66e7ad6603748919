import { expect, test } from "vitest";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";

describeInBrowser("没有 WebGL2 的浏览器", (visit) => {
  test("a browser that draws no maps says so; list, detail and the form of an edit work all the same", async () => {
    const clerk = await visit("office");
    await clerk.drawsNoMaps();
    await clerk.signIn("zhujiajiao");
    const { rows } = await clerk.ask<ListAnswer>("/api/list?layers=weak_area&town=310118102");
    const { id, name } = rows[0]!;

    await clerk.open(`/?layers=weak_area&sel=${id}`);
    await clerk.sees("这台浏览器画不了地图");
    const desk = new Desk(clerk);
    await expect.poll(() => desk.detail.title()).toBe(name);
    await desk.openList();
    expect(await desk.rows()).not.toEqual([]);

    const table = new EditingTable(clerk);
    await clerk.open(`/edit?feature=${id}`);
    await clerk.sees("这台浏览器画不了地图");
    await table.write("备注", `没有地图也能写 ${Date.now().toString(36)}`);
    await table.save();
    expect(clerk.complaints()).toEqual([]);
  });
});
