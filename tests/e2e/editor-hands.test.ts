import { afterEach, describe, expect, test } from "vitest";
import { partsOf } from "#data/domain/paths.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";
import { Ground } from "./support/ground.ts";

/** Open country of 朱家角 where nobody else draws. */
const [lon, lat] = [121.0202, 31.0702] as const;
const drawHere = `/edit?layer=weak_area&v=${lon},${lat},17`;

describeInBrowser("不用鼠标", (visit) => {
  let clerk: Person;
  let ground: Ground;
  afterEach(() => ground.clear());

  /** What the address says after the first save. */
  const made = async () => {
    await expect.poll(() => clerk.address().searchParams.get("feature")).not.toBeNull();
    const id = Number(clerk.address().searchParams.get("feature"));
    ground.keep(id);
    return id;
  };

  describe("只用键盘", () => {
    test("an area is drawn, described, saved, one vertex moved, another typed, and saved again", async () => {
      clerk = await visit("office");
      await clerk.signIn("zhujiajiao");
      ground = new Ground(clerk, [lon, lat]);
      const table = new EditingTable(clerk);
      const { hand } = table;
      await clerk.open(drawHere);
      await table.ready();
      // The cross starts in the middle of the sheet; space sets a vertex.
      await hand.keys("Shift+ArrowUp", " ", "Shift+ArrowRight", "Shift+ArrowRight", " ");
      await hand.keys("Shift+ArrowDown", "Shift+ArrowDown", " ", "ArrowLeft", "Shift+ArrowLeft", " ");
      await table.told(/按 Enter 画完/);
      await hand.keys("Enter");
      await table.did(/画面，4 个顶点/);
      await table.tabTo("名称");
      await clerk.page.keyboard.type("键盘画的");
      await table.tabTo("乱停车");
      await hand.keys(" ");
      await hand.keys("Control+s");
      const id = await made();
      const drawn = partsOf((await ground.stored(id)).feature.geometry)[0]![0]!;
      expect(drawn.length).toBe(4);

      await table.ready();
      await table.leaveField();
      await hand.keys("]", "]", "Shift+ArrowUp");
      await table.did(/^移动顶点 2/);
      await hand.keys("]", "k");
      const [east, north] = [drawn[2]![0]! + 0.0002, drawn[2]![1]! - 0.0001].map((n) => n.toFixed(7));
      await clerk.page.keyboard.type(`${east}, ${north}`);
      await hand.keys("Enter");
      await table.did(/^移动顶点 3/);
      const { version } = await table.acknowledgedAfter(() => hand.keys("Control+s"));
      expect(version).toBe(2);
      const moved = partsOf((await ground.stored(id)).feature.geometry)[0]![0]!;
      expect(moved[0]).toEqual(drawn[0]);
      expect(moved[1]![1]).toBeGreaterThan(drawn[1]![1]!);
      expect(moved[2]).toEqual([Number(east), Number(north)]);
      expect(clerk.complaints()).toEqual([]);
    });
  });

  describe("只用手指", () => {
    test("an area is drawn with taps, a corner dragged, described and saved", async () => {
      clerk = await visit("phone");
      await clerk.signIn("zhujiajiao");
      ground = new Ground(clerk, [lon, lat]);
      const table = new EditingTable(clerk);
      const { hand } = table;
      await clerk.open(drawHere);
      await table.readyInHand();
      await hand.tap([120, 150], [260, 150], [260, 260], [120, 250]);
      await table.tap("画完");
      // The form comes up and the sheet of the map moves: a finger waits until the corner rests.
      await table.sheetAt(1);
      let before = await table.spotOfVertex(3);
      await expect
        .poll(async () => {
          const last = before;
          before = await table.spotOfVertex(3);
          return before.join() === last.join();
        })
        .toBe(true);
      await hand.swipe(before, [before[0] + 40, before[1] - 30]);
      await expect.poll(async () => (await table.spotOfVertex(3))[0]).toBeGreaterThan(before[0] + 30);
      await clerk.picture("edit-finger");
      await table.fillInHand("名称", "手指画的");
      await table.tap("乱停车");
      await table.tap("保存");
      const id = await made();
      expect(partsOf((await ground.stored(id)).feature.geometry)[0]![0]!.length).toBe(4);
      expect(clerk.complaints()).toEqual([]);
    });
  });
});
