import { mkdirSync, realpathSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { Bell } from "./bell.ts";
import type { DatabaseRole } from "./client.ts";
import { lockDirectory } from "./embedded-lock.ts";
import type { FromWorker, Place, ToWorker } from "./embedded-messages.ts";
import { workerScript } from "./embedded-script.ts";
import { DatabaseUnavailable } from "./errors.ts";
import type { TransactionStatus } from "./wire.ts";

const reopenMilliseconds = 2000;

export interface Answer {
  bytes: Uint8Array;
  status: TransactionStatus | null;
}

interface Call {
  resolve: (answer: Answer) => void;
  reject: (reason: Error) => void;
}

/**
 * One embedded database of this process: the lock on its directory, the worker thread that runs it, and the turn-taking
 * of its lines (it has one session). A worker that is ended or dies is replaced; meanwhile calls reject.
 */
export class EmbeddedEngine {
  readonly directory: string;
  readonly bell = new Bell();
  readonly #place: Place;
  readonly #lock: { release: () => Promise<void> };
  readonly #script: string;
  readonly #calls = new Map<number, Call>();
  readonly #lost = new Set<(reason: Error) => void>();
  #worker: Worker | null = null;
  #away: Error | null = null;
  #closed = false;
  #nextCall = 1;
  #turn: Promise<void> = Promise.resolve();

  private constructor(place: Place, lock: { release: () => Promise<void> }, script: string) {
    this.directory = place.directory;
    this.#place = place;
    this.#lock = lock;
    this.#script = script;
  }

  /** Locks the directory and starts the worker. Throws DirectoryInUse, or what the database said when it did not start. */
  static async start(directory: string, image?: string): Promise<EmbeddedEngine> {
    mkdirSync(directory, { recursive: true });
    const real = realpathSync(directory);
    const lock = await lockDirectory(real);
    try {
      const engine = new EmbeddedEngine({ directory: real, image }, lock, await workerScript());
      await engine.#boot();
      return engine;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Throws DatabaseUnavailable while the worker is being replaced, or after close. */
  assertOpen(): void {
    if (this.#away) throw this.#away;
  }

  /** Calls `listener` once when the present worker is lost; returns the way to stop. */
  onLost(listener: (reason: Error) => void): () => void {
    this.#lost.add(listener);
    return () => {
      this.#lost.delete(listener);
    };
  }

  /** Waits for the one session; the caller owns it until it calls the returned function. */
  async takeTurn(): Promise<() => void> {
    const before = this.#turn;
    let done = () => {};
    this.#turn = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    return done;
  }

  /** Sends whole protocol messages as `role`. Over `limit` milliseconds the worker is ended and the call rejects. */
  async run(role: DatabaseRole, bytes: Uint8Array, limit: number): Promise<Answer> {
    const end = () =>
      void this.#replace(
        new DatabaseUnavailable(
          `A statement ran over ${limit} ms and was ended; the embedded database is opening again.`,
        ),
      );
    const timer = limit > 0 ? setTimeout(end, limit) : undefined;
    try {
      return await this.#ask((id) => ({ kind: "run", id, role, bytes }));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Writes the whole database into one compressed file, between two transactions. */
  async copy(file: string): Promise<void> {
    const done = await this.takeTurn();
    try {
      await this.#ask((id) => ({ kind: "copy", id, file }));
    } finally {
      done();
    }
  }

  /** Lets the running transaction end, checkpoints, and gives the directory free. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const done = await this.takeTurn();
    this.#closed = true;
    try {
      if (!this.#away) await this.#ask((id) => ({ kind: "close", id }));
    } finally {
      this.#away = new DatabaseUnavailable("The embedded database is closed.");
      await this.#worker?.terminate();
      await this.#lock.release();
      done();
    }
  }

  #ask(order: (id: number) => ToWorker): Promise<Answer> {
    if (this.#away || !this.#worker)
      return Promise.reject(this.#away ?? new DatabaseUnavailable("Not open yet."));
    const id = this.#nextCall;
    const worker = this.#worker;
    this.#nextCall += 1;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      worker.postMessage(order(id));
    });
  }

  /** Starts a worker and waits until its database answers. */
  #boot(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(this.#script, { workerData: this.#place });
      let started = false;
      const gone = (error: Error) => {
        if (!started) reject(error);
        else if (worker === this.#worker)
          void this.#replace(
            new DatabaseUnavailable("The embedded database stopped; it is opening again.", { cause: error }),
          );
      };
      worker.on("error", gone);
      worker.on("exit", (code) => gone(new Error(`The embedded database's thread ended (code ${code}).`)));
      worker.on("message", (message: FromWorker) => {
        if (message.kind === "ready") {
          started = true;
          this.#worker = worker;
          this.#away = null;
          resolve();
        } else if (message.kind === "bell") this.bell.ring();
        else this.#settle(message);
      });
    });
  }

  #settle(message: Extract<FromWorker, { id: number }>): void {
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.kind === "done") call?.resolve({ bytes: message.bytes, status: message.status });
    else call?.reject(new Error(message.reason));
  }

  /** Ends the present worker, rejects what waits for it, and opens the database again until that succeeds. */
  async #replace(reason: Error): Promise<void> {
    if (this.#closed || this.#away) return;
    const old = this.#worker;
    this.#away = reason;
    this.#worker = null;
    await old?.terminate();
    for (const call of this.#calls.values()) call.reject(reason);
    this.#calls.clear();
    const lost = [...this.#lost];
    this.#lost.clear();
    for (const listener of lost) listener(reason);
    while (!this.#closed && this.#away) {
      try {
        await this.#boot();
        this.bell.ring();
      } catch (error) {
        this.#away = new DatabaseUnavailable("The embedded database does not open; it is tried again.", {
          cause: error,
        });
        await new Promise((resolve) => setTimeout(resolve, reopenMilliseconds));
      }
    }
  }
}
