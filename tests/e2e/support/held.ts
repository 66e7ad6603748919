import type { Person } from "./driver.ts";

/** How one gesture held the page's own thread, ms. */
export interface Hold {
  /** Reckoned: what its longest task cost the processor. A busy machine, and a wait for the drawing process, leave it as it is. */
  readonly worked: number;
  /** By the clock: what a person would have seen of it, on this machine at this load. */
  readonly lasted: number;
}

/** What of Chromium's own trace is read. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, on one clock. */
  readonly ts: number;
  readonly dur?: number;
  /** Of these, on the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const sign = "gesture ";

/** How long the page's own thread is held by each of several gestures, as the browser itself traces its tasks. */
export class Held {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  get #page() {
    return this.#person.page;
  }

  /** Traces while `work` is done; what it `names` is told apart. */
  async during(work: () => Promise<void>): Promise<ReadonlyMap<string, Hold>> {
    const browser = this.#page.context().browser();
    if (!browser) throw new Error("no browser to trace");
    await browser.startTracing(undefined, { categories: ["toplevel", "blink.user_timing", "__metadata"] });
    try {
      await work();
    } finally {
      this.#trace = JSON.parse((await browser.stopTracing()).toString()).traceEvents;
    }
    return holdsOf(this.#trace);
  }
  #trace: readonly TraceEvent[] = [];

  /** One gesture, until the page is at rest again. */
  async by(name: string, work: () => Promise<void>): Promise<void> {
    await this.#rest();
    await this.#page.evaluate((mark) => void performance.mark(mark), `${sign}${name}`);
    await work();
    await this.#rest();
    await this.#page.evaluate((mark) => void performance.mark(mark), sign);
  }

  /** Nothing asked of the worker, two frames drawn, and nothing left to do. */
  async #rest(): Promise<void> {
    await this.#page.locator(".edit-status-busy").waitFor({ state: "detached" });
    await this.#page.evaluate(
      () =>
        new Promise<void>((done) =>
          requestAnimationFrame(() =>
            requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 2000 })),
          ),
        ),
    );
  }
}

/** Each task of the page's thread goes to the gesture that began last. */
function holdsOf(trace: readonly TraceEvent[]): ReadonlyMap<string, Hold> {
  const marks = trace
    .filter(({ name, ph }) => name.startsWith(sign) && ph !== "M")
    .sort((a, b) => a.ts - b.ts);
  const pages = new Set(marks.map(({ pid }) => pid));
  const main = new Set(
    trace
      .filter(
        ({ ph, name, args, pid }) =>
          ph === "M" && name === "thread_name" && args.name === "CrRendererMain" && pages.has(pid),
      )
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = trace.filter(
    ({ name, ph, pid, tid }) => ph === "X" && name.endsWith("::RunTask") && main.has(`${pid}/${tid}`),
  );
  if (marks.length === 0 || tasks.length === 0) throw new Error("the browser's trace tells of no task");
  return new Map(
    marks.flatMap(({ name, ts }, i) => {
      const until = marks[i + 1]?.ts ?? Number.POSITIVE_INFINITY;
      const own = tasks.filter((task) => task.ts >= ts && task.ts < until);
      const longest = (of: (task: TraceEvent) => number | undefined) =>
        Math.round(Math.max(0, ...own.map((task) => of(task) ?? 0)) / 1000);
      const gesture = name.slice(sign.length);
      return gesture === ""
        ? []
        : [[gesture, { worked: longest((t) => t.tdur), lasted: longest((t) => t.dur) }]];
    }),
  );
}
