import { beforeAll, expect, test } from "vitest";
import { demoAccounts } from "#data/demo/accounts.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { SignInPage } from "./support/pages.ts";

describeInBrowser("登录", (visit) => {
  let person: Person;
  let page: SignInPage;
  beforeAll(async () => {
    person = await visit();
    page = new SignInPage(person);
  });

  test("a link asked for without a session leads to sign-in, which says 非涉密系统 and offers every role of the demo", async () => {
    await person.open("/programme?light=late");
    await page.ready();
    await person.sees("非涉密系统 严禁录入涉密信息");
    const roles = await page.roles();
    expect(roles).toHaveLength(demoAccounts.length);
    expect(new Set(roles).size).toBe(roles.length);
    await person.picture("signin");
    expect(await person.barriers()).toEqual([]);
  });

  test("a wrong password says so and what happens after five", async () => {
    await page.enter("planner", "not-the-password");
    await expect.poll(() => page.refusal()).toContain("账号或口令不对。连续输错 5 次，账号会锁定 15 分钟。");
  });

  test("one click on a role signs in and goes on to the link asked for", async () => {
    await page.enterAs("浏览");
    await page.signedInAs("规资局");
    await person.sees("二十项任务");
    expect(person.address().pathname + person.address().search).toBe("/programme?light=late");
    // 401 of the refused password and of the first question who is there.
    expect(person.complaints(/401/)).toEqual([]);
  });

  test("a town's clerk lands on the own town and what is still open there", async () => {
    const clerk = await visit();
    await clerk.open("/");
    const door = new SignInPage(clerk);
    await door.ready();
    await door.enterAs("朱家角镇");
    const desk = new Desk(clerk);
    await desk.ready();
    await door.signedInAs("朱家角");
    expect(clerk.address().searchParams.get("town")).toBe("310118102");
    expect(await desk.chips()).toEqual(["镇街 朱家角", "状态 滞后、预警、正常、未开始"]);
    await desk.openList();
    const rows = await desk.rows();
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row[5]))).toEqual(new Set(["朱家角"]));
    expect(rows.map((row) => row[0])).not.toContain("完成");
    expect(clerk.complaints(/401/)).toEqual([]);
  });
});
