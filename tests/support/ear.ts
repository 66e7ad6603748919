/** One event of a stream. */
interface Heard {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** An open stream: `next(event)` waits for the next one of that name. */
export class Ear {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = "";
  #ended = false;

  constructor(response: Response) {
    if (!response.body) throw new Error("the stream has no body");
    this.#reader = response.body.getReader();
  }

  /** The next event, or null when the stream ended. */
  async next(): Promise<Heard | null> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const line = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? "";
        if (!block.startsWith(":"))
          return { event: line("event"), id: line("id"), data: JSON.parse(line("data")) };
      } else if (this.#ended) return null;
      else {
        const { value, done } = await this.#reader.read();
        this.#ended = done;
        this.#text += this.#decoder.decode(value);
      }
    }
  }

  /** Everything until `hello`, `resync` or a change of `seq` was heard. */
  async until(seq: number): Promise<Heard[]> {
    const all: Heard[] = [];
    for (let heard = await this.next(); heard; heard = await this.next()) {
      all.push(heard);
      if (Number(heard.id) >= seq) break;
    }
    return all;
  }

  stop(): Promise<void> {
    return this.#reader.cancel();
  }
}
