import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AxeResults, RunOptions } from "axe-core";
import { type APIResponse, type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { demoPassword } from "#data/demo/accounts.ts";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
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

const sizes = {
  office: { width: 1366, height: 768 },
  desk: { width: 1440, height: 900 },
  wall: { width: 3840, height: 2160 },
  widewall: { width: 3840, height: 1080 },
  phone: { width: 390, height: 844 },
  smallphone: { width: 360, height: 640 },
  lyingphone: { width: 844, height: 390 },
} as const;

export type Size = keyof typeof sizes;

/** What a person at a browser may be asked to wait for, ms: software drawing on two cores is slow. */
const patience = 30_000;

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One person at one browser. Console errors and failed requests are gathered; `complaints()` must stay empty. */
export class Person {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #complaints: string[] = [];
  readonly #own: string | null;

  /** `own`: the address of a product of the test's own; left out, the one that all share. */
  constructor(context: BrowserContext, page: Page, own: string | null = null) {
    this.context = context;
    this.page = page;
    this.#own = own;
    page.setDefaultTimeout(patience);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
  }

  get #product(): string {
    return this.#own ?? productUrl();
  }

  /** Waits until the product would open without a line. */
  async standsAlone(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await this.page.waitForFunction(() =>
      caches.open("guatu-answers").then(async (shelf) => (await shelf.keys()).length > 2),
    );
  }

  /** As the browser does by itself from time to time. */
  async looksForUpdate(): Promise<void> {
    await this.page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
  }

  /** The line holds the answers of a path back until it is let go. */
  async holds(path: string): Promise<() => Promise<void>> {
    let letGo = () => {};
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const address = new RegExp(`${path}$`);
    await this.page.route(address, async (route) => {
      await gone;
      await route.continue();
    });
    return async () => {
      letGo();
      await this.page.unroute(address);
    };
  }

  async line(up: boolean): Promise<void> {
    await this.context.setOffline(!up);
  }

  /** What the console said that it should not; refusals a test asked for can be left out. */
  complaints(except?: RegExp): string[] {
    return this.#complaints.filter((line) => !line.includes("GPU stall") && !except?.test(line));
  }

  /** The same person at a second window of the same browser. */
  async secondWindow(): Promise<Person> {
    return new Person(this.context, await this.context.newPage());
  }

  /** From the next page on this browser draws nothing by the graphics card, as over a remote desktop. */
  async drawsNoMaps(): Promise<void> {
    await this.page.addInitScript(() => {
      const plain = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest) {
        return kind.startsWith("webgl") ? null : plain.call(this, kind, ...rest);
      } as typeof plain;
    });
  }

  /** Signs in as a demo account, without the page. */
  async signIn(account: string): Promise<void> {
    const answer = await this.context.request.post(`${this.#product}/api/session`, {
      data: { account, password: demoPassword },
    });
    if (!answer.ok()) throw new Error(`sign-in as ${account}: ${answer.status()} ${await answer.text()}`);
  }

  /** Opens a path of the product, or a whole address somebody sent. */
  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.#product).href);
  }

  /** Goes to a path without loading the page anew, as its own links do. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate((to) => window.history.pushState(null, "", to), path);
  }

  /** What the product answers to this person's own session. */
  async ask<T>(path: string): Promise<T> {
    const answer = await this.context.request.get(new URL(path, this.#product).href);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  }

  /** A write past the page, as a clever clerk would try it: status and reason. */
  async send(path: string, data: unknown): Promise<{ status: number; detail: string }> {
    const answer = await this.#post(path, data);
    return { status: answer.status(), detail: String((await answer.json()).detail) };
  }

  /** Writes past the page what a test needs to be there. */
  async write(changes: readonly ChangeOp[]): Promise<ChangesReply> {
    const answer = await this.#post("/api/changes", { changes });
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
    return answer.json();
  }

  async #post(path: string, data: unknown): Promise<APIResponse> {
    const { csrf } = await this.ask<{ csrf: string }>("/api/session");
    return this.context.request.post(new URL(path, this.#product).href, {
      data,
      headers: { "X-Guatu-CSRF": csrf, "Idempotency-Key": randomUUID() },
    });
  }

  /** The browser may tell where it is, and says this (WGS84). */
  async standsAt([longitude, latitude]: readonly [number, number], accuracy = 8): Promise<void> {
    await this.context.grantPermissions(["geolocation"]);
    await this.context.setGeolocation({ longitude, latitude, accuracy });
  }

  /** Waits until a sentence stands on the page. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Part of the address after the path. */
  address(): URL {
    return new URL(this.page.url());
  }

  /** When this document was opened, ms: the same number again means that nobody reloaded. */
  openedAt(): Promise<number> {
    return this.page.evaluate(() => performance.timeOrigin);
  }

  /** Waits until the map has drawn everything it asked for. */
  async mapDrawn(): Promise<void> {
    await this.page.waitForSelector("[data-map-idle=true]");
  }

  /** What the first page fetched of the product's own files, gzip, in kB: scripts, style sheets and the base map, without faces and answers. */
  async fetched(): Promise<number> {
    const files = await this.page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => /^\/assets\/.*\.(js|css|geojson)$/.test(path)),
    );
    const sizes = await Promise.all(
      [...new Set(files)].map(async (file) => {
        const answer = await fetch(new URL(file, this.#product), {
          headers: { "accept-encoding": "identity" },
        });
        return gzipSync(await answer.arrayBuffer()).length;
      }),
    );
    return sizes.reduce((sum, size) => sum + size, 0) / 1000;
  }

  /** By how many px the page can be scrolled to the side and down; a stage must give 0 and 0. */
  scrolls(): Promise<{ x: number; y: number }> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight };
    });
  }

  /** WCAG 2.2 A and AA by axe: the serious and the critical ones, one line each. */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    const options: RunOptions = {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
      resultTypes: ["violations"],
    };
    const found = await this.page.evaluate(async (asked) => {
      const { axe } = window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } };
      return (await axe.run(asked)).violations;
    }, options);
    return found
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}) ${nodes[0]?.target} ${nodes[0]?.html}`);
  }

  /** For people to look at: tests/out/<name>.png. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `tests/out/${name}.png` });
  }

  /** The README's picture, kept in the repository: taken anew only when asked for (`npm run pictures`). */
  async readmePicture(name: string): Promise<void> {
    if (process.env.GUATU_PICTURES)
      await this.page.screenshot({ path: `tests/golden/${name}.jpg`, type: "jpeg", quality: 86 });
  }
}

function productUrl(): string {
  const url = inject("productUrl");
  if (!url) throw new Error("no product is running");
  return url;
}

/** A browser with a profile of its own on disk: it can be closed and opened again. */
export class OwnBrowser {
  readonly #size: Size;
  readonly #profile = mkdtempSync(join(tmpdir(), "guatu-profile-"));
  #person: Person | null = null;

  constructor(size: Size = "office") {
    this.#size = size;
  }

  /** Opens it; `offline`: the line is down before the first page. */
  async open({ offline = false } = {}): Promise<Person> {
    await this.close();
    const context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: chromiumPath() ?? "",
      args: flags,
      ...settingsOf(this.#size),
    });
    await context.setOffline(offline);
    this.#person = new Person(context, context.pages()[0] ?? (await context.newPage()));
    return this.#person;
  }

  async close(): Promise<void> {
    await this.#person?.context.close();
    this.#person = null;
  }

  async forget(): Promise<void> {
    await this.close().catch(() => undefined);
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

const settingsOf = (size: Size) => ({
  viewport: sizes[size],
  locale: "zh-CN",
  timezoneId: "Asia/Shanghai",
  hasTouch: size === "phone",
  isMobile: size === "phone",
  reducedMotion: "reduce" as const,
});

export type Visit = (size?: Size, own?: string) => Promise<Person>;

/** A suite in the real browser. `visit(size)` gives a new person with cookies of their own. */
export function describeInBrowser(name: string, suite: (visit: Visit) => void): void {
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
    suite(async (size = "office", own) => {
      const context = await browser.newContext({
        viewport: sizes[size],
        locale: "zh-CN",
        timezoneId: "Asia/Shanghai",
        hasTouch: size.endsWith("phone"),
        isMobile: size.endsWith("phone"),
        reducedMotion: "reduce",
        // A wall is watched as it stands by itself: its own last good answers, not the worker's.
        serviceWorkers: size.endsWith("wall") ? "block" : "allow",
      });
      contexts.push(context);
      return new Person(context, await context.newPage(), own);
    });
  });
}
