import { beforeAll, expect, test } from "vitest";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";

const zhujiajiao = "310118102";

describeInBrowser("谁还开着这一处", (visit) => {
  let clerk: Person;
  let table: EditingTable;
  let area: ListAnswer["rows"][number];

  const told = (person: Person) => person.page.locator(".presence").innerText();

  /** As a person closes a tab: with what the page does when it goes. */
  const shut = (page: Person["page"]) => page.close({ runBeforeUnload: true });

  beforeAll(async () => {
    clerk = await visit("office");
    table = new EditingTable(clerk);
    await clerk.signIn("zhujiajiao");
    const { rows } = await clerk.ask<ListAnswer>(`/api/list?layers=weak_area&town=${zhujiajiao}`);
    area = rows[0]!;
  });

  test("an editor sees who looks and who edits too, and each is gone seconds after the tab is closed", async () => {
    await table.open(area.id);
    const planner = await visit("office");
    await planner.signIn("planner");
    await planner.open(`/?layers=weak_area&sel=${area.id}`);
    await planner.sees(/朱家角 正在编辑/);
    await clerk.sees(/规资局 在看/);
    const colleague = await visit("office");
    await colleague.signIn("zhujiajiao-sh");
    await colleague.open(`/edit?feature=${area.id}`);
    await clerk.sees(/同事（审核） 正在编辑，规资局 在看/);
    await clerk.picture("presence");
    const before = Date.now();
    await shut(colleague.page);
    await expect.poll(() => told(clerk), { interval: 50 }).not.toContain("同事");
    process.stdout.write(`  gone ${Date.now() - before} ms after the tab was closed\n`);
    await shut(planner.page);
    await expect.poll(() => clerk.page.locator(".presence").count(), { interval: 50 }).toBe(0);
    await Promise.all([planner.context.close(), colleague.context.close()]);
  });

  test("one person in two windows is told so in both", async () => {
    await table.open(area.id);
    const second = await clerk.context.newPage();
    await second.goto(clerk.page.url());
    for (const page of [clerk.page, second]) await page.getByText("你在另一个窗口也打开了这一处").waitFor();
    await shut(second);
    await expect.poll(() => clerk.page.locator(".presence").count(), { interval: 50 }).toBe(0);
    expect(clerk.complaints()).toEqual([]);
  });
});
