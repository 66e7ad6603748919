import type { Locator } from "playwright-core";
import type { Person } from "./driver.ts";

/** 表格编辑: /table. */
export class Table {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
  }

  get #page() {
    return this.person.page;
  }

  async open(search: string): Promise<void> {
    await this.person.open(`/table?${search}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.#page.locator(".table-row").first().waitFor();
  }

  /** Heads of the columns, without 编号. */
  async heads(): Promise<string[]> {
    const texts = await this.#page.locator(".table-head th").allInnerTexts();
    return texts.slice(1).map((text) => text.split(/\s/)[0] ?? "");
  }

  /** Shows rows in which this stands. */
  async find(text: string): Promise<void> {
    await this.#page.getByRole("searchbox", { name: "在表里找" }).fill(text);
  }

  /** Presses the head of a column: upwards, downwards, as it was. */
  async sortBy(head: string): Promise<void> {
    await this.#page.locator(".table-sort", { hasText: head }).click();
  }

  /** Shows a column or puts it away. */
  async show(head: string, shown: boolean): Promise<void> {
    const box = this.#page.locator(".table-columns");
    await box.locator("summary").click();
    await box.getByRole("checkbox", { name: new RegExp(`^${head}`) }).setChecked(shown);
    await box.locator("summary").click();
  }

  /** Numbers of the rows in sight, in their order. */
  numbers(): Promise<string[]> {
    return this.#page.locator(".table-row th").allInnerTexts();
  }

  #row(number: string): Locator {
    return this.#page.locator(".table-row", {
      has: this.#page.locator("th", { hasText: new RegExp(`^${number}$`) }),
    });
  }

  async #cell(number: string, head: string): Promise<Locator> {
    return this.#row(number)
      .locator("td")
      .nth((await this.heads()).indexOf(head));
  }

  async read(number: string, head: string): Promise<string> {
    return (await this.#cell(number, head)).innerText();
  }

  /** 改过, 有错, and what the pointer is told there. */
  async mood(number: string, head: string): Promise<{ entered: boolean; fault: boolean; told: string }> {
    const cell = await this.#cell(number, head);
    return {
      entered: (await cell.getAttribute("data-entered")) !== null,
      fault: (await cell.getAttribute("data-fault")) !== null,
      told: (await cell.getAttribute("title")) ?? "",
    };
  }

  async goTo(number: string, head: string): Promise<void> {
    // The input lies over the active cell: a person clicks at the place, not at the element.
    const cell = await this.#cell(number, head);
    await cell.scrollIntoViewIfNeeded();
    const box = (await cell.boundingBox())!;
    await this.#page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Ctrl+V of what Excel would have on the clipboard. */
  async paste(text: string): Promise<void> {
    await this.#page.locator(".table-input").evaluate((input, plain) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", plain);
      clipboardData.setData("text/html", `<table><tr><td>${plain}</td></tr></table>`);
      input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Ctrl+C. */
  async copy(): Promise<string> {
    return this.#page.locator(".table-input").evaluate((input) => {
      const clipboardData = new DataTransfer();
      input.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
      return clipboardData.getData("text/plain");
    });
  }

  /** Is what was entered on the disk of this browser? */
  async kept(): Promise<boolean> {
    return this.#page.evaluate(
      () =>
        new Promise<boolean>((done) => {
          const request = indexedDB.open("guatu-tables");
          request.onsuccess = () => {
            const db = request.result;
            const count = db.transaction("tables").objectStore("tables").count();
            count.onsuccess = () => {
              db.close();
              done(count.result > 0);
            };
          };
          request.onerror = () => done(false);
        }),
    );
  }

  /** How many changes 保存 speaks of. */
  async pending(): Promise<number> {
    const text = await this.#page.getByRole("button", { name: /^保存 [\d,]+ 项改动/ }).innerText();
    return Number(text.replace(/\D/g, ""));
  }

  async maySave(): Promise<boolean> {
    return this.#page.getByRole("button", { name: /^保存 [\d,]+ 项改动/ }).isEnabled();
  }

  /** 保存: what the preview says. */
  async preview(): Promise<string> {
    await this.press("Control+s");
    const dialog = this.#page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^写入这/ }).waitFor();
    return dialog.innerText();
  }

  async write(): Promise<void> {
    await this.#page.getByRole("button", { name: /^写入这/ }).click();
    await this.person.sees(/已保存 \d+ 处/);
  }

  /** The sentence about a cell that a colleague changed too. */
  async clash(): Promise<string> {
    return this.#page.locator(".table-clashes li").first().innerText();
  }

  /** Settles the first such cell. */
  async choose(side: "用我的" | "用对方的"): Promise<void> {
    await this.#page.locator(".table-clashes li").first().getByRole("button", { name: side }).click();
  }

  async takeBack(): Promise<void> {
    await this.#page.getByRole("button", { name: /^撤销 / }).click();
  }
}
