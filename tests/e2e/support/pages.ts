import type { Person } from "./driver.ts";

/** The sign-in page. */
export class SignInPage {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Waits for the demo's roles. */
  async ready(): Promise<void> {
    await this.#person.page.getByRole("region", { name: "演示账号" }).waitFor();
  }

  async roles(): Promise<string[]> {
    return this.#person.page.getByRole("region", { name: "演示账号" }).getByRole("button").allInnerTexts();
  }

  async enterAs(role: string): Promise<void> {
    await this.#person.page.getByRole("button", { name: role, exact: true }).click();
  }

  async enter(account: string, password: string): Promise<void> {
    await this.#person.page.getByLabel("账号", { exact: true }).fill(account);
    await this.#person.page.getByLabel("口令", { exact: true }).fill(password);
    await this.#person.page.getByRole("button", { name: "登录", exact: true }).click();
  }

  async refusal(): Promise<string> {
    return this.#person.page.getByRole("alert").innerText();
  }

  async signedInAs(unit: string): Promise<void> {
    await this.#person.page.getByRole("button", { name: new RegExp(`^账号：\\s*${unit}`) }).waitFor();
  }
}

/** 任务: the twenty targets and their metrics. */
export class ProgrammePage {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  async open(): Promise<void> {
    await this.#person.open("/programme");
    await this.#person.page.getByRole("list", { name: "二十项目标任务" }).waitFor();
  }

  async conclusion(): Promise<string> {
    return this.#person.page.getByRole("heading", { level: 1 }).innerText();
  }

  /** Target numbers by light: `{ 滞后: [7, 12, 19], … }`. */
  async lights(): Promise<Record<string, number[]>> {
    const tiles = this.#person.page.getByRole("list", { name: "二十项目标任务" }).getByRole("button");
    const found: Record<string, number[]> = {};
    for (const tile of await tiles.all()) {
      const [, no = "", light = ""] =
        /任务 (\d+)，(.+)/.exec((await tile.getAttribute("aria-label")) ?? "") ?? [];
      found[light] = [...(found[light] ?? []), Number(no)];
    }
    return found;
  }

  /** One metric's line: code, name, value, goal, due, light and why. */
  async metric(code: string): Promise<string> {
    return this.#metric(code).locator(".metric-line").innerText();
  }

  /** Goes from a metric to the features behind it. */
  async showOnMap(code: string): Promise<void> {
    await this.#metric(code)
      .getByRole("link", { name: /^看地图/ })
      .click();
  }

  #metric(code: string) {
    return this.#person.page.locator(`[id="metric-${code}"]`);
  }
}

/** 大屏. */
export class WallPage {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  async open(): Promise<void> {
    await this.#person.open("/screen");
    await this.#person.page.getByRole("list", { name: "关键数" }).waitFor();
  }

  async title(): Promise<string> {
    return this.#person.page.getByRole("heading", { level: 1 }).innerText();
  }

  /** The twenty targets by light: `{ 完成: 1, 正常: 10, … }`. */
  async counts(): Promise<Record<string, number>> {
    const items = await this.#person.page
      .getByRole("list", { name: "目标任务" })
      .getByRole("listitem")
      .allInnerTexts();
    return Object.fromEntries(
      items.map((item) => {
        const [count = "", name = ""] = item.split(/\s+/);
        return [name, Number(count)];
      }),
    );
  }

  async kpis(): Promise<string[]> {
    return this.#person.page.getByRole("list", { name: "关键数" }).getByRole("listitem").allInnerTexts();
  }

  async campaigns(): Promise<number> {
    return this.#person.page.getByRole("list", { name: "十大专项行动" }).getByRole("listitem").count();
  }

  async towns(): Promise<string[]> {
    return this.#person.page
      .getByRole("region", { name: "镇街亮灯" })
      .locator(".wall-town-name")
      .allInnerTexts();
  }

  /** Waits until the wall says that its data stand still, or no more. */
  async standsStill(still: boolean): Promise<void> {
    await this.#person.page
      .getByText("数据停在")
      .first()
      .waitFor({ state: still ? "visible" : "detached" });
  }

  /** Is every part of the stage on the screen? The boxes that hang over its edge. */
  async overhanging(): Promise<string[]> {
    return this.#person.page.evaluate(() =>
      [...document.querySelectorAll(".wall-stage > *, .wall-kpi, .wall-town, .wall-campaign, .wall-count")]
        .filter((element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
        })
        .map((element) => element.className),
    );
  }
}
