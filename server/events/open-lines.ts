import { Problem } from "../http/problem.ts";

/** One a browser is the rule, so this is far more than an account's people need, and far less than hurts. */
const linesOfAnAccount = 40;

/** How many event streams each account holds open in this process. */
export class OpenLines {
  readonly #open = new Map<number, number>();

  /** Takes a place and returns the way to give it back. Throws 429 when the account has none left. */
  take(account: number): () => void {
    const open = this.#open.get(account) ?? 0;
    if (open >= linesOfAnAccount)
      throw new Problem("too-many", {
        detail: "这个账号打开的页面太多，先关掉一些再刷新。",
        retryAfter: 30,
      });
    this.#open.set(account, open + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (this.#open.get(account) ?? 1) - 1;
      if (left > 0) this.#open.set(account, left);
      else this.#open.delete(account);
    };
  }
}
