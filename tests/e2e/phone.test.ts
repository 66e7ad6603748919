import { beforeAll, expect, test } from "vitest";
import { Detail } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { PhonePage } from "./support/pages.ts";

describeInBrowser("手机", (visit) => {
  let clerk: Person;
  let phone: PhonePage;
  beforeAll(async () => {
    clerk = await visit("phone");
    phone = new PhonePage(clerk);
    await clerk.signIn("zhujiajiao");
    await clerk.open("/?town=310118102");
    await phone.ready();
  });

  test("what is still open in the own town stands under the map", async () => {
    expect(await phone.title()).toContain("朱家角没办完的");
    expect((await phone.list()).length).toBeGreaterThan(0);
    expect((await clerk.scrolls()).x).toBe(0);
    await clerk.picture("phone");
  });

  test("the sheet has three stops: half, full but for 44 px, peek", async () => {
    expect(await phone.sheet()).toBe(542);
    await phone.tapGrip();
    await expect.poll(() => phone.sheet()).toBe(844 - 44);
    await clerk.picture("phone-full");
    await phone.tapGrip();
    await expect.poll(() => phone.sheet()).toBe(96);
    await phone.tapGrip();
    await expect.poll(() => phone.sheet()).toBe(542);
  });

  test("a row opens the place in the sheet, back leads to the list", async () => {
    const [name = ""] = await phone.list();
    await phone.tap(name);
    const detail = new Detail(clerk);
    await expect.poll(() => detail.title()).toBe(name);
    expect(await detail.reason()).not.toBe("");
    expect((await clerk.scrolls()).x).toBe(0);
    await clerk.mapDrawn();
    await clerk.picture("phone-detail");
    await phone.back();
    await phone.ready();
    expect(clerk.complaints()).toEqual([]);
  });
});
