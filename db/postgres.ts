import postgres from "postgres";
import { Bell } from "./bell.ts";
import type { Database, DatabaseOptions } from "./client.ts";
import { guardedTransaction, guardSql, Queue } from "./guarded-sql.ts";
import { postgresTypes } from "./postgres-types.ts";

const connectSeconds = 5;
/** postgres.js grows its pause to 20 s, which is longer than a restart of the database. */
const reconnectSeconds = () => 0.2 + Math.random() * 0.3;
const relistenMilliseconds = 1000;
/** More than the pool can ever serve in time; protects memory when the database stands still. */
const queueLimit = 2000;

/** Opens a pool on PostgreSQL. The database may be away: calls then reject with DatabaseUnavailable until it is back. */
export async function openPostgres(options: DatabaseOptions & { url: string }): Promise<Database> {
  const role = options.role ?? "app";
  const bell = new Bell();
  const queue = new Queue(queueLimit);
  const here = () => {};
  const pool = connect(options.url, {
    max: options.max ?? 10,
    connection: {
      application_name: "guatu",
      TimeZone: "Asia/Shanghai",
      ...(role === "app" ? appSettings(options.statementLimit) : {}),
    },
  });
  const sql = guardSql(pool, queue, here);
  const line = role === "app" ? listenForever(options.directUrl ?? options.url, bell) : null;
  return {
    kind: "postgres",
    sql,
    transaction: (work) => guardedTransaction(pool, queue, here, work),
    ready: async () => {
      await sql`select 1`;
    },
    ring: () => bell.ring(),
    onBell: (listener) => bell.listen(listener),
    close: async () => {
      await Promise.all([pool.end({ timeout: 5 }), line?.stop()]);
    },
  };
}

type ConnectOptions = postgres.Options<Record<string, postgres.PostgresType>> & {
  onnotify?: (channel: string, payload: string) => void;
};

function connect(url: string, options: ConnectOptions): postgres.Sql {
  return postgres(url, {
    types: postgresTypes,
    connect_timeout: connectSeconds,
    backoff: reconnectSeconds,
    onnotice: () => {},
    ...options,
  });
}

/** Start-up settings of the app's sessions: cheaper than a SET in every transaction, and in force from the first statement. */
function appSettings(statementLimit = 15_000): Record<string, string> {
  return {
    role: "guatu_app",
    lock_timeout: "3s",
    idle_in_transaction_session_timeout: "5s",
    statement_timeout: String(statementLimit),
    // Tile queries are many and small: parallel plans took them from 318 to 26 a second.
    max_parallel_workers_per_gather: "0",
    jit: "off",
  };
}

/**
 * Keeps one connection in LISTEN. postgres.js' own `listen` gives up when its first reconnection fails, so the line is
 * rebuilt here; after each rebuild the bell rings once, for what was committed meanwhile.
 */
function listenForever(url: string, bell: Bell): { stop: () => Promise<void> } {
  let stopped = false;
  let hangUp = () => {};
  const run = async () => {
    while (!stopped) {
      const lost = new Promise<void>((resolve) => {
        hangUp = resolve;
      });
      const line = connect(url, {
        max: 1,
        max_lifetime: null,
        fetch_types: false,
        connection: { application_name: "guatu feed" },
        onnotify: () => bell.ring(),
        onclose: () => hangUp(),
      });
      try {
        await line`listen feed`;
        bell.ring();
        await lost;
      } catch {
        // Whatever refused the line, the pool meets and reports it too; here it only means: try again.
      } finally {
        await line.end({ timeout: 1 });
      }
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, relistenMilliseconds));
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      hangUp();
      await running;
    },
  };
}
