import { beforeAll, beforeEach, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";

describeInBrowser("两个窗口，和编辑时被删除", (visit) => {
  let clerk: Person;
  let taskforce: Person;
  let table: EditingTable;
  let area: number;
  const stored = () => clerk.ask<FeatureView>(`/api/features/${area}/view`).then((view) => view.feature);
  const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;
  const deleteIt = async () =>
    taskforce.write([{ op: "delete", feature: area, base: (await stored()).guatu.version }]);

  beforeAll(async () => {
    [clerk, taskforce] = [await visit("office"), await visit("office")];
    await clerk.signIn("zhujiajiao");
    await taskforce.signIn("zhuanban");
    const { rows } = await clerk.ask<ListAnswer>("/api/list?layers=weak_area&town=310118102");
    area = rows[0]!.id;
  });

  beforeEach(async () => {
    table = new EditingTable(clerk);
    await table.open(area);
  });

  test("what I stored in another window is called mine; a deletion during the choice is told there, and nothing is lost", async () => {
    const window = await clerk.secondWindow();
    const second = new EditingTable(window);
    await second.open(area);
    const [mine, theirs] = [fresh("第一个窗口"), fresh("第二个窗口")];
    await table.write("备注", mine);
    await second.write("备注", theirs);
    // One window sends for all of the browser: the answer may come to the other.
    await second.pressSave();
    await second.said(/已保存/);
    await clerk.page.bringToFront();
    expect(await table.notice(/你自己（另一个窗口）刚刚改了/)).toContain("“备注”");
    await table.pressSave();
    const conflict = await table.conflict();
    await clerk.sees(/你编辑时，你自己（另一个窗口）也改了/);
    await window.page.close();

    await deleteIt();
    await clerk.sees(/专班刚刚把这一处删除了/);
    expect(await conflict.text()).toContain("你自己（另一个窗口）也改了");
    await clerk.picture("deleted-while-choosing");
    await table.press("恢复它再合并");
    const again = await table.conflict();
    await again.choose("我的", mine);
    const [acknowledged] = await Promise.all([table.acknowledged(), again.save()]);
    expect(await stored()).toMatchObject({
      properties: { remark: mine },
      guatu: { deleted: false, version: acknowledged.version },
    });
    expect(clerk.complaints(/412/)).toEqual([]);
  });

  test("a deletion under an open edit is told with two ways on, also after a reload", async () => {
    const remark = fresh("删除前写的");
    await table.write("备注", remark);
    await table.draftKept();
    await deleteIt();
    expect(await table.notice(/专班把这一处删除了/)).toContain("草稿还在本机");
    await clerk.page.reload();
    await table.notice(/专班把这一处删除了/);
    await clerk.picture("deleted-while-editing");
    await table.press("恢复它再保存");
    await table.said(/已保存/);
    expect(await stored()).toMatchObject({ properties: { remark }, guatu: { deleted: false } });
  });

  test("a window with nothing to lose leaves the draft of the other alone", async () => {
    const window = await clerk.secondWindow();
    await new EditingTable(window).open(area);
    const remark = fresh("没保存的");
    await table.write("备注", remark);
    await table.draftKept();
    const { guatu } = await stored();
    const unit = fresh("管养");
    await taskforce.write([{ op: "patch", feature: area, base: guatu.version, set: { managed_by: unit } }]);
    // The clean window follows what is stored.
    await expect.poll(() => new EditingTable(window).read("管养单位")).toBe(unit);
    await window.page.close();
    await clerk.page.reload();
    await table.notice(/已恢复/);
    expect(await table.read("备注")).toBe(remark);
  });
});
