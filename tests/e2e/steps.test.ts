import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { Desk } from "./support/desk.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";

describeInBrowser("流转", (visit) => {
  let clerk: Person;
  let force: Person;
  let id: number;
  const task = async () => (await force.ask<FeatureView>(`/api/features/${id}/view`)).tasks[0]!;
  const at = async (person: Person) => {
    await person.open(`/?layers=finding&sel=${id}`);
    const { detail } = new Desk(person);
    await expect.poll(() => detail.title().catch(() => "")).toBe("流转的一处");
    return detail;
  };

  beforeAll(async () => {
    [clerk, force] = [await visit("office"), await visit("office")];
    await clerk.signIn("zhujiajiao");
    await force.signIn("zhuanban");
    const geometry = { type: "Point" as const, coordinates: [121.051, 31.111] as [number, number] };
    const properties = {
      name: "流转的一处",
      category: "exposed_waste",
      place: "roadside",
      found_on: "2025-09-01",
    };
    const reply = await clerk.write([
      { op: "create", uid: randomUUID(), layer: "finding", geometry, properties },
    ]);
    id = reply.results[0]!.id!;
  });

  test("the clerk begins and submits, the 专班 sends back with a reason, and the clerk reads it", async () => {
    const mine = await at(clerk);
    await mine.step("开始办理");
    await mine.step("提交核查", "已清运");
    const theirs = await at(force);
    await theirs.step("退回", "还有一堆没有清");
    await clerk.sees("还有一堆没有清");
    await clerk.picture("returned");
    expect(await task()).toMatchObject({ state: "underway", returned: { reason: "还有一堆没有清" } });
  });

  test("a due day is moved by who verifies, with a reason, and the clerk sees the new one", async () => {
    const theirs = await at(force);
    await theirs.redate("2025-11-20", "雨季停工");
    await (await at(clerk)).factBecomes("期限", "2025-11-20");
    expect((await task()).due).toBe("2025-11-20");
  });

  test("a step that somebody else took meanwhile is refused in the dialog, and gone when the dialog is left", async () => {
    const mine = await at(clerk);
    const dialog = await mine.askStep("提交核查");
    const { id: taskId, version } = await task();
    await force.write([{ op: "task", task: taskId, base: version, step: "submit" }]);
    await mine.stateBecomes("待核查");
    await dialog.getByRole("button", { name: "提交核查", exact: true }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByRole("button", { name: "先不" }).click();
    expect(await clerk.page.getByText(/项待发|项没有发出/).count()).toBe(0);
    expect((await task()).state).toBe("review");
    expect(clerk.complaints(/409|412|422/)).toEqual([]);
  });
});
