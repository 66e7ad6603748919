import type postgres from "postgres";
import { DatabaseBusy, DatabaseUnavailable, toDatabaseError } from "./errors.ts";

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

type Callable = (...values: unknown[]) => unknown;

/** Calls `onQuery` with every statement that `sql` makes, before it starts. Statements used as fragments never start. */
function watchQueries<S extends postgres.Sql | postgres.TransactionSql>(
  sql: S,
  onQuery: (query: RunningQuery) => void,
  wrapped: Record<string, (original: Callable) => Callable> = {},
): S {
  const seen = (result: unknown): unknown => {
    if (isQuery(result)) onQuery(result);
    return result;
  };
  return new Proxy(sql, {
    apply: (target, self, values) => seen(Reflect.apply(target as Callable, self, values)),
    get: (target, property, receiver) => {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== "function" || typeof property !== "string") return value;
      const call: Callable = (...values) => Reflect.apply(value, target, values);
      if (property === "unsafe" || property === "file")
        return (...values: unknown[]) => seen(call(...values));
      return wrapped[property]?.(call) ?? value;
    },
  });
}

/**
 * The same `sql`, whose failures are typed (errors.ts) and whose statements pass `queue` and `before` when they start.
 * `before` throws when the database is known to be away, so that nothing waits in the driver for it.
 */
export function guardSql(sql: postgres.Sql, queue: Queue, before: () => void): postgres.Sql {
  return watchQueries(sql, (query) => {
    const { handler, resolve, reject } = query;
    query.handler = (started) => {
      try {
        before();
        queue.enter();
      } catch (error) {
        reject(error);
        return;
      }
      // The driver may settle a statement twice: by its error and by the end of its connection.
      let settled = false;
      const settle = () => {
        if (!settled) queue.leave();
        settled = true;
      };
      started.resolve = (value) => {
        settle();
        resolve(withoutHoles(value));
      };
      started.reject = (reason) => {
        settle();
        reject(toDatabaseError(reason));
      };
      handler(started);
    };
  });
}

/**
 * postgres.js 3.4.9 counts the rows of a statement that fails after its first rows into the next result of that
 * connection, which then begins with as many holes. Transactions are not concerned: ROLLBACK resets the count.
 */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && !(0 in value))
    value.splice(
      0,
      value.findIndex((row) => row !== undefined),
    );
  return value;
}

/**
 * Runs `work` in a transaction of `sql` under the same rules as guardSql.
 *
 * When the connection is lost inside, postgres.js 3.4.9 sends ROLLBACK, COMMIT or the next statement into the closed
 * socket, which throws outside every promise and would end the process. So after the loss nothing of this transaction
 * reaches the driver any more; `begin` itself rejects.
 */
export async function guardedTransaction<T>(
  sql: postgres.Sql,
  queue: Queue,
  before: () => void,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  before();
  queue.enter();
  let lost: unknown = null;
  const guardTx = (tx: postgres.TransactionSql): postgres.TransactionSql =>
    watchQueries(
      tx,
      (query) => {
        const { handler, reject } = query;
        query.reject = (reason) => {
          if (isLoss(reason)) lost = reason;
          reject(reason);
        };
        query.handler = (started) => {
          if (lost) reject(lost);
          else handler(started);
        };
      },
      {
        savepoint:
          (call) =>
          (...values) => {
            if (lost) return Promise.reject(lost);
            const inner = values.at(-1) as (tx: postgres.TransactionSql) => Promise<unknown>;
            const guarded = (tx: postgres.TransactionSql) => untilLost(Promise.resolve(inner(guardTx(tx))));
            return call(...values.slice(0, -1), guarded);
          },
      },
    );
  const untilLost = <R>(result: Promise<R>): Promise<R> =>
    new Promise((resolve, reject) => {
      result.then(
        (value) => {
          if (!lost) resolve(value);
        },
        (error) => {
          if (!lost) reject(error);
        },
      );
    });
  try {
    const result = sql.begin((tx) => untilLost(work(guardTx(tx))));
    // postgres.js unwraps arrays of promises in its return type; `work` gives one promise, so T stands.
    return (await result) as T;
  } catch (error) {
    if (isLoss(error)) lost = error;
    throw toDatabaseError(error);
  } finally {
    queue.leave();
  }
}

/** The connection is gone; a lock that was not had, for example, leaves it usable. */
function isLoss(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const typed = toDatabaseError(error);
  if (!(typed instanceof DatabaseUnavailable)) return false;
  return !(typed instanceof DatabaseBusy) || (error as { code?: string }).code === "25P03";
}
