import type { CDPSession, Locator, Page } from "playwright-core";

/** A place on the page, px. */
export type Spot = readonly [x: number, y: number];

/** A mouse, a finger or a keyboard on the sheet of the editor. */
export class Hand {
  readonly #page: Page;
  #touch: CDPSession | null = null;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The middle of something that is shown. */
  async spotOf(what: Locator): Promise<Spot> {
    const box = await what.boundingBox();
    if (!box) throw new Error("it is not in sight");
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  async click(...spots: readonly Spot[]): Promise<void> {
    for (const [x, y] of spots) {
      await this.#page.mouse.move(x, y);
      await this.#page.mouse.click(x, y);
    }
  }

  /** With the key held from before the first move until after the last. */
  async drag(from: Spot, to: Spot, holding?: "Alt"): Promise<void> {
    await this.#page.mouse.move(...from);
    await this.#page.mouse.down();
    if (holding) await this.#page.keyboard.down(holding);
    await this.#page.mouse.move(...to, { steps: 6 });
    await this.#page.mouse.up();
    if (holding) await this.#page.keyboard.up(holding);
  }

  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async tap(...spots: readonly Spot[]): Promise<void> {
    for (const [x, y] of spots) await this.#page.touchscreen.tap(x, y);
  }

  /** One finger down, along a straight line, and up: as the browser hears it from a screen. */
  async swipe([x0, y0]: Spot, [x1, y1]: Spot): Promise<void> {
    this.#touch ??= await this.#page.context().newCDPSession(this.#page);
    const steps = 6;
    await this.#touch.send("Input.dispatchTouchEvent", {
      type: "touchStart",
      touchPoints: [{ x: x0, y: y0 }],
    });
    for (let k = 1; k <= steps; k++)
      await this.#touch.send("Input.dispatchTouchEvent", {
        type: "touchMove",
        touchPoints: [{ x: x0 + ((x1 - x0) * k) / steps, y: y0 + ((y1 - y0) * k) / steps }],
      });
    await this.#touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
}
