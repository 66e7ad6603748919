import type { Locator } from "playwright-core";
import type { Person } from "./driver.ts";
import { Hand, type Spot } from "./hand.ts";

/** What the product said to a save: the new version and when the acknowledgement came, ms. */
export interface Acknowledged {
  readonly version: number;
  readonly at: number;
}

/** The editor: /edit?feature=. */
export class EditingTable {
  readonly person: Person;
  readonly hand: Hand;

  constructor(person: Person) {
    this.person = person;
    this.hand = new Hand(person.page);
  }

  get #page() {
    return this.person.page;
  }

  /** Opens one place and waits for its form. */
  async open(feature: number): Promise<void> {
    await this.person.open(`/edit?feature=${feature}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.#panel.waitFor();
    await this.#page.getByLabel("正在编辑的图形").waitFor();
  }

  get #panel(): Locator {
    return this.#page.getByRole("complementary", { name: "属性" });
  }

  #field(label: string): Locator {
    return this.#panel.getByLabel(label, { exact: true });
  }

  async write(label: string, text: string): Promise<void> {
    await this.#field(label).fill(text);
  }

  async read(label: string): Promise<string> {
    return this.#field(label).inputValue();
  }

  async mayWrite(label: string): Promise<boolean> {
    return this.#field(label).isEnabled();
  }

  /** Drags one vertex by px of the sheet. */
  async dragVertex(number: number, by: readonly [number, number]): Promise<void> {
    const [x, y] = await this.spotOfVertex(number);
    // Alt: no snapping, so that the shape does not depend on the neighbours.
    await this.hand.drag([x, y], [x + by[0], y + by[1]], "Alt");
  }

  async spotOfVertex(number: number): Promise<Spot> {
    return this.hand.spotOf(this.#vertex(number).first());
  }

  /** How many vertices are offered. */
  async vertices(): Promise<number> {
    return this.#page.getByRole("button", { name: /^顶点 \d+，/ }).count();
  }

  /** Takes a tool of the rail in hand, or one of 更多. */
  async take(tool: string): Promise<void> {
    const rail = this.#page.getByRole("navigation", { name: "工具" });
    const button = rail.getByRole("button", { name: new RegExp(`^${tool}`) });
    if ((await button.count()) > 0) return button.first().click();
    await rail.getByRole("button", { name: "更多" }).click();
    await rail.getByRole("menuitem", { name: new RegExp(`^${tool}`) }).click();
  }

  /** What 撤销记录 lists, newest first. */
  async steps(): Promise<string[]> {
    return this.#page.locator(".edit-undo li > span:first-child").allInnerTexts();
  }

  /** Waits until a step of this name is the newest. */
  async did(step: RegExp): Promise<void> {
    await this.#page
      .locator(".edit-undo li[aria-current=step] > span:first-child", { hasText: step })
      .waitFor();
  }

  /** The sentence beside the tool in hand, once it reads so. */
  async told(text: RegExp): Promise<string> {
    const bar = this.#page.locator(".edit-draw-bar", { hasText: text });
    await bar.waitFor();
    return bar.innerText();
  }

  /** The fault's callout on the sheet, once it reads so. */
  async fault(text: RegExp): Promise<string> {
    const callout = this.#page.locator(".edit-callout", { hasText: text });
    await callout.waitFor();
    return callout.innerText();
  }

  /** The metres of 缓冲. */
  async setMetres(metres: number): Promise<void> {
    await this.#page.locator(".edit-metres").fill(String(metres));
  }

  /** Types stakes along the first road of the list. */
  async stake(text: string): Promise<void> {
    await this.take("按桩号");
    const roads = this.#page.getByLabel("道路", { exact: true });
    await roads.locator("option").first().waitFor({ state: "attached" });
    await this.#page.getByLabel("桩号", { exact: true }).fill(text);
    await this.hand.keys("Enter");
  }

  /** Turns one entry of the list behind 吸附 on or off, and closes the list. */
  async snapTo(name: string, on: boolean): Promise<void> {
    await this.take("吸附");
    const list = this.#page.getByRole("dialog", { name: "吸附到" });
    await list.getByRole("checkbox", { name, exact: true }).setChecked(on);
    await this.#page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
  }

  /** The foot of the page on snapping, once it reads so. */
  async snapsTo(text: string): Promise<void> {
    await this.#page.locator(".edit-status-snap", { hasText: text }).waitFor();
  }

  /** 4.12 公顷 … as the panel's foot has it: square metres. */
  async size(): Promise<number> {
    const text = await this.#page.locator(".edit-measures dd b").first().innerText();
    return Number(text.replaceAll(",", "")) * 10_000;
  }

  /** Moves one vertex with the arrow keys. */
  async nudgeVertex(number: number, ...keys: readonly string[]): Promise<void> {
    await this.#vertex(number).focus();
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Moves the point with the arrow keys. */
  async nudgePoint(...keys: readonly string[]): Promise<void> {
    await this.#page.getByRole("button", { name: /^点位，方向键移动/ }).focus();
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  #vertex(number: number): Locator {
    return this.#page.getByRole("button", { name: new RegExp(`^顶点 ${number}，`) });
  }

  /** Deletes the place, with the reason. */
  async remove(reason: string): Promise<void> {
    await this.#page.getByRole("button", { name: "删除这一处" }).click();
    await this.#page.getByLabel(/^删除的原因/).fill(reason);
    await this.#page.getByRole("button", { name: "删除", exact: true }).click();
    await this.#page.getByLabel(/^删除的原因/).waitFor({ state: "detached" });
  }

  /** Presses 保存 and waits for the acknowledgement. */
  async save(): Promise<Acknowledged> {
    const [acknowledged] = await Promise.all([this.acknowledged(), this.pressSave()]);
    return acknowledged;
  }

  async pressSave(): Promise<void> {
    await this.#page.getByRole("button", { name: /^保存/ }).click();
  }

  async maySave(): Promise<boolean> {
    return this.#page.getByRole("button", { name: /^保存/ }).isEnabled();
  }

  async acknowledged(): Promise<Acknowledged> {
    const answer = await this.#page.waitForResponse(
      (response) => response.url().endsWith("/api/changes") && response.ok(),
    );
    // The browser's own clock: under load the news of it reaches this process late.
    await answer.finished();
    const { startTime, responseEnd } = answer.request().timing();
    const at = Math.round(startTime + responseEnd);
    const { results } = (await answer.json()) as { results: readonly { version: number }[] };
    return { version: results[0]?.version ?? 0, at };
  }

  /** What the editor said last, once: 已保存 版本 3. */
  async said(text: RegExp): Promise<string> {
    const toast = this.#page.locator(".edit-toast").getByText(text);
    await toast.waitFor();
    return toast.innerText();
  }

  /** What stands above the sheet: drafts, colleagues, refusals. */
  async notice(text: RegExp): Promise<string> {
    const notice = this.#page.locator(".edit-notice", { hasText: text });
    await notice.waitFor();
    return notice.innerText();
  }

  async press(name: string): Promise<void> {
    await this.#page.getByRole("button", { name, exact: true }).click();
  }

  /** Presses Tab until something of this name has the focus. */
  async tabTo(name: string): Promise<void> {
    for (let k = 0; k < 120; k++) {
      await this.hand.keys("Tab");
      const focused = await this.#page.evaluate(() => {
        const { activeElement: at } = document;
        const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : at?.textContent;
        return (label || at?.getAttribute("aria-label") || "").replace("*", "").trim();
      });
      if (focused === name) return;
    }
    throw new Error(`Tab does not come to ${name}`);
  }

  /** Lets go of the box that is being written in. */
  async leaveField(): Promise<void> {
    await this.#page.evaluate(
      () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    );
  }

  async acknowledgedAfter(work: () => Promise<void>): Promise<Acknowledged> {
    const [acknowledged] = await Promise.all([this.acknowledged(), work()]);
    return acknowledged;
  }

  /** In the hand: the sheet is there, the form below it. */
  async readyInHand(): Promise<void> {
    await this.#page.getByLabel("正在编辑的图形").waitFor();
  }

  /** In the hand: waits until the form stands at a stop, 0 the lowest. */
  async sheetAt(stop: 0 | 1 | 2): Promise<void> {
    await this.#page.locator(`.bottom-sheet[data-stop="${stop}"]`).waitFor();
  }

  async tap(name: string): Promise<void> {
    await this.#page
      .getByRole("button", { name: new RegExp(`^${name}`) })
      .first()
      .tap();
  }

  async fillInHand(label: string, text: string): Promise<void> {
    const field = this.#page.getByRole("textbox", { name: new RegExp(`^${label}`) });
    await field.tap();
    await field.fill(text);
  }

  /** Waits until the draft is kept on this machine. */
  async draftKept(): Promise<void> {
    await this.#page.getByText("草稿已存本机").waitFor();
  }

  /** The dialog of two editors in one place, once it is there. */
  async conflict(): Promise<Conflict> {
    const dialog = this.#page.getByRole("dialog", { name: /你编辑时/ });
    await dialog.waitFor();
    return new Conflict(dialog);
  }
}

export class Conflict {
  readonly #dialog: Locator;

  constructor(dialog: Locator) {
    this.#dialog = dialog;
  }

  async title(): Promise<string> {
    return this.#dialog.getByRole("heading", { level: 1 }).innerText();
  }

  async text(): Promise<string> {
    return this.#dialog.innerText();
  }

  /** Takes one side of a field both changed. */
  async choose(side: string, value: string): Promise<void> {
    await this.#dialog.getByRole("radio", { name: `${side}：${value}` }).check();
  }

  async later(): Promise<void> {
    await this.#dialog.getByText("稍后再定").click();
    await this.#dialog.waitFor({ state: "hidden" });
  }

  /** Takes one of the outcomes drawn small, by its name. */
  async chooseShape(label: string): Promise<void> {
    await this.#dialog.locator(".conflict-outcome", { hasText: label }).click();
  }

  async maySave(): Promise<boolean> {
    return this.#dialog.getByRole("button", { name: /^合并并保存/ }).isEnabled();
  }

  async save(): Promise<void> {
    await this.#dialog.getByRole("button", { name: /^合并并保存/ }).click();
    await this.#dialog.waitFor({ state: "hidden" });
  }
}
