import { create } from "zustand";
import type { Tasks } from "./tasks.ts";

export interface Order {
  readonly id: number;
  readonly name: keyof Tasks;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failed: string };

interface Waiting {
  readonly order: Order;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** How many orders are under way: the status line says so. */
export const useWork = create<{ readonly pending: number }>()(() => ({ pending: 0 }));

const waiting = new Map<number, Waiting>();
let last = 0;
let worker: Worker | null = null;

function start(): Worker {
  const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const order = waiting.get(data.id);
    if ("failed" in data) order?.reject(new Error(data.failed));
    else order?.resolve(data.result);
  });
  // A browser that will not start it does the same work on the page, slower.
  made.addEventListener("error", () => {
    worker = null;
    for (const each of waiting.values()) void onPage(each);
  });
  return made;
}

async function onPage({ order, resolve, reject }: Waiting): Promise<void> {
  try {
    const { tasks } = await import("./tasks.ts");
    resolve((tasks[order.name] as (...args: readonly unknown[]) => unknown)(...order.args));
  } catch (error) {
    reject(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Does one task beside the page. Rejects with what the task threw. Who asks looks whether the answer is still wanted. */
export function inWorker<K extends keyof Tasks>(
  name: K,
  ...args: Parameters<Tasks[K]>
): Promise<ReturnType<Tasks[K]>> {
  const order: Order = { id: ++last, name, args };
  const answer = new Promise<unknown>((resolve, reject) => {
    waiting.set(order.id, { order, resolve, reject });
    worker ??= start();
    worker.postMessage(order);
  });
  const count = () => useWork.setState({ pending: waiting.size });
  count();
  return answer.finally(() => {
    waiting.delete(order.id);
    count();
  }) as Promise<ReturnType<Tasks[K]>>;
}
