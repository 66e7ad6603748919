import type { Locator } from "playwright-core";
import type { Person } from "./driver.ts";

/** 待发箱: beside 撤销记录 in the editor, and the full list behind the bar. */
export class Outbox {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  get #panel(): Locator {
    return this.#person.page.getByRole("region", { name: "待发箱" });
  }
  get #list(): Locator {
    return this.#person.page.getByRole("dialog", { name: "待发箱" });
  }

  /** The rows beside 撤销记录, as they read. */
  async rows(): Promise<string[]> {
    return this.#panel.locator(".outbox-row").allInnerTexts();
  }

  /** What the bar says: 3 项待发. */
  async button(): Promise<string | null> {
    const button = this.#person.page.locator(".outbox-button");
    return (await button.count()) === 0 ? null : button.innerText();
  }

  /** What stands on the map and waits, as it is read out: 待发：一处，图形改过. */
  async marks(): Promise<string[]> {
    const marks = this.#person.page.locator(".unsent-mark");
    return (await marks.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""))).sort();
  }

  async openMark(name: string): Promise<void> {
    await this.#person.page.getByRole("button", { name: new RegExp(name) }).click();
  }

  async openList(): Promise<void> {
    await this.#person.page.locator(".outbox-button").click();
    await this.#list.waitFor();
  }

  async listed(): Promise<string[]> {
    return this.#list.locator(".outbox-item").allInnerTexts();
  }

  async press(name: string): Promise<void> {
    await this.#list.getByRole("button", { name, exact: true }).first().click();
  }

  async closeList(): Promise<void> {
    await this.#list.getByRole("button", { name: "关闭待发箱" }).click();
    await this.#list.waitFor({ state: "hidden" });
  }
}
