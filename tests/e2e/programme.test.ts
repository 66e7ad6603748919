import { beforeAll, expect, test } from "vitest";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { ProgrammePage } from "./support/pages.ts";

describeInBrowser("任务页", (visit) => {
  let leader: Person;
  let page: ProgrammePage;
  beforeAll(async () => {
    leader = await visit("desk");
    page = new ProgrammePage(leader);
    await leader.signIn("leader");
    await page.open();
  });

  test("the twenty targets stand as the year stands on 2025-09-15", async () => {
    expect(await page.lights()).toEqual({
      完成: [20],
      滞后: [7, 12, 19],
      预警: [2, 5, 8, 11, 15, 18],
      正常: [1, 3, 4, 6, 9, 10, 13, 14, 16, 17],
    });
    const said = await page.conclusion();
    expect(said).toContain("完成 1、正常 10、预警 6");
    expect(said).toContain("滞后 3 项");
    await leader.picture("programme");
    expect(await leader.barriers()).toEqual([]);
  });

  test("14.1 counts 126 of 180 new shared spaces and leads to them on the map", async () => {
    const line = await page.metric("14.1");
    expect(line).toContain("126 个");
    expect(line).toContain("新增180个共享停车位");
    expect(line).toContain("正常");
    await page.showOnMap("14.1");
    const desk = new Desk(leader);
    await desk.ready();
    expect(leader.address().searchParams.get("layers")).toBe("shared_parking");
    await expect.poll(() => desk.matching()).toBe(17);
  });

  test("the console stayed clean", () => {
    expect(leader.complaints()).toEqual([]);
  });
});
