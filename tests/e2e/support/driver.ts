import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { chromium as chromiumPath, needs } from "../../support/machine.ts";

const flags = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--font-render-hinting=none",
];

export const sizes = {
  office: { width: 1366, height: 768 },
  desk: { width: 1440, height: 900 },
  wall: { width: 3840, height: 2160 },
  phone: { width: 390, height: 844 },
} as const;

/** One person at one browser. Console errors and failed requests are gathered; `complaints()` must stay empty. */
export class Person {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #complaints: string[] = [];

  constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
  }

  /** What the console said that it should not; refusals a test asked for can be left out. */
  complaints(except?: RegExp): string[] {
    return this.#complaints.filter((line) => !line.includes("GPU stall") && !except?.test(line));
  }

  /** Signs in as a demo account and opens `path`. */
  async open(path: string, account: string): Promise<void> {
    const answer = await this.context.request.post(`${productUrl()}/api/session`, {
      data: { account, password: "qingpu-demo" },
    });
    if (!answer.ok()) throw new Error(`sign-in as ${account}: ${answer.status()} ${await answer.text()}`);
    await this.page.goto(`${productUrl()}${path}`);
  }

  /** Waits until the map has drawn everything it asked for. */
  async mapDrawn(): Promise<void> {
    await this.page.waitForSelector("[data-map-idle=true]", { timeout: 60_000 });
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `tests/out/${name}.png` });
  }
}

export function productUrl(): string {
  const url = inject("productUrl");
  if (!url) throw new Error("no product is running");
  return url;
}

/** A suite in the real browser. `visit(size)` gives a new person with cookies of their own. */
export function describeInBrowser(
  name: string,
  suite: (visit: (size?: keyof typeof sizes) => Promise<Person>) => void,
): void {
  const path = chromiumPath();
  describe.skipIf(path === null)(path === null ? `${name} (${needs.browser.name} is missing)` : name, () => {
    let browser: Browser;
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: path ?? "", args: flags });
    });
    afterAll(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
    });
    suite(async (size = "office") => {
      const context = await browser.newContext({
        viewport: sizes[size],
        locale: "zh-CN",
        timezoneId: "Asia/Shanghai",
        hasTouch: size === "phone",
        isMobile: size === "phone",
        reducedMotion: "reduce",
      });
      contexts.push(context);
      return new Person(context, await context.newPage());
    });
  });
}
