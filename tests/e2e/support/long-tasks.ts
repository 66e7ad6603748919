import type { Person } from "./driver.ts";

declare global {
  interface Window {
    longTasks?: { seen: number[]; observer: PerformanceObserver };
  }
}

/** How long the page's own thread is held, as the browser itself tells it (tasks over 50 ms). */
export class LongTasks {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Before the page is opened. */
  async watch(): Promise<void> {
    await this.#person.page.addInitScript(() => {
      const seen: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.push(entry.duration);
      });
      observer.observe({ type: "longtask" });
      window.longTasks = { seen, observer };
    });
  }

  /** The longest task, ms, from the beginning of some work until the page is at rest; 0 when none was long. */
  async during(work: () => Promise<void>): Promise<number> {
    await this.#rest();
    await this.#person.page.evaluate(() => {
      window.longTasks?.observer.takeRecords();
      window.longTasks?.seen.splice(0);
    });
    await work();
    return this.since();
  }

  /** The same since the page was opened, or since the last work. */
  async since(): Promise<number> {
    await this.#rest();
    return this.#person.page.evaluate(() => {
      const { seen = [], observer } = window.longTasks ?? {};
      const late = observer?.takeRecords().map(({ duration }) => duration) ?? [];
      return Math.round(Math.max(0, ...seen, ...late));
    });
  }

  /** Nothing asked of the worker, two frames drawn, and nothing left to do. */
  async #rest(): Promise<void> {
    await this.#person.page.locator(".edit-status-busy").waitFor({ state: "detached" });
    await this.#person.page.evaluate(
      () =>
        new Promise<void>((done) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 2000 })),
          ),
        ),
    );
  }
}
