import { expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import { besideBorder } from "./support/beside-border.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { EditingTable } from "./support/editing-table.ts";

const xujing = "310118106";
const zhaoxiang = "310118105";

describeInBrowser("跨镇会签", (visit) => {
  const signedIn = async (account: string, size: Parameters<typeof visit>[0] = "office"): Promise<Person> => {
    const person = await visit(size);
    await person.signIn(account);
    return person;
  };
  /** The state that stands over the open 会签. */
  const state = (person: Person, text: string) =>
    person.page.locator(".proposal .proposal-state", { hasText: text }).waitFor();
  const button = (person: Person, name: string | RegExp) =>
    person.page.getByRole("dialog").getByRole("button", { name });

  test("a town draws over its border and asks; the other agrees on a phone; both see it applied", async () => {
    const [clerk, neighbour] = [await signedIn("xujing"), await signedIn("zhaoxiang-sh", "phone")];
    const ring = await besideBorder(clerk, xujing, zhaoxiang);
    const name = `交界桥下 ${Date.now().toString(36)}`;
    await clerk.send("/api/features", {
      layer: "weak_area",
      geometry: { type: "Polygon", coordinates: [ring] },
      properties: { name, problems: ["bad_parking"] },
    });
    const { rows } = await clerk.ask<ListAnswer>(
      `/api/list?layers=weak_area&town=${xujing}&q=${encodeURIComponent(name)}`,
    );
    const id = rows[0]!.id;
    const view = () => clerk.ask<FeatureView>(`/api/features/${id}/view`);

    const table = new EditingTable(clerk);
    await table.open(id);
    const [near, far] = [await table.spotOfVertex(2), await table.spotOfVertex(3)];
    const reach = 110 / Math.hypot(near[0] - far[0], near[1] - far[1]);
    await table.dragVertex(2, [(near[0] - far[0]) * reach, (near[1] - far[1]) * reach]);
    expect(await table.maySave()).toBe(false);
    expect(await table.notice(/跨出了本镇街/)).toContain("发起会签");
    await clerk.page.locator(".edit-notice").getByRole("button", { name: "发起会签" }).click();
    await clerk.page.getByLabel(/为什么要改/).fill("桥墩归赵巷养护，两镇议定一并整治");
    await button(clerk, "发起会签").click();
    await state(clerk, "会签中，等赵巷");
    expect((await view()).feature.guatu.version).toBe(1);

    await neighbour.open("/borders");
    await neighbour.page.getByRole("link", { name: new RegExp(name) }).click();
    await neighbour.sees("桥墩归赵巷养护，两镇议定一并整治");
    await neighbour.page.locator(".conflict-map svg .conflict-theirs").waitFor();
    await neighbour.picture("proposal-phone");
    await neighbour.page.getByRole("button", { name: "同意", exact: true }).click();
    await button(neighbour, /同\s*意/).click();
    await state(neighbour, "已生效");
    // The proposer's open page hears of it by itself.
    await state(clerk, "已生效");
    await clerk.picture("proposal");
    const after = await view();
    expect([after.feature.guatu.version, after.feature.guatu.town]).toEqual([2, null]);
    const { entries } = await clerk.ask<{ entries: HistoryEntry[] }>(`/api/features/${id}/history`);
    expect(entries.filter(({ op }) => op !== "task").map(({ op }) => op)).toEqual([
      "patch",
      "agree",
      "propose",
      "create",
    ]);

    // Now it lies in both: the editor says so, and a refusal names its reason to who proposed.
    await table.open(id);
    expect(await table.notice(/跨镇街/)).toContain("都同意才生效");
    await table.write("备注", "再改一次");
    expect(await table.maySave()).toBe(false);
    await clerk.page.locator(".edit-notice").getByRole("button", { name: "发起会签" }).click();
    await clerk.page.getByLabel(/为什么要改/).fill("补写备注");
    await button(clerk, "发起会签").click();
    await state(clerk, "会签中，等赵巷");
    await neighbour.open("/borders");
    await neighbour.page.getByRole("link", { name: new RegExp(`${name}.*待你会签`) }).click();
    await neighbour.page.getByRole("button", { name: "不同意" }).click();
    await neighbour.page.getByLabel(/理由/).fill("备注写得不对");
    await button(neighbour, "不同意").click();
    await state(clerk, "未通过");
    await clerk.sees("备注写得不对");
    expect((await view()).feature.guatu.version).toBe(2);
    expect([...clerk.complaints(), ...neighbour.complaints()]).toEqual([]);
    // Places of this layer may not overlap: the next run on the same product finds the ground free.
    const force = await signedIn("zhuanban");
    await force.send("/api/changes", {
      changes: [{ op: "delete", feature: id, base: 2 }],
      reason: "测试结束",
    });
    await Promise.all([clerk, neighbour, force].map((person) => person.context.close()));
  });
});
