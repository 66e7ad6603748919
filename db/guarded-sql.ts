import type postgres from "postgres";
import { DatabaseBusy, toDatabaseError } from "./errors.ts";

/** What this file touches of postgres.js' Query (src/query.js of 3.4): the one place where statements pass before they run. */
interface RunningQuery {
  handler: (query: RunningQuery) => void;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

const isQuery = (value: unknown): value is RunningQuery =>
  value instanceof Promise && "handler" in value && typeof value.handler === "function";

/** Counts the statements and transactions that wait or run, and refuses the one over the limit at once. */
export class Queue {
  readonly #limit: number;
  #waiting = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  enter(): void {
    if (this.#waiting >= this.#limit)
      throw new DatabaseBusy(`The database is busy: ${this.#limit} statements are waiting; try again.`);
    this.#waiting += 1;
  }

  leave(): void {
    this.#waiting -= 1;
  }
}

/**
 * The same `sql`, whose failures are typed (errors.ts) and whose statements pass `queue` and `before` when they start.
 * `before` throws when the database is known to be away, so that nothing waits in the driver for it.
 */
export function guardSql(sql: postgres.Sql, queue: Queue, before: () => void): postgres.Sql {
  const watch = (result: unknown): unknown => {
    if (!isQuery(result)) return result;
    const { handler, resolve, reject } = result;
    result.handler = (query) => {
      try {
        before();
        queue.enter();
      } catch (error) {
        reject(error);
        return;
      }
      query.resolve = (value) => {
        queue.leave();
        resolve(value);
      };
      query.reject = (reason) => {
        queue.leave();
        reject(toDatabaseError(reason));
      };
      handler(query);
    };
    return result;
  };
  return new Proxy(sql, {
    apply: (target, self, args) => watch(Reflect.apply(target, self, args)),
    get: (target, property, receiver) => {
      const value: unknown = Reflect.get(target, property, receiver);
      if (property !== "unsafe" && property !== "file") return value;
      return (...args: unknown[]) =>
        watch(Reflect.apply(value as (...all: unknown[]) => unknown, target, args));
    },
  });
}

/** Runs `work` in a transaction of `sql` under the same rules as guardSql. */
export async function guardedTransaction<T>(
  sql: postgres.Sql,
  queue: Queue,
  before: () => void,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  before();
  queue.enter();
  try {
    // postgres.js unwraps arrays of promises in its return type; `work` gives one promise, so T stands.
    return (await sql.begin(work)) as T;
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    queue.leave();
  }
}
