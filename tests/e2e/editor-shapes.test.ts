import { afterEach, beforeAll, expect, test } from "vitest";
import type { Geometry } from "#data/domain/change.ts";
import { partsOf } from "#data/domain/paths.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";
import { Ground } from "./support/ground.ts";

/** Open country of 朱家角, some hundred metres apart for each test. */
const corner = [121.0302, 31.0702] as const;

describeInBrowser("改图形", (visit) => {
  let clerk: Person;
  let table: EditingTable;
  let ground: Ground;

  beforeAll(async () => {
    clerk = await visit("office");
    await clerk.signIn("zhujiajiao");
    table = new EditingTable(clerk);
    ground = new Ground(clerk, corner);
  });
  afterEach(() => ground.clear());

  const geometryOf = async (id: number): Promise<Geometry> => (await ground.stored(id)).feature.geometry;

  /** Middles of the open box's upper and lower edge, so many px outside of it. */
  const aboveAndBelow = async (px: number) => {
    const [low, high] = [await table.spotOfVertex(1), await table.spotOfVertex(3)];
    const x = (low[0] + high[0]) / 2;
    return [[x, high[1] - px] as const, [x, low[1] + px] as const] as const;
  };

  test("an area is split, the pieces are stored as two places, and undone before saving it is the one it was", async () => {
    const id = await ground.box("要分的", 0, 0, 120);
    await table.open(id);
    const before = await table.size();
    const cut = await aboveAndBelow(30);
    const divide = async () => {
      await table.take("分割");
      await table.hand.click(...cut);
      await table.hand.keys("Enter");
      await table.did(/分割成 2 处/);
    };
    await divide();
    expect(Math.abs((await table.size()) - before / 2)).toBeLessThan(before * 0.02);
    await table.hand.keys("Control+z");
    await expect.poll(() => table.size()).toBe(before);
    await divide();
    await table.save();
    const { rows } = await clerk.ask<ListAnswer>("/api/list?layers=weak_area&town=310118102");
    const piece = rows.find(({ name }) => name === "要分的（2）");
    ground.keep(piece!.id);
    const areas = [await geometryOf(id), await geometryOf(piece!.id)].map((geometry) => geometry.type);
    expect(areas).toEqual(["Polygon", "Polygon"]);
  });

  test("a hole is cut, a boundary reshaped, the area widened by typed metres; each step is named and undone in turn", async () => {
    const id = await ground.box("要改的", 300, 0, 120);
    await table.open(id);
    const stored = await table.size();
    const [a, b] = [await table.spotOfVertex(1), await table.spotOfVertex(3)];
    const spot = (x: number, y: number) => [a[0] + (b[0] - a[0]) * x, a[1] + (b[1] - a[1]) * y] as const;

    await table.take("挖洞");
    await table.hand.click(spot(0.3, 0.3), spot(0.6, 0.3), spot(0.6, 0.6), spot(0.3, 0.6));
    await table.hand.keys("Enter");
    await table.did(/^挖洞$/);
    const holed = await table.size();
    expect(Math.abs(holed - stored * 0.91)).toBeLessThan(stored * 0.02);

    await table.take("重绘");
    await table.hand.click(spot(0.2, 1.1), spot(0.2, 0.8), spot(0.8, 0.8), spot(0.8, 1.1));
    await table.hand.keys("Enter");
    await table.did(/^重绘一段$/);
    const cutBack = await table.size();
    expect(Math.abs(cutBack - (holed - stored * 0.12))).toBeLessThan(stored * 0.02);

    await table.take("缓冲");
    await table.told(/外扩后/);
    await table.setMetres(-3);
    await table.told(/内缩后/);
    await clerk.picture("edit-buffer");
    await table.press("采用 Enter");
    await table.did(/^内缩，3 米$/);
    expect(await table.size()).toBeLessThan(cutBack);

    await table.hand.keys("Control+z");
    await expect.poll(() => table.size()).toBe(cutBack);
    await table.hand.keys("Control+z", "Control+z");
    await expect.poll(() => table.size()).toBe(stored);
    expect(await table.maySave()).toBe(false);
    // Redone, what is stored has the hole.
    await table.hand.keys("Control+y");
    await table.save();
    expect(partsOf(await geometryOf(id))[0]?.length).toBe(2);
  });

  test("a second part is added, chosen and deleted again", async () => {
    const id = await ground.box("几块的", 600, 0, 120);
    await table.open(id);
    const [a, b] = [await table.spotOfVertex(1), await table.spotOfVertex(3)];
    await table.take("加一块");
    const right = b[0] + 30;
    await table.hand.click([right, a[1]], [right + 60, a[1]], [right + 60, a[1] - 70]);
    await table.hand.keys("Enter");
    await table.did(/加一块，共 2 块/);
    await table.save();
    expect((await geometryOf(id)).type).toBe("MultiPolygon");
    // The part drawn last is the smaller one and comes second.
    await table.hand.click([right + 60, a[1]]);
    await table.hand.keys("Shift+Delete");
    await table.did(/删去一块，还有 1 块/);
    await table.save();
    expect((await geometryOf(id)).type).toBe("Polygon");
  });

  test("an overlap with a neighbour is drawn, blocks saving, and is cut away with one click", async () => {
    const id = await ground.box("我这块", 900, 0, 120);
    const neighbour = await ground.box("隔壁那块", 1040, -20, 120, 160);
    await table.open(id);
    const step = (await table.spotOfVertex(2))[0] - (await table.spotOfVertex(1))[0];
    await table.dragVertex(2, [step / 2, 0]);
    expect(await table.fault(/和“隔壁那块”重叠/)).toContain("薄弱区域之间不能重叠");
    expect(await table.maySave()).toBe(false);
    await clerk.picture("edit-overlap");
    // Behind the page the database says the same.
    const ring = [ground.at(900, 0), ground.at(1080, 0), ground.at(1020, 120), ground.at(900, 120)];
    const { status, detail } = await clerk.send("/api/changes", {
      changes: [
        {
          op: "patch",
          feature: id,
          base: 1,
          geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] },
        },
      ],
    });
    expect([status, detail]).toEqual([422, expect.stringMatching(/和“隔壁那块”重叠 [\d,]+ 平方米/)]);
    await table.press("一键裁掉");
    await table.told(/裁掉重叠后/);
    await table.press("采用 Enter");
    await expect.poll(() => table.maySave()).toBe(true);
    await table.save();
    expect((await ground.stored(neighbour)).feature.guatu.version).toBe(1);
  });

  test("with 共边 on, a corner two places share moves in both, and both are stored by one save", async () => {
    const id = await ground.box("左边那块", 1700, 0, 100);
    const other = await ground.box("右边那块", 1800, 0, 100);
    await table.open(id);
    await table.take("共边");
    await table.dragVertex(2, [-30, 25]);
    await table.did(/^移动顶点 2，共边：右边那块$/);
    // Undone it is as it was, in both; redone it is one change of two places.
    await table.hand.keys("Control+z");
    expect(await table.maySave()).toBe(false);
    await table.hand.keys("Control+y");
    await table.save();
    const [left, right] = [await geometryOf(id), await geometryOf(other)].map(
      (geometry) => partsOf(geometry)[0]![0]!,
    );
    expect(left![1]).not.toEqual(ground.at(1800, 0));
    expect(right![0]).toEqual(left![1]);
    expect([right![1], right![3]]).toEqual([ground.at(1900, 0), ground.at(1800, 100)]);
  });

  test("a vertex holds on to the neighbour's corner exactly; with Alt held it does not", async () => {
    const id = await ground.box("要贴的", 1300, 0, 100);
    await ground.box("被贴的", 1420, 0, 100);
    await table.open(id);
    const [from, other] = [await table.spotOfVertex(2), await table.spotOfVertex(1)];
    const perMetre = (from[0] - other[0]) / 100;
    const near = [from[0] + 20 * perMetre - 5, from[1] - 4] as const;
    await table.hand.drag(from, near, "Alt");
    expect((await table.steps())[0]).toBe("移动顶点 2");
    await table.hand.keys("Control+z");
    await table.hand.drag(from, near);
    expect((await table.steps())[0]).toBe("移动顶点 2，吸附同层");
    await table.save();
    expect(partsOf(await geometryOf(id))[0]?.[0]?.[1]).toEqual(ground.at(1420, 0));

    // What is held on to is chosen from a list, which this browser remembers.
    await table.snapsTo("吸附：镇界、道路、同层 12 px");
    await table.snapTo("同层", false);
    await table.open(id);
    await table.snapsTo("吸附：镇界、道路 12 px");
    const [again, beside] = [await table.spotOfVertex(3), await table.spotOfVertex(2)];
    // The neighbour's upper corner lies over the one that was dragged to it.
    await table.hand.drag(again, [beside[0] - 4, again[1] - 3]);
    expect((await table.steps())[0]).toBe("移动顶点 3");
    await table.snapTo("同层", true);
    expect(clerk.complaints(/422/)).toEqual([]);
  });

  test("a finding is put at a stake of a road, a stretch becomes an area, and a stake beyond the end is refused", async () => {
    await clerk.open("/edit?layer=finding");
    await table.ready();
    await table.stake("K900+000");
    expect(await table.told(/只到 K/)).toContain("请改小");
    await table.hand.keys("Escape");
    await table.stake("K0+100");
    await table.did(/^放到 .+ K0\+100$/);
    const id = await ground.box("沿路的", 2000, 0, 60);
    await table.open(id);
    await table.stake("K0+100–K0+300");
    await table.told(/缓冲成面后/);
    await table.press("不用");
    expect(await table.maySave()).toBe(false);
  });
});
