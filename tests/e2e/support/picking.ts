import type { Locator } from "playwright-core";
import type { Person } from "./driver.ts";

/** Choosing several places and changing them together, on the map page. */
export class Picking {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
  }

  get #page() {
    return this.person.page;
  }

  get #bar(): Locator {
    return this.#page.getByRole("region", { name: "选择" });
  }

  get #bulk(): Locator {
    return this.#page.getByRole("complementary", { name: "批量修改" });
  }

  /** Draws a box over the middle of the sheet with a tool, or with Shift held. */
  async box(
    from: readonly [number, number],
    to: readonly [number, number],
    tool: "框选" | "Shift",
  ): Promise<void> {
    const { mouse, keyboard } = this.#page;
    if (tool === "框选") await this.#page.getByRole("button", { name: "选择", exact: true }).click();
    else {
      await mouse.move(...from);
      await keyboard.down("Shift");
    }
    const overlay = this.#page.getByRole("img", { name: /^框选/ });
    // A hand trembles: the page learns from it that Shift is held, if it was not there yet when the key went down.
    for (let px = 1; (await overlay.count()) === 0 && px < 600; px++) {
      await mouse.move(from[0] + (px % 2), from[1]);
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await overlay.waitFor();
    await this.#drag([from, to]);
    if (tool === "Shift") await keyboard.up("Shift");
  }

  async useLasso(): Promise<void> {
    await this.#bar.getByRole("button", { name: "套索" }).click();
    await this.#page.getByRole("img", { name: /^套索/ }).waitFor();
  }

  /** Draws with the tool that is on. */
  draw(path: readonly (readonly [number, number])[]): Promise<void> {
    return this.#drag(path);
  }

  async #drag([first, ...rest]: readonly (readonly [number, number])[]): Promise<void> {
    await this.#page.mouse.move(...first!);
    await this.#page.mouse.down();
    for (const spot of rest) await this.#page.mouse.move(...spot, { steps: 5 });
    await this.#page.mouse.up();
  }

  async takeOut(): Promise<void> {
    await this.#bar.getByRole("button", { name: "去掉圈到的" }).click();
  }

  /** 已选 N 处; 0 while nothing is chosen. */
  async count(): Promise<number> {
    const status = this.#bar.getByRole("status");
    return (await status.count()) === 0
      ? 0
      : Number((await status.locator("b").innerText()).replaceAll(",", ""));
  }

  async clear(): Promise<void> {
    await this.#bar.getByRole("button", { name: "清空" }).click();
  }

  /** Takes up the tools when nothing is chosen yet. */
  async begin(): Promise<void> {
    await this.#page.getByRole("button", { name: "选择", exact: true }).click();
  }

  async allOfFilter(): Promise<void> {
    await this.#bar.getByRole("button", { name: "全选符合筛选的" }).click();
  }

  /** Numbers of what is chosen, as the list shows it checked. */
  async ids(): Promise<number[]> {
    const opened = this.#page.getByRole("region", { name: "列表" }).getByRole("button", { name: /^列表/ });
    const wasOpen = (await opened.getAttribute("aria-expanded")) === "true";
    if (!wasOpen) await opened.click();
    await this.#page.getByRole("table", { name: "点位" }).waitFor();
    // The list shows what is late first; it is scrolled until a checked row comes.
    const checked = this.#page.locator("tr:has(input:checked)");
    const body = this.#page.locator(".list-body");
    for (let top = 0; (await checked.count()) === 0; top += 300) {
      await body.evaluate((element, to) => element.scrollTo({ top: to }), top);
      await this.#page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      if (top > 40_000) throw new Error("nothing in the list is checked");
    }
    const ids = await checked.evaluateAll((rows) => rows.map((row) => Number(row.id.replace("list-", ""))));
    if (!wasOpen) await opened.click();
    return ids;
  }

  async mayBulk(): Promise<boolean> {
    return this.#bar.getByRole("button", { name: "批量修改" }).isEnabled();
  }

  /** Opens 批量修改 and waits until the places are read. */
  async openBulk(): Promise<void> {
    await this.#bar.getByRole("button", { name: "批量修改" }).click();
    await this.#bulk.getByLabel("要改的字段").waitFor();
  }

  async fill(field: string, text: string): Promise<void> {
    await this.#bulk.getByLabel("要改的字段").selectOption({ label: field });
    await this.#bulk.getByLabel(field, { exact: true }).fill(text);
  }

  /** What stands in a field of the open form. */
  async filled(field: string): Promise<string> {
    return this.#bulk.getByLabel(field, { exact: true }).inputValue({ timeout: 1000 });
  }

  /** The same after a reload: what an editor needs comes when a hand is on the page. */
  async back(field: string): Promise<string> {
    await this.#page.mouse.move(640, 300);
    await this.#page.mouse.move(642, 302);
    return this.filled(field).catch(() => "");
  }

  /** Is this text on the browser's disk, in a form that is not sent? */
  async isKept(text: string): Promise<boolean> {
    return this.#page.evaluate(
      (typed) =>
        new Promise<boolean>((done) => {
          const opened = indexedDB.open("guatu-drafts");
          opened.onsuccess = () => {
            const all = opened.result.transaction("drafts").objectStore("drafts").getAll();
            all.onsuccess = () => done(JSON.stringify(all.result).includes(typed));
          };
        }),
      text,
    );
  }

  /** Asks for the preview where nobody answers; gives what the foot says. */
  async unjudged(): Promise<string> {
    await this.#bulk.getByRole("button", { name: "预览并核对" }).click();
    await this.#bulk.getByText("服务器还没有核对").waitFor();
    return this.#bulk.locator(".bulk-foot").innerText();
  }

  async putAway(): Promise<void> {
    await this.#bulk.getByRole("button", { name: /^先存下这/ }).click();
    await this.#bulk.waitFor({ state: "detached" });
  }

  async closeBulk(): Promise<void> {
    await this.#bulk.getByRole("button", { name: "关闭批量修改" }).click();
  }

  /** Opens 批量修改 and fills one text field. */
  async bulk(field: string, text: string): Promise<void> {
    await this.#bar.getByRole("button", { name: "批量修改" }).click();
    await this.#bulk.getByLabel("要改的字段").selectOption({ label: field });
    await this.#bulk.getByLabel(field, { exact: true }).fill(text);
  }

  /** Asks the server; how many would change and the whole preview. */
  async preview(): Promise<{ changing: number; text: string }> {
    await this.#bulk.getByRole("button", { name: "预览并核对" }).click();
    await this.#bulk.getByText("服务器已核对").waitFor();
    const changing = Number(await this.#bulk.getByRole("status").locator("b").innerText());
    return { changing, text: await this.#bulk.innerText() };
  }

  async write(): Promise<void> {
    await this.#bulk.getByRole("button", { name: /^改这/ }).click();
    await this.#bulk.waitFor({ state: "detached" });
  }

  /** 移动: drags by px; with nudges it goes on by those and saves. Gives what the bar says. */
  async move(by: readonly [number, number], ...nudges: readonly string[]): Promise<string> {
    await this.#bar.getByRole("button", { name: "移动" }).click();
    await this.#page.locator(".move-layer :is(circle, path)").first().waitFor();
    const bar = this.#page.getByRole("region", { name: "移动", exact: true });
    await this.#drag([
      [700, 260],
      [700 + by[0], 260 + by[1]],
    ]);
    for (const key of nudges) await this.#page.keyboard.press(key);
    const save = bar.getByRole("button", { name: /^保存 \d+ 处的移动/ });
    await save.waitFor();
    const told = await bar.innerText();
    if (nudges.length > 0) await save.click();
    return told;
  }

  async leaveMove(): Promise<void> {
    await this.#page.getByRole("button", { name: "不移了" }).click();
  }

  /** Name of the step that 撤销 would take back; waits for it. */
  async undoable(name: RegExp): Promise<void> {
    await this.#page.getByRole("button", { name: new RegExp(`^撤销 ${name.source}`) }).waitFor();
  }

  /** What 撤销 and 重做 told last. */
  async told(text: RegExp): Promise<string> {
    const told = this.#page.locator(".deeds-told").filter({ hasText: text });
    await told.waitFor();
    return told.innerText();
  }
}

/** The same in the hand, by touch. */
export class HandPicking {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
  }

  get #page() {
    return this.person.page;
  }

  async begin(): Promise<void> {
    await this.#page.getByRole("button", { name: "多选" }).tap();
  }

  /** Chooses one row for each name and waits for the count. */
  async tap(...names: readonly string[]): Promise<void> {
    for (const name of names)
      await this.#page.locator(".tasks-list .task-row", { hasText: name }).first().tap();
    await this.#page.getByRole("region", { name: "选择" }).getByText(`已选 ${names.length} 处`).waitFor();
  }

  /** Changes one text field of all of them. */
  async bulk(field: string, text: string): Promise<void> {
    await this.#page.getByRole("button", { name: "批量修改" }).tap();
    const panel = this.#page.getByRole("complementary", { name: "批量修改" });
    await panel.getByLabel("要改的字段").selectOption({ label: field });
    await panel.getByLabel(field, { exact: true }).fill(text);
    await panel.getByRole("button", { name: "预览并核对" }).tap();
    await panel.getByText("服务器已核对").waitFor();
    await panel.getByRole("button", { name: /^改这/ }).tap();
    await panel.waitFor({ state: "detached" });
  }

  async undo(): Promise<void> {
    await this.#page.getByRole("button", { name: /^撤销 / }).tap();
    await this.person.sees(/^已撤销/);
  }
}
