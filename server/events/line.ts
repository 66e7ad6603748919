import type { SSEStreamingApi } from "hono/streaming";
import { sessionOfHash } from "#db/sessions.ts";
import type { Deps } from "../deps.ts";
import type { Session } from "../http/app-env.ts";
import { changesBetween, type FeedChange } from "./feed.ts";
import { changeCountAfter } from "./queries.ts";

const heartbeatMilliseconds = 20_000;
/** A reader further behind than this many changes refetches everything instead. */
const longestCatchUp = 10_000;
/** Changesets read at once while catching up. */
const window = 200;

/** One reader's line: a queue between the feed and a socket that may be slow. Ends with its session. */
export class Line {
  readonly #deps: Deps;
  readonly #stream: SSEStreamingApi;
  readonly #stops: (() => void)[];
  /** Everything after this number comes by the queue. */
  readonly #joined: number;
  #queue: FeedChange[] = [];
  #overrun = false;
  #open = true;
  #wake = () => {};

  constructor(deps: Deps, stream: SSEStreamingApi, session: Session) {
    this.#deps = deps;
    this.#stream = stream;
    this.#joined = deps.feed.head;
    const beat = setInterval(() => void this.#beat(session), heartbeatMilliseconds);
    this.#stops = [
      () => clearInterval(beat),
      deps.signOuts.listen(session.tokenHash, () => void this.#signedOut()),
      deps.feed.onStop(() => this.end()),
      deps.feed.listen((changes) => this.#take(changes)),
    ];
    stream.onAbort(() => this.end());
  }

  /** Changes after `since` (left out: from now on), in order and in pieces, until the line ends. */
  async *changes(since: number | undefined): AsyncGenerator<readonly FeedChange[]> {
    let cursor = since ?? this.#joined;
    const lost = cursor > this.#joined || (await this.#behind(cursor)) > longestCatchUp;
    if (lost) cursor = this.#joined;
    await this.send(lost ? "resync" : "hello", cursor, { head: this.#joined });
    while (this.#open && cursor < this.#joined) {
      const upTo = Math.min(cursor + window, this.#joined);
      yield (await changesBetween(this.#deps.db, cursor, upTo)).changes;
      cursor = upTo;
    }
    while (this.#open) {
      if (this.#overrun) {
        this.#overrun = false;
        this.#queue = [];
        await this.send("resync", this.#deps.feed.head, { head: this.#deps.feed.head });
      } else if (this.#queue.length > 0) yield this.#queue.splice(0);
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }

  send(event: string, id: number, data: unknown): Promise<void> {
    return this.#stream.writeSSE({ event, id: String(id), data: JSON.stringify(data) });
  }

  /** Something that is not of the feed: without an id, so that a reader's cursor stays where it is. */
  say(event: string, data: unknown): Promise<void> {
    return this.#stream.writeSSE({ event, data: JSON.stringify(data) });
  }

  /** Runs when the line ends. */
  onEnd(stop: () => void): void {
    this.#stops.push(stop);
  }

  end(): void {
    this.#open = false;
    for (const stop of this.#stops.splice(0)) stop();
    this.#wake();
  }

  #behind(cursor: number): Promise<number> {
    return cursor < this.#joined
      ? changeCountAfter(this.#deps.db, cursor, longestCatchUp)
      : Promise.resolve(0);
  }

  #take(changes: readonly FeedChange[]): void {
    if (this.#queue.length + changes.length > longestCatchUp) this.#overrun = true;
    else this.#queue.push(...changes);
    this.#wake();
  }

  async #beat(session: Session): Promise<void> {
    try {
      if (await sessionOfHash(this.#deps.db, session.tokenHash)) await this.#stream.write(": here\n\n");
      else await this.#signedOut();
    } catch (error) {
      this.#deps.log.debug({ error: String(error) }, "a heartbeat failed; the next one tries again");
    }
  }

  async #signedOut(): Promise<void> {
    await this.say("signed-out", {});
    this.end();
  }
}
