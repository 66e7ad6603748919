/** Tells open streams of this process that their session ended, so that they end with it. Other processes look at each heartbeat. */
export class SignOuts {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Returns the way to stop listening. */
  listen(tokenHash: Buffer, listener: () => void): () => void {
    const key = tokenHash.toString("hex");
    const listeners = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#waiting.delete(key);
    };
  }

  closed(tokenHash: Buffer): void {
    for (const listener of this.#waiting.get(tokenHash.toString("hex")) ?? []) listener();
  }
}
