import type { Locator } from "playwright-core";
import { EditingTable } from "./editing-table.ts";

interface Frame {
  readonly top: number;
  readonly bottom: number;
}

/** The editor in the hand: the same table, worked by fingers. */
export class PhoneTable extends EditingTable {
  get #page() {
    return this.person.page;
  }

  /** Drags one vertex by px with a finger; meanwhile the loupe shows what it hides. */
  async drag(vertex: number, by: readonly [number, number]): Promise<void> {
    const box = await this.#vertex(vertex).boundingBox();
    if (!box) throw new Error(`vertex ${vertex} is not in sight`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const touch = await this.person.context.newCDPSession(this.#page);
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    for (let i = 1; i <= 8; i++)
      await touch.send("Input.dispatchTouchEvent", {
        type: "touchMove",
        touchPoints: [{ x: x + (by[0] * i) / 8, y: y + (by[1] * i) / 8 }],
      });
    await this.#page.locator(".edit-loupe").waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await touch.detach();
    await this.#page.locator(".edit-loupe").waitFor({ state: "hidden" });
  }

  #vertex(number: number): Locator {
    return this.#page.getByRole("button", { name: new RegExp(`^顶点 ${number}，`) });
  }

  /** px across which a finger takes hold of a vertex. */
  async reach(vertex: number): Promise<number> {
    const hit = await this.#vertex(vertex).locator(".edit-hit-vertex").boundingBox();
    return hit?.width ?? 0;
  }

  async tapVertex(number: number): Promise<void> {
    await this.#vertex(number).tap();
  }

  async tool(name: string): Promise<void> {
    await this.#page.getByRole("button", { name: "工具", exact: true }).tap();
    await this.#page.getByRole("dialog", { name: "工具" }).getByRole("button", { name, exact: true }).tap();
  }

  /** What 撤销 would take back. */
  async lastStep(): Promise<string> {
    return this.#page.locator(".edit-dock-undo").innerText();
  }

  async typePlace(text: string): Promise<void> {
    await this.#page.getByPlaceholder("经度, 纬度").fill(text);
    await this.#page.getByRole("button", { name: "定到这里" }).tap();
  }

  async sheetTo(key: "Home" | "ArrowUp" | "End"): Promise<void> {
    await this.#page.locator(".bottom-sheet-grip").focus();
    await this.#page.keyboard.press(key);
  }

  /** A picture of a place that is being added, as if the camera had given it. */
  async shoot(picture: Buffer): Promise<void> {
    await this.#page
      .getByLabel("拍现场（整治前）")
      .setInputFiles({ name: "shot.jpg", mimeType: "image/jpeg", buffer: picture });
    await this.#page.getByText("再拍一张").waitFor();
  }

  async select(label: string, option: string): Promise<void> {
    await this.#page.getByLabel(new RegExp(`^${label}`)).selectOption({ label: option });
  }

  async pickDay(label: string, day: string): Promise<void> {
    await this.#page.getByLabel(new RegExp(`^${label}`)).fill(day);
  }

  /** px of the window that the drawn shape takes. */
  async shape(): Promise<Frame> {
    return frameOf(this.#page.locator(".edit-overlay .edit-line").first());
  }

  /** px of the window between the bar and whatever stands lowest over the map. */
  async free(): Promise<Frame> {
    const sheet = this.#page.locator(".bottom-sheet");
    await sheet.evaluate((element) => Promise.all(element.getAnimations().map((each) => each.finished)));
    const bar = await frameOf(this.#page.locator(".edit-bar"));
    const over = this.#page.locator(".edit-draw-bar, .edit-dock, .bottom-sheet");
    const tops = await Promise.all((await over.all()).map(async (each) => (await frameOf(each)).top));
    return { top: bar.bottom, bottom: Math.min(...tops) };
  }
}

async function frameOf(part: Locator): Promise<Frame> {
  const box = await part.boundingBox();
  if (!box) throw new Error("not in sight");
  return { top: box.y, bottom: box.y + box.height };
}
