import type { Logger } from "pino";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import type { Database } from "#db/client.ts";
import { Rounds } from "./rounds.ts";

/** Polled as well as rung: a lost NOTIFY costs at most this long. */
const pollMilliseconds = 1000;
/** Changesets read at once; each holds at most 2,000 edits. */
const window = 50;

/** A change with what the reader's rights are judged by. */
export interface FeedChange extends ChangeEvent {
  readonly layerNo: number | null;
}

export type FeedListener = (changes: readonly FeedChange[], head: number) => void;

/**
 * Reads committed changes in order, once for the whole process, and hands them to everybody who listens.
 * `head` is the last number handed out; a cache that has seen it is as new as the head.
 */
export class Feed {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #listeners = new Set<FeedListener>();
  readonly #stops = new Set<() => void>();
  #head = 0;
  readonly #rounds = new Rounds(() => this.#read());
  #timer: NodeJS.Timeout | undefined;
  #stopBell = () => {};

  constructor(db: Database, log: Logger) {
    this.#db = db;
    this.#log = log;
  }

  get head(): number {
    return this.#head;
  }

  /** Starts at the present head: what was before is for those who ask by `since`. */
  async start(): Promise<void> {
    this.#head = await headOf(this.#db);
    this.#stopBell = this.#db.onBell(() => void this.#wake());
    this.#timer = setInterval(() => void this.#wake(), pollMilliseconds);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stopBell();
    for (const stop of [...this.#stops]) stop();
    this.#listeners.clear();
  }

  /** Calls `stop` when the process closes. Returns the way to stop listening. */
  onStop(stop: () => void): () => void {
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
    };
  }

  /** Returns the way to stop listening. Listeners must not throw or wait. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Resolves when everything up to `seq` was handed out: reads your own write (X-Guatu-Seq). */
  async reach(seq: number): Promise<void> {
    if (this.#head < seq) await this.#rounds.ask();
  }

  async #wake(): Promise<void> {
    try {
      await this.#rounds.ask();
    } catch (error) {
      this.#log.warn({ error: String(error) }, "the feed could not be read; tried again within a second");
    }
  }

  /** Windows of changesets, until the head is reached. */
  async #read(): Promise<void> {
    for (let head = Number.POSITIVE_INFINITY; this.#head < head; ) {
      const upTo = this.#head + window;
      const answer = await changesBetween(this.#db, this.#head, upTo);
      head = answer.head;
      const reached = Math.min(head, upTo);
      if (reached <= this.#head) return;
      this.#head = reached;
      for (const listener of this.#listeners) listener(answer.changes, reached);
    }
  }
}

/** Number of the last committed changeset. */
async function headOf(db: Database): Promise<number> {
  const [row] = await db.sql<{ seq: number }[]>`select seq from feed_head`;
  return row?.seq ?? 0;
}

/** Changes with `after` < seq ≤ `upTo`, in order: numbers are dense, so a window holds whole changesets. */
export async function changesBetween(
  db: Database,
  after: number,
  upTo: number,
): Promise<{ changes: FeedChange[]; head: number }> {
  const rows = await db.sql<(Omit<FeedChange, "seq"> & { seq: number | null; head: number })[]>`
    select h.seq as head, c.seq, c.kind, c.id, l.id as layer, c.layer_no as "layerNo", c.op, c.before, c.after
    from feed_head h
    left join change c on c.seq > ${after} and c.seq <= least(h.seq, ${upTo})
    left join layer l on l.no = c.layer_no
    order by c.seq, c.kind, c.id`;
  const changes = rows.flatMap(({ head: _, ...row }) => (row.seq === null ? [] : [{ ...row, seq: row.seq }]));
  return { changes, head: rows[0]?.head ?? after };
}
