import type { Locator } from "playwright-core";
import type { FeatureBody } from "#data/domain/wire/feature.ts";
import type { Person } from "./driver.ts";

/** Px of the window. */
interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The map page in the hand. */
export class PhonePage {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  get #page() {
    return this.#person.page;
  }

  /** Waits for a list with at least one row. */
  async ready(): Promise<void> {
    await this.#page.getByRole("heading", { level: 1 }).waitFor();
    await this.#rows.first().waitFor();
    await this.#person.mapDrawn();
  }

  get #rows(): Locator {
    return this.#page.locator(".tasks-list .task-row");
  }

  async title(): Promise<string> {
    return this.#page.getByRole("heading", { level: 1 }).innerText();
  }

  /** Names, from the top. */
  async list(): Promise<string[]> {
    return this.#rows.locator("b").allInnerTexts();
  }

  /** A row as it reads. */
  async row(name: string): Promise<string> {
    return this.#rows.filter({ hasText: name }).first().innerText();
  }

  /** Metres that the rows say, from the top. */
  async distances(): Promise<number[]> {
    const said = await this.#rows.locator(".task-row-far").allInnerTexts();
    return said.map((text) => {
      const [, figure = "", unit] = /([\d.]+) (米|公里)/.exec(text) ?? [];
      return Number(figure) * (unit === "公里" ? 1000 : 1);
    });
  }

  async choose(name: string): Promise<void> {
    await this.#page.getByRole("tab", { name }).tap();
  }

  async sortByDistance(): Promise<void> {
    await this.#page.getByRole("button", { name: /按距离排|重试/ }).tap();
  }

  async tap(name: string): Promise<void> {
    await this.#rows.filter({ hasText: name }).first().tap();
  }

  async place(): Promise<string> {
    return this.#page.getByRole("heading", { level: 2 }).first().innerText();
  }

  /** The sentence under the photos. */
  async advice(): Promise<string> {
    return this.#page.getByRole("region", { name: "照片" }).getByRole("status").innerText();
  }

  /** The button under the thumb, and the reason on it when it cannot be pressed. */
  async tapMain(name: string): Promise<void> {
    await this.#main.getByText(name, { exact: true }).tap();
  }

  get #main(): Locator {
    return this.#page.locator(".foot-main");
  }

  async main(): Promise<string> {
    return this.#main.innerText();
  }

  async say(choice: string): Promise<void> {
    await this.#page.getByRole("radio", { name: choice, exact: true }).tap();
  }

  async reason(text: string): Promise<void> {
    await this.#page.getByLabel("原因").fill(text);
  }

  /** As if the camera had given it. */
  async photograph(side: string, picture: Buffer): Promise<void> {
    const box = this.#page.getByRole("region", { name: "照片" }).getByLabel(new RegExp(`[拍补]${side}`));
    await box.setInputFiles({ name: "shot.jpg", mimeType: "image/jpeg", buffer: picture });
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  /** Height of the sheet once it rests, px. */
  async sheet(): Promise<number> {
    await this.#rest();
    return (await this.#sheet.boundingBox())?.height ?? 0;
  }

  get #sheet(): Locator {
    return this.#page.locator(".bottom-sheet");
  }

  #rest(): Promise<unknown> {
    return this.#sheet.evaluate((element) =>
      Promise.all(element.getAnimations().map((each) => each.finished)),
    );
  }

  async tapGrip(): Promise<void> {
    await this.#page.locator(".bottom-sheet-grip").tap();
  }

  /** Moves the sheet by a key on its grip. */
  async keyOnGrip(key: string): Promise<void> {
    await this.#page.locator(".bottom-sheet-grip").focus();
    await this.#page.keyboard.press(key);
  }

  /** Drags the grip by px with a finger that does not let go in flight. */
  async dragGrip(by: number): Promise<void> {
    const box = await this.#page.locator(".bottom-sheet-grip").boundingBox();
    if (!box) throw new Error("no grip");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const touch = await this.#person.context.newCDPSession(this.#page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", at: number) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x, y: at }],
      });
    await send("touchStart", y);
    for (let i = 1; i <= 12; i++) await send("touchMove", y + (by * i) / 12);
    await send("touchEnd", y + by);
    await touch.detach();
  }

  /** A finger that rests on the map. */
  async rest(x: number, y: number): Promise<void> {
    const touch = await this.#person.context.newCDPSession(this.#page);
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    await this.#page.getByRole("dialog", { name: "这个位置" }).waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await touch.detach();
  }

  /** Where on the window the whole place is drawn, from the address and the map's middle. */
  async shape(feature: number): Promise<Frame> {
    await this.#person.mapDrawn();
    const { geometry } = await this.#person.ask<FeatureBody>(`/api/features/${feature}`);
    const positions = JSON.stringify(geometry.coordinates)
      .match(/\[-?[\d.]+,-?[\d.]+/g)
      ?.map((pair) => JSON.parse(`${pair}]`) as [number, number]);
    const [lon = 0, lat = 0, zoom = 0] = (this.#person.address().searchParams.get("v") ?? "")
      .split(",")
      .map(Number);
    const middle = await this.#page.locator("[data-map-middle]").getAttribute("data-map-middle");
    const [mx = 0, my = 0] = (middle ?? "").split(",").map(Number);
    const world = 512 * 2 ** zoom;
    const north = (of: number) =>
      (Math.log(Math.tan(Math.PI / 4 + (of * Math.PI) / 360)) / (2 * Math.PI)) * world;
    const xs = (positions ?? []).map(([x]) => mx + ((x - lon) / 360) * world);
    const ys = (positions ?? []).map(([, y]) => my - (north(y) - north(lat)));
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  /** What the sheet and the search box leave of the window. */
  async free(): Promise<Frame> {
    await this.#rest();
    const sheet = await this.#sheet.boundingBox();
    const search = this.#page.locator(".phone-search");
    const top = (await search.isVisible()) ? await search.boundingBox() : null;
    const { width, height } = this.#page.viewportSize() ?? { width: 0, height: 0 };
    if (!sheet) throw new Error("no sheet");
    const below = top ? top.y + top.height : 0;
    // At the side on a lying phone, else from below.
    return sheet.width < width
      ? { left: sheet.width, right: width, top: below, bottom: height }
      : { left: 0, right: width, top: below, bottom: sheet.y };
  }
}
