import { Duplex } from "node:stream";
import type { DatabaseRole } from "./client.ts";
import type { EmbeddedEngine } from "./embedded-engine.ts";
import { DatabaseBusy } from "./errors.ts";
import { query, split, type TransactionStatus, typeOf, welcome } from "./wire.ts";

export interface LineOptions {
  role: DatabaseRole;
  /** Milliseconds one statement may take; 0 is no limit. */
  statementLimit: number;
  /** Milliseconds a transaction may wait for its client; 0 is no limit. */
  idleLimit: number;
}

/**
 * The socket that postgres.js speaks into, without a network: it answers the greeting itself and passes the rest, one
 * statement at a time, to the engine. It owns the engine's one session from the first message until the transaction ends.
 */
export class EmbeddedLine extends Duplex {
  readonly #engine: EmbeddedEngine;
  readonly #options: LineOptions;
  readonly #forget: () => void;
  #unread: Buffer = Buffer.alloc(0);
  #frames: Buffer[] = [];
  #greeted = false;
  #pumping = false;
  #nudge: () => void = () => {};

  constructor(engine: EmbeddedEngine, options: LineOptions) {
    super({ allowHalfOpen: false });
    this.#engine = engine;
    this.#options = options;
    this.#forget = engine.onLost((reason) => this.destroy(reason));
  }

  /** postgres.js ends only what calls itself open, and waits for the close of what does not call itself closed. */
  get readyState(): "open" | "closed" {
    return this.destroyed ? "closed" : "open";
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    if (this.#greeted || this.#greet()) {
      const { frames, rest } = split(this.#unread);
      this.#unread = rest;
      this.#frames.push(...frames);
      this.#nudge();
      void this.#pump();
    }
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#forget();
    this.#nudge();
    done(error);
  }

  /** The start-up packet is the only one without a type letter. */
  #greet(): boolean {
    if (this.#unread.length < 4 || this.#unread.length < this.#unread.readInt32BE(0)) return false;
    this.#unread = this.#unread.subarray(this.#unread.readInt32BE(0));
    this.#greeted = true;
    this.push(welcome());
    return true;
  }

  /** The messages up to the next one after which the server must answer; null while that one has not arrived. */
  #nextBatch(): Buffer | null {
    const end = this.#frames.findIndex((frame) => "QSHX".includes(typeOf(frame)));
    return end === -1 ? null : Buffer.concat(this.#frames.splice(0, end + 1));
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let batch = this.#nextBatch(); batch && !this.destroyed; batch = this.#nextBatch()) {
        if (typeOf(batch) === "X") this.destroy();
        else await this.#hold(batch);
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#pumping = false;
    }
  }

  /** Owns the session from `batch` to the end of its transaction. */
  async #hold(batch: Buffer): Promise<void> {
    const giveBack = await this.#engine.takeTurn();
    try {
      let status: TransactionStatus | null = "I";
      for (let next: Buffer | null = batch; next; ) {
        const answer = await this.#engine.run(this.#options.role, next, this.#options.statementLimit);
        status = answer.status;
        if (!this.destroyed) this.push(Buffer.from(answer.bytes));
        if (status === "I") return;
        next = await this.#followUp();
      }
      // The client left, or thought too long, in the middle: nothing of its transaction may stay. The Sync ends an
      // unfinished extended statement, the rollback whatever transaction it was in.
      const sync = Buffer.from([0x53, 0, 0, 0, 4]);
      await this.#engine.run(
        this.#options.role,
        Buffer.concat([sync, query("rollback")]),
        this.#options.statementLimit,
      );
      this.destroy(
        new DatabaseBusy(`A transaction waited over ${this.#options.idleLimit} ms and was rolled back.`),
      );
    } finally {
      giveBack();
    }
  }

  /** The client's next message within its transaction; null when it leaves or takes too long. */
  async #followUp(): Promise<Buffer | null> {
    const { idleLimit } = this.#options;
    let late = false;
    let timer: NodeJS.Timeout | undefined;
    const nudged = () =>
      new Promise<void>((resolve) => {
        this.#nudge = resolve;
        if (idleLimit > 0 && !timer)
          timer = setTimeout(() => {
            late = true;
            this.#nudge();
          }, idleLimit);
      });
    try {
      for (;;) {
        if (this.destroyed || late) return null;
        const batch = this.#nextBatch();
        if (batch) return typeOf(batch) === "X" ? null : batch;
        await nudged();
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
