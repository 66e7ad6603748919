import type { Answer, Order } from "./call.ts";
import { tasks } from "./tasks.ts";

/** The one thread beside the page. It keeps nothing between two orders. */
addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const reply = (answer: Answer) => postMessage(answer);
  try {
    const work = tasks[data.name] as (...args: readonly unknown[]) => unknown;
    reply({ id: data.id, result: work(...data.args) });
  } catch (error) {
    reply({ id: data.id, failed: String(error) });
  }
});
