import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DutyAnswer } from "#data/domain/duty.ts";
import { towns } from "#data/programme/towns.ts";
import { besideBorder } from "./support/beside-border.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";

describeInBrowser("责任属地", (visit) => {
  let force: Person;
  let finding: number;
  const name = `镇界上的 ${Date.now().toString(36)}`;
  const row = (person: Person) => person.page.getByRole("listitem").filter({ hasText: name });
  const at = async (account: string): Promise<Person> => {
    const person = await visit("office");
    await person.signIn(account);
    await person.open("/borders?tab=duty");
    await row(person).waitFor();
    return person;
  };

  beforeAll(async () => {
    force = await visit("office");
    await force.signIn("zhuanban");
    const [a, b] = await besideBorder(force, "310118106", "310118105");
    const beside = [(a![0] + b![0]) / 2, (a![1] + b![1]) / 2];
    const { results } = await force.write([
      {
        op: "create",
        uid: randomUUID(),
        layer: "finding",
        geometry: { type: "Point", coordinates: beside },
        properties: { name, category: "exposed_waste", place: "roadside", found_on: "2025-09-01" },
      },
    ]);
    finding = results[0]!.id!;
  });
  afterAll(async () => {
    const { feature } = await force.ask<{ feature: { guatu: { version: number } } }>(
      `/api/features/${finding}/view`,
    );
    await force.write([{ op: "delete", feature: finding, base: feature.guatu.version }]);
  });

  test("one town claims, the other objects, the lead unit decides, and everybody sees it as it comes", async () => {
    const { rows } = await force.ask<DutyAnswer>("/api/duty");
    const listed = rows.find(({ id }) => id === finding);
    expect(listed, "the finding lies beside a border").toBeDefined();
    const [mine, theirs] = listed!.towns.map(({ code }) => towns.find((town) => town.code === code)!);
    const one = await at(mine!.id);
    const other = await at(theirs!.id);
    await row(one).getByRole("button", { name: "认领" }).click();
    await row(one).getByRole("button", { name: "认领责任属地" }).click();
    await row(other).getByText("认领，没有异议，等确认").waitFor();

    await row(other).getByRole("button", { name: "有异议" }).click();
    const object = row(other).getByRole("button", { name: "对责任属地有异议" });
    expect(await object.isEnabled()).toBe(false);
    await row(other).getByRole("textbox", { name: "理由" }).fill("这一段由我镇保洁");
    await object.click();
    await row(one).getByText("有争议，等牵头单位或专班定").waitFor();
    await one.sees("这一段由我镇保洁");

    const lead = await at("lvhua-sh");
    await row(lead).getByRole("button", { name: /^定为/ }).first().click();
    await lead.picture("duty");
    await row(lead)
      .getByRole("button", { name: /^确认属地为/ })
      .click();
    await row(one).waitFor({ state: "detached" });
    await one.page.getByRole("button", { name: "已确认" }).click();
    await row(one).getByText(/^已定/).waitFor();
    for (const person of [one, other, lead]) {
      expect(person.complaints()).toEqual([]);
      await person.context.close();
    }
  });
});
