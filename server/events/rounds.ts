/** One round at a time. Who asks while one runs gets another after it, and waits for that one too. */
export class Rounds {
  readonly #round: () => Promise<void>;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(round: () => Promise<void>) {
    this.#round = round;
  }

  /** Settles when a round that began after this call has ended; fails as the round fails. */
  ask(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      await this.#round();
    } while (this.#again);
  }
}
