import type { Locator } from "playwright-core";
import type { Person } from "./driver.ts";

/** What the product said to a save: the new version and when the acknowledgement came, ms. */
export interface Acknowledged {
  readonly version: number;
  readonly at: number;
}

/** The editor: /edit?feature=. */
export class EditingTable {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
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
    const [x, y] = await this.vertexAt(number);
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.down();
    // Alt: no snapping, so that the shape does not depend on the neighbours.
    await this.#page.keyboard.down("Alt");
    await this.#page.mouse.move(x + by[0], y + by[1], { steps: 6 });
    await this.#page.mouse.up();
    await this.#page.keyboard.up("Alt");
  }

  /** Where one vertex stands, px of the page. */
  async vertexAt(number: number): Promise<readonly [number, number]> {
    const box = await this.#vertex(number).boundingBox();
    if (!box) throw new Error(`vertex ${number} is not in sight`);
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  /** Moves one vertex with the arrow keys. */
  async nudgeVertex(number: number, ...keys: readonly string[]): Promise<void> {
    await this.#vertex(number).focus();
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  #vertex(number: number): Locator {
    return this.#page.getByRole("button", { name: new RegExp(`^顶点 ${number}，`) });
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

  async maySave(): Promise<boolean> {
    return this.#dialog.getByRole("button", { name: /^合并并保存/ }).isEnabled();
  }

  async save(): Promise<void> {
    await this.#dialog.getByRole("button", { name: /^合并并保存/ }).click();
    await this.#dialog.waitFor({ state: "hidden" });
  }
}
