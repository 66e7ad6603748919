import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { defaultLayers } from "#web/map/search-params.ts";
import type { Person } from "./driver.ts";

export type Chip = "镇街" | "专项行动" | "状态" | "牵头单位" | "期限" | "目标任务";

/** The map page on a desk: layers, filters, search, list, detail, day. */
export class Desk {
  readonly person: Person;
  readonly detail: Detail;

  constructor(person: Person) {
    this.person = person;
    this.detail = new Detail(person);
  }

  get #page() {
    return this.person.page;
  }

  /** Waits for a drawn map, its counts and its list. */
  async ready(): Promise<void> {
    await this.#page.getByText("符合").waitFor();
    await this.person.mapDrawn();
  }

  get #tree(): Locator {
    return this.#page.getByRole("region", { name: "图层" });
  }

  /** Opens every campaign of the tree that has layers. */
  async unfoldLayers(): Promise<void> {
    const closed = this.#tree.locator(".tree-group[aria-expanded=false]");
    while ((await closed.count()) > 0) await closed.first().click();
  }

  /** The number that stands beside each layer, by name. */
  async layerCounts(): Promise<Record<string, number>> {
    const rows = await this.#tree.locator(".tree-name").all();
    const pairs = rows.map(async (row) => {
      const [name, count] = await row
        .locator(":scope > span")
        .allInnerTexts()
        .then((texts) => [texts[0], texts.at(-1)]);
      return [name ?? "", toNumber(count ?? "")] as const;
    });
    return Object.fromEntries(await Promise.all(pairs));
  }

  /** Ids of the layers the address asks for, or the first ones. */
  shownLayers(): readonly string[] {
    return this.person.address().searchParams.get("layers")?.split(",") ?? defaultLayers;
  }

  /** Adds one value to a filter. */
  async filter(chip: Chip, value: string): Promise<void> {
    await this.#page.getByRole("button", { name: "筛选", exact: true }).click();
    await this.#page.getByRole("tab", { name: new RegExp(`^${chip}`) }).click();
    await this.#page
      .getByRole("group", { name: chip })
      .getByRole("checkbox", { name: value, exact: true })
      .check();
    await this.#page.keyboard.press("Escape");
    await this.#page.getByRole("tablist", { name: "筛选项" }).waitFor({ state: "hidden" });
  }

  /** Every chip that is set, as it reads. */
  async chips(): Promise<string[]> {
    return this.#page.locator(".chip-value").allInnerTexts();
  }

  async reset(): Promise<void> {
    await this.#page.getByRole("button", { name: "重置" }).click();
  }

  /** 符合 N 处. */
  async matching(): Promise<number> {
    return toNumber(await this.#page.locator(".chips-count b").first().innerText());
  }

  /** Types into the one search box and waits for its answers: titles in order. */
  async search(text: string): Promise<string[]> {
    const box = this.#page.getByRole("combobox", { name: /搜索/ });
    await box.fill(text);
    const answered = this.#page.locator("[role=listbox][aria-busy=false]");
    const hits = answered.getByRole("option");
    await hits.first().waitFor();
    return hits.locator(".search-title").allInnerTexts();
  }

  async chooseHit(title: string): Promise<void> {
    await this.#page.getByRole("listbox", { name: "搜索结果" }).getByText(title).click();
  }

  async judgedBy(known: "按当时所知" | "按现在所知"): Promise<void> {
    await this.#page.getByText(known, { exact: true }).click();
  }

  /** The bar's sentence while the past is looked at; null today. */
  async past(): Promise<string | null> {
    const note = this.#page.locator(".bar-past > span");
    return (await note.count()) === 0 ? null : note.innerText();
  }

  async openList(): Promise<void> {
    const handle = this.#list.getByRole("button", { name: /^列表/ });
    if ((await handle.getAttribute("aria-expanded")) !== "true") await handle.click();
    await this.#list.getByRole("table", { name: "点位" }).waitFor();
  }

  get #list(): Locator {
    return this.#page.getByRole("region", { name: "列表" });
  }

  /** Counts by light as the list's handle tells them: `{ 完成: 10, 预警: 1 }`. */
  async lights(): Promise<Record<string, number>> {
    const parts = await this.#list.locator(".list-counts > span").all();
    const pairs = parts.map(async (part) => {
      const name = await part.locator("span").last().innerText();
      return [name.trim(), toNumber(await part.locator("b").innerText())] as const;
    });
    return Object.fromEntries((await Promise.all(pairs)).filter(([, n]) => n > 0));
  }

  /** The rows in sight: cells as they read, without the check box of who may choose. */
  async rows(): Promise<string[][]> {
    const rows = await this.#list.locator("tbody tr").all();
    return Promise.all(
      rows.map(async (row) =>
        (await row.locator("td:not(.list-check)").allInnerTexts()).map((cell) => cell.trim()),
      ),
    );
  }

  /** Puts the focus on the first row, as Tab would from the heads of the table. */
  async focusList(): Promise<void> {
    await this.#list.getByRole("columnheader").getByRole("button").last().focus();
    await this.#page.keyboard.press("Tab");
  }

  /** Name in the row that has the focus. */
  async focusedRow(): Promise<string> {
    return this.#list.locator("tr:focus td:not(.list-check)").nth(1).innerText();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Moves the pointer to a place and reads the name the map shows there; null where there is nothing. */
  async nameAt(place: readonly [number, number]): Promise<string | null> {
    const [x, y] = await this.#pixel(place);
    // The map answers to movement: a pointer that already rests there says nothing.
    await this.#page.mouse.move(x + 40, y + 40);
    await this.#page.mouse.move(x, y, { steps: 2 });
    await this.#page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const name = this.#page.locator(".hover-name");
    return (await name.count()) === 0 ? null : name.innerText();
  }

  async clickAt(place: readonly [number, number]): Promise<void> {
    const [x, y] = await this.#pixel(place);
    await this.#page.mouse.click(x, y);
  }

  /** Web Mercator by hand: the address says what stands in the middle of the free sheet, the map says where that is. */
  async #pixel([lon, lat]: readonly [number, number]): Promise<[number, number]> {
    await this.person.mapDrawn();
    const canvas = this.#page.locator("[data-map-idle]");
    const box = (await canvas.boundingBox())!;
    const [mx = 0, my = 0] = (await canvas.getAttribute("data-map-middle"))!.split(",").map(Number);
    const [clon = 0, clat = 0, zoom = 0] = this.person
      .address()
      .searchParams.get("v")!
      .split(",")
      .map(Number);
    const world = 512 * 2 ** zoom;
    const y = (phi: number) =>
      (0.5 - Math.log(Math.tan(Math.PI / 4 + (phi * Math.PI) / 360)) / (2 * Math.PI)) * world;
    return [box.x + mx + ((lon - clon) / 360) * world, box.y + my + y(lat) - y(clat)];
  }
}

/** The detail panel, on a desk or in the sheet of a phone. */
export class Detail {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  get #root(): Locator {
    return this.#person.page.locator(".detail");
  }

  async title(): Promise<string> {
    return this.#root.getByRole("heading", { level: 2 }).innerText();
  }

  /** 完成, 预警 … with days, as the card says it. */
  async light(): Promise<string> {
    return this.#root.locator(".light-line").innerText();
  }

  /** The one sentence under the light. */
  async reason(): Promise<string> {
    return this.#root.locator(".light-card > p").innerText();
  }

  /** The rule behind it, opened by 为什么. */
  async rule(): Promise<string> {
    const why = this.#root.getByRole("button", { name: "为什么" });
    if ((await why.getAttribute("aria-expanded")) !== "true") await why.click();
    return this.#root.locator(".light-rule").innerText();
  }

  /** The value beside a label; null when the panel does not show that label. */
  async fact(label: string): Promise<string | null> {
    const term = this.#root.locator("dt", { hasText: new RegExp(`^${label}$`) });
    if ((await term.count()) === 0) return null;
    return term.first().locator("xpath=following-sibling::dd").innerText();
  }

  /** Waits until a fact reads so; gives the moment, ms. */
  async factBecomes(label: string, value: string): Promise<number> {
    await this.#root
      .locator("dl > div", { has: this.#person.page.locator("dt", { hasText: new RegExp(`^${label}$`) }) })
      .filter({ hasText: value })
      .waitFor();
    return Date.now();
  }

  /** Takes a step of the flow; a reason where one is wanted. */
  async step(name: string, reason = ""): Promise<void> {
    const dialog = await this.askStep(name);
    if (reason) await dialog.getByRole("textbox").fill(reason);
    await dialog.getByRole("button", { name, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Opens the dialog of a step. */
  async askStep(name: string): Promise<Locator> {
    await this.#root.getByRole("tab", { name: /^概况/ }).click();
    await this.#root.getByRole("button", { name, exact: true }).click();
    return this.#person.page.getByRole("dialog", { name });
  }

  /** Waits until the flow stands at a state. */
  async stateBecomes(state: string): Promise<void> {
    await this.#root.locator(".flow [aria-current=step]", { hasText: state }).waitFor();
  }

  /** 改期限: the day is `yyyy-mm-dd`. */
  async redate(day: string, reason: string): Promise<void> {
    await this.#root.getByRole("button", { name: "改期限" }).click();
    const dialog = this.#person.page.getByRole("dialog", { name: "改期限" });
    await dialog.getByLabel("新期限").fill(day);
    const send = dialog.getByRole("button", { name: "改期限", exact: true });
    expect(await send.isDisabled()).toBe(true);
    await dialog.getByLabel("原因（必填）").fill(reason);
    await send.click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Picks a file as evidence, by mouse. */
  async addPhoto(phase: "整治前" | "整治后", file: Buffer): Promise<void> {
    await this.#root.getByRole("tab", { name: /^证据/ }).click();
    await this.#root
      .locator(".evidence-slot", { hasText: phase })
      .first()
      .locator("input[type=file]")
      .setInputFiles({ name: "IMG_2207.jpg", mimeType: "image/jpeg", buffer: file });
  }

  /** Town and size. */
  async place(): Promise<string> {
    return this.#root.locator(".detail-place").innerText();
  }

  /** Units and lines of the history, newest first. */
  async history(): Promise<string[]> {
    await this.#root.getByRole("tab", { name: /历史/ }).click();
    await this.#root.locator(".story li").first().waitFor();
    return this.#root.locator(".story li").allInnerTexts();
  }

  /** May 编辑 be pressed? Otherwise the reason its tooltip gives. */
  async whyNotEdit(): Promise<string | null> {
    const button = this.#root.getByRole("button", { name: "编辑" });
    if ((await button.count()) === 0) return null;
    await button.hover();
    return this.#person.page.getByRole("tooltip").innerText();
  }

  async edit(): Promise<void> {
    await this.#root.getByRole("link", { name: "编辑" }).click();
  }
}

const toNumber = (text: string): number => Number(text.replace(/[^\d.]/g, "") || Number.NaN);
