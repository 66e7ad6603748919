import { beforeAll, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";

const zhujiajiao = "310118102";
const xujing = "310118106";

describeInBrowser("镇街编辑", (visit) => {
  let clerk: Person;
  let table: EditingTable;
  /** A 薄弱区域 of 朱家角. */
  let area: ListAnswer["rows"][number];

  const stored = (id: number) => clerk.ask<FeatureView>(`/api/features/${id}/view`);
  /** Something nobody wrote before, also when the product has been running for days. */
  const fresh = (what: string) => `${what} ${Date.now().toString(36)}`;

  beforeAll(async () => {
    clerk = await visit("office");
    table = new EditingTable(clerk);
    await clerk.signIn("zhujiajiao");
    const { rows } = await clerk.ask<ListAnswer>(`/api/list?layers=weak_area&town=${zhujiajiao}`);
    area = rows[0]!;
  });

  test("a saved attribute and a moved vertex reach the planner's open page by themselves", async () => {
    const planner = await visit("office");
    const desk = new Desk(planner);
    await planner.signIn("planner");
    await planner.open(`/?layers=weak_area&sel=${area.id}`);
    await desk.ready();
    await expect.poll(() => desk.detail.title()).toBe(area.name);
    const opened = await planner.openedAt();
    const before = await stored(area.id);

    await table.open(area.id);
    const remark = fresh("东侧出入口已改造");
    await table.write("备注", remark);
    const [, seen] = await Promise.all([table.save(), desk.detail.factBecomes("备注", remark)]).then(
      ([acknowledged, at]) => [acknowledged, at - acknowledged.at] as const,
    );
    process.stdout.write(`  attribute in the other browser ${seen} ms after the acknowledgement\n`);
    expect(await table.said(/已保存/)).toContain(`版本 ${before.feature.guatu.version + 1}`);

    const place = await desk.detail.place();
    await table.dragVertex(2, [60, -45]);
    const { at } = await table.save();
    await expect.poll(() => desk.detail.place(), { interval: 20 }).not.toBe(place);
    process.stdout.write(`  new size in the other browser ${Date.now() - at} ms after the acknowledgement\n`);
    const after = await stored(area.id);
    // A spot that lies in the area only since its corner was moved.
    const [corner, old] = [ringOf(after)[1]!, ringOf(before)[1]!];
    expect(corner).not.toEqual(old);
    const spot = [old[0]! + (corner[0]! - old[0]!) * 0.7, old[1]! + (corner[1]! - old[1]!) * 0.7] as const;
    await expect.poll(() => desk.nameAt(spot)).toBe(area.name);
    await clerk.picture("edit");
    expect(await planner.openedAt()).toBe(opened);
    expect(planner.complaints()).toEqual([]);

    await planner.context.close();
  });

  test("two of the town write the same field: the second sees both sides, chooses, and saves", async () => {
    const reviewer = await visit("office");
    const other = new EditingTable(reviewer);
    await reviewer.signIn("zhujiajiao-sh");
    await other.open(area.id);
    const [mine, theirs] = [fresh("经办写的"), fresh("审核写的")];
    await table.open(area.id);
    await table.write("备注", mine);
    await other.write("备注", theirs);
    const { version } = await other.save();
    // Said at once, before anybody saves into it.
    expect(await table.notice(/同事刚刚改了/)).toContain("和你改到了同一处");
    await table.pressSave();
    const conflict = await table.conflict();
    const text = await conflict.text();
    for (const side of [mine, theirs, "1 项改到了同一处"]) expect(text).toContain(side);
    expect(await conflict.maySave()).toBe(false);
    await conflict.choose("我的", mine);
    await clerk.picture("conflict");
    const [acknowledged] = await Promise.all([table.acknowledged(), conflict.save()]);
    expect(acknowledged.version).toBe(version + 1);
    expect((await stored(area.id)).feature.properties.remark).toBe(mine);

    // Different fields: nothing to choose, both stay.
    const unit = fresh("淀山湖市政");
    await table.write("备注", fresh("又改"));
    const remark = await table.read("备注");
    await other.write("管养单位", unit);
    await other.save();
    await table.save();
    expect(await table.said(/自动合并/)).toContain("已保存");
    const { properties } = (await stored(area.id)).feature;
    expect([properties.remark, properties.managed_by]).toEqual([remark, unit]);
    expect(reviewer.complaints(/412/)).toEqual([]);
    await reviewer.context.close();
  });

  test("what was not saved is there again after a reload, and can be thrown away", async () => {
    await table.open(area.id);
    const kept = await table.read("备注");
    const draft = fresh("还没写完");
    await table.write("备注", draft);
    await table.draftKept();
    await clerk.page.reload();
    await table.ready();
    expect(await table.notice(/已恢复/)).toContain("还没有保存");
    expect(await table.read("备注")).toBe(draft);
    await table.press("丢弃草稿");
    await expect.poll(() => table.read("备注")).toBe(kept);
    expect((await stored(area.id)).feature.properties.remark).toBe(kept);
  });

  test("a place of another town is refused with the reason, on the page and behind it", async () => {
    const { rows } = await clerk.ask<ListAnswer>(`/api/list?layers=weak_area&town=${xujing}`);
    const foreign = await stored(rows[0]!.id);
    await clerk.open(`/?layers=weak_area&sel=${foreign.feature.id}`);
    const desk = new Desk(clerk);
    await desk.ready();
    expect(await desk.detail.whyNotEdit()).toBe(foreign.may.why);
    await table.open(foreign.feature.id);
    expect(await table.notice(/不在本镇街范围内/)).toContain(foreign.may.why);
    expect(await table.mayWrite("备注")).toBe(false);
    expect(await table.maySave()).toBe(false);
    const { id, guatu } = foreign.feature;
    const { status, detail } = await clerk.send("/api/changes", {
      changes: [{ op: "patch", feature: id, base: guatu.version, set: { remark: "越界" } }],
    });
    expect(status).toBe(403);
    expect(detail).toContain("镇");
    expect((await stored(id)).feature.guatu.version).toBe(guatu.version);
    expect(clerk.complaints(/412/)).toEqual([]);
  });
});

const ringOf = ({ feature }: FeatureView): readonly (readonly number[])[] => {
  const { geometry } = feature;
  if (geometry.type !== "Polygon") throw new Error(`a ${geometry.type}, not a polygon`);
  return geometry.coordinates[0] as readonly (readonly number[])[];
};
