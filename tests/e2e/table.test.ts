import { beforeAll, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { Table } from "./support/table.ts";

const zhujiajiao = "310118102";

describeInBrowser("表格编辑", (visit) => {
  let clerk: Person;
  let table: Table;
  /** Two signboards of 朱家角, as rows and as places. */
  let rows: ListAnswer["rows"];

  const view = (id: number) => clerk.ask<FeatureView>(`/api/features/${id}/view`);
  const props = async (id: number) => (await view(id)).feature.properties;
  const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;

  beforeAll(async () => {
    clerk = await visit("office");
    table = new Table(clerk);
    await clerk.signIn("zhuanban");
    rows = (await clerk.ask<ListAnswer>(`/api/list?layers=shared_parking&town=${zhujiajiao}&sort=id`)).rows;
    if (rows.length < 1) throw new Error("no row to edit");
    rows = (await clerk.ask<ListAnswer>("/api/list?layers=shared_parking&sort=id")).rows;
  });

  test("what Excel gives goes in under its heads: dates, commas, labels, line ends; faults stand in their cells", async () => {
    await table.open("layer=shared_parking");
    const [a, b] = rows;
    const remark = fresh("第一行");
    await table.paste(
      [
        "备注\t编号\t签约日期\t业主类型\t新增共享泊位\t面积",
        `"${remark}\n说""好"""\t${a!.no}\t2025/8/30\t机关\t1,234\t9`,
        `${remark}\t${b!.no}\t下个月\t没有这种\t12\t9`,
        "x\tQP-TC-999999\t\t\t\t",
        "",
      ].join("\r\n"),
    );
    await clerk.sees("1 行的编号不在这张表里；没有这些列：面积，没有贴进来");
    expect(await table.read(a!.no, "签约日期")).toBe("2025-08-30");
    expect(await table.read(a!.no, "新增共享泊位")).toBe("1,234");
    expect(await table.mood(a!.no, "业主类型")).toMatchObject({ fault: false });
    expect(await table.mood(b!.no, "签约日期")).toMatchObject({
      fault: true,
      told: expect.stringContaining("应为日期"),
    });
    expect(await table.mood(b!.no, "业主类型")).toMatchObject({
      fault: true,
      told: expect.stringContaining("请从这些里选"),
    });
    expect(await table.maySave()).toBe(false);
    await clerk.picture("table-faults");
    // One step: taken back, everything is as it was.
    await table.goTo(a!.no, "名称");
    await table.press("Control+z");
    expect(await table.pending()).toBe(0);
    await table.press("Control+y");
    expect(await table.pending()).toBeGreaterThan(6);
    await table.press("Control+z");
  });

  test("by keyboard: typed, filled down, kept over a reload, previewed, written, and taken back", async () => {
    const [a, b] = rows;
    const before = [await props(a!.id), await props(b!.id)];
    const remark = fresh("键盘写的");
    await expect.poll(() => table.kept()).toBe(false);
    await table.goTo(a!.no, "地址");
    await table.type(remark);
    await table.press("Enter", "ArrowUp", "Shift+ArrowDown", "Control+d");
    await expect.poll(() => table.pending()).toBe(2);
    expect(await table.mood(b!.no, "地址")).toMatchObject({
      entered: true,
      told: expect.stringContaining("原来："),
    });
    const copied = await table.copy();
    expect(copied.split("\r\n")).toEqual(["编号\t地址", `${a!.no}\t${remark}`, `${b!.no}\t${remark}`]);
    await expect.poll(() => table.kept()).toBe(true);
    await clerk.page.reload();
    await table.ready();
    await clerk.sees("已恢复");
    expect(await table.pending()).toBe(2);
    await table.goTo(a!.no, "地址");
    const preview = await table.preview();
    expect(preview).toContain("保存 2 处的改动");
    expect(preview).toContain(remark);
    await clerk.picture("table-preview");
    await table.write();
    expect([(await props(a!.id)).address, (await props(b!.id)).address]).toEqual([remark, remark]);
    await table.takeBack();
    await clerk.sees("已撤销");
    expect([await props(a!.id), await props(b!.id)]).toEqual(before);
    await expect.poll(() => table.read(a!.no, "地址")).toBe(String(before[0]!.address ?? ""));
  });

  test("a colleague's other cell comes in by itself; the same cell shows both sides and one is chosen", async () => {
    const [a] = rows;
    const colleague = await visit("office");
    await colleague.signIn("zhuanban-sh");
    await colleague.open("/programme");
    const change = async (set: Record<string, unknown>) => {
      const { version } = (await view(a!.id)).feature.guatu;
      const sent = await colleague.send("/api/changes", {
        changes: [{ op: "patch", feature: a!.id, base: version, set }],
      });
      expect(sent.status).toBe(200);
    };
    const [mine, theirs, unit] = [fresh("我的"), fresh("同事的"), fresh("管养")];
    await table.goTo(a!.no, "地址");
    await table.type(mine);
    await table.press("Enter");
    await change({ managed_by: unit });
    await expect.poll(() => table.read(a!.no, "管养单位")).toBe(unit);
    expect(await table.mood(a!.no, "地址")).toMatchObject({ entered: true, fault: false });
    await change({ address: theirs });
    await expect.poll(async () => (await table.mood(a!.no, "地址")).fault).toBe(true);
    expect((await table.mood(a!.no, "地址")).told).toContain(theirs);
    expect(await table.maySave()).toBe(false);
    await clerk.picture("table-clash");
    const both = await table.clash();
    for (const side of [mine, theirs]) expect(both).toContain(side);
    await table.choose("用我的");
    await table.goTo(a!.no, "名称");
    expect(await table.preview()).toContain(theirs);
    await table.write();
    expect(await props(a!.id)).toMatchObject({ address: mine, managed_by: unit });
    expect(clerk.complaints()).toEqual([]);
    await colleague.context.close();
  });

  test("rows are sought and sorted, columns put away for next time, and what tasks say stands beside", async () => {
    await table.open("layer=shared_parking");
    const all = await table.numbers();
    expect(await table.heads()).toEqual(expect.arrayContaining(["任务状态", "期限", "牵头单位"]));
    await table.sortBy("期限");
    await expect.poll(() => table.numbers()).not.toEqual(all);
    const dues = await Promise.all((await table.numbers()).map((number) => table.read(number, "期限")));
    expect(dues.filter(Boolean)).toEqual(dues.filter(Boolean).toSorted());
    const [, b] = rows;
    await table.find(b!.no);
    await expect.poll(() => table.numbers()).toEqual([b!.no]);
    await table.goTo(b!.no, "任务状态");
    const state = await table.read(b!.no, "任务状态");
    await table.type("已销项");
    expect(await table.read(b!.no, "任务状态")).toBe(state);
    expect(await table.pending()).toBe(0);
    await table.show("备注", false);
    await clerk.picture("table-view");
    expect(await table.heads()).not.toContain("备注");
    await table.open("layer=shared_parking");
    expect(await table.heads()).not.toContain("备注");
    await table.show("备注", true);
    expect(clerk.complaints()).toEqual([]);
  });

  test("a town's clerk sees which rows are not his; who only looks is told so", async () => {
    const town = await visit("office");
    const own = new Table(town);
    await town.signIn("zhujiajiao");
    await own.open("layer=shared_parking");
    await town.sees(/行归你修改/);
    const foreign = rows.find(({ town: code }) => code !== zhujiajiao)!;
    await own.goTo(foreign.no, "地址");
    await own.paste("越界");
    await town.sees("1 行不归你修改，没有贴进来");
    expect(await own.pending()).toBe(0);
    expect(await town.barriers()).toEqual([]);
    await town.context.close();
    const reader = await visit("office");
    await reader.signIn("planner");
    await reader.open("/table?layer=shared_parking");
    await reader.sees("你的账号只能查看");
    await reader.context.close();
  });
});
