import type { Locator } from "playwright-core";
import type { Person } from "./driver.ts";

/** What is kept of one place, in the detail panel: pictures and history; and the area's changes in the list. */
export class Record {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  get #page() {
    return this.#person.page;
  }

  get #panel(): Locator {
    return this.#page.locator(".detail");
  }

  async open(feature: number): Promise<void> {
    await this.#person.open(`/?layers=weak_area&sel=${feature}`);
    await this.shown();
  }

  async shown(): Promise<void> {
    await this.#panel.getByRole("heading", { level: 2 }).waitFor();
  }

  async turnTo(tab: "概况" | "证据" | "历史"): Promise<void> {
    await this.#panel.getByRole("tab", { name: new RegExp(tab) }).click();
  }

  /** Hands in a picture for one side, as from a folder. */
  async handIn(side: "整治前" | "整治后", picture: Buffer): Promise<void> {
    const box = this.#panel.getByLabel(new RegExp(`[补加]${side}`));
    await box.setInputFiles({ name: `${side}.jpg`, mimeType: "image/jpeg", buffer: picture });
  }

  /** Pictures that stand in the strip, as their labels read. */
  async pictures(): Promise<string[]> {
    return this.#panel.locator(".evidence .evidence-thumb .evidence-label").allInnerTexts();
  }

  /** What stands below the strip about pictures from elsewhere. */
  async doubts(): Promise<string[]> {
    return this.#panel.locator("p.evidence-note").allInnerTexts();
  }

  /** Opens a picture large: with the other side there is a line between them. */
  async enlarge(label: string): Promise<void> {
    await this.#panel.locator(".evidence .evidence-thumb", { hasText: label }).click();
    await this.#dialog.waitFor();
  }

  get #dialog(): Locator {
    return this.#page.getByRole("dialog");
  }

  /** How much of the picture before is to be seen: the share of the width. */
  async share(): Promise<string> {
    return (await this.#dialog.getByLabel("整治前后的分界").getAttribute("aria-valuetext")) ?? "";
  }

  async slide(...keys: readonly string[]): Promise<void> {
    const line = this.#dialog.getByLabel("整治前后的分界");
    await line.focus();
    for (const key of keys) await line.press(key);
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.#dialog.waitFor({ state: "hidden" });
  }

  /** Lines of the history as they read, newest first. */
  async story(): Promise<string[]> {
    return this.#panel.locator(".story li").allInnerTexts();
  }

  /** Brings back the oldest version that can be brought back. */
  async restoreOldest(reason: string): Promise<void> {
    await this.#panel.getByRole("button", { name: "恢复到这一版" }).last().click();
    await this.#dialog.getByLabel("理由").fill(reason);
    await this.#dialog.getByRole("button", { name: /^恢\s*复$/ }).click();
    await this.#dialog.waitFor({ state: "hidden" });
  }

  /** Takes back changesets of 改动记录, after reading what would change. */
  async revert(seqs: readonly number[], reason: string): Promise<string> {
    await this.#page.getByRole("button", { name: "改动记录" }).click();
    for (const seq of seqs)
      await this.#page.getByRole("checkbox", { name: `选上变更 ${seq}`, exact: true }).check();
    await this.#page.getByRole("button", { name: /预览并撤回/ }).click();
    const list = this.#dialog.locator(".revert-list");
    await list.waitFor();
    const told = await list.innerText();
    await this.#dialog.getByLabel("撤回的理由").fill(reason);
    await this.#dialog.getByRole("button", { name: /^撤\s*回$/ }).click();
    await this.#dialog.waitFor({ state: "hidden" });
    return told;
  }
}
