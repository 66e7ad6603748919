import { existsSync, mkdirSync, realpathSync } from "node:fs";
import postgres from "postgres";
import type { Database, DatabaseOptions } from "./client.ts";
import { EmbeddedEngine } from "./embedded-engine.ts";
import { EmbeddedLine, type LineOptions } from "./embedded-line.ts";
import { guardedTransaction, guardSql, Queue } from "./guarded-sql.ts";
import { postgresTypes } from "./postgres-types.ts";

/** The databases this process has open. A second handle joins the first: the directory's lock is the process'. */
const open = new Map<string, Entry>();

interface Entry {
  engine: Promise<EmbeddedEngine>;
  handles: number;
  /** Set while the last handle gives the directory free. */
  closing: Promise<void> | null;
}

const engineOf = new WeakMap<Database, EmbeddedEngine>();

/** Opens the embedded database in `directory`, or joins it when this process has it open. Throws DirectoryInUse. */
export async function openEmbedded(options: DatabaseOptions & { directory: string }): Promise<Database> {
  const role = options.role ?? "app";
  const { engine, leave } = await join(options.directory, options.image);
  const queue = new Queue(options.queueLimit ?? 200);
  const check = () => engine.assertOpen();
  const pool = connect(engine, {
    role,
    statementLimit: options.statementLimit ?? (role === "app" ? 15_000 : 0),
    idleLimit: role === "app" ? 5_000 : 0,
  });
  const sql = guardSql(pool, queue, check);
  let closing: Promise<void> | null = null;
  const database: Database = {
    kind: "embedded",
    sql,
    transaction: (work) => guardedTransaction(pool, queue, check, work),
    ready: async () => {
      await sql`select 1`;
    },
    ring: () => engine.bell.ring(),
    onBell: (listener) => engine.bell.listen(listener),
    close: () => {
      closing ??= pool.end({ timeout: 5 }).then(leave);
      return closing;
    },
  };
  engineOf.set(database, engine);
  return database;
}

/** Copies the whole embedded database into one compressed file (tar.gz), from which `image` makes a new directory. */
export async function copyEmbedded(database: Database, file: string): Promise<void> {
  const engine = engineOf.get(database);
  if (!engine) throw new Error("copyEmbedded copies the embedded database; for PostgreSQL use pg_dump.");
  await engine.copy(file);
}

async function join(
  directory: string,
  image?: string,
): Promise<{ engine: EmbeddedEngine; leave: () => Promise<void> }> {
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true });
  const key = realpathSync(directory);
  await open.get(key)?.closing;
  const entry: Entry = open.get(key) ?? {
    engine: EmbeddedEngine.start(key, image),
    handles: 0,
    closing: null,
  };
  open.set(key, entry);
  entry.handles += 1;
  const leave = async () => {
    entry.handles -= 1;
    if (entry.handles > 0) return;
    entry.closing = entry.engine.then((engine) => engine.close()).finally(() => open.delete(key));
    await entry.closing;
  };
  try {
    return { engine: await entry.engine, leave };
  } catch (error) {
    if (open.get(key) === entry) open.delete(key);
    throw error;
  }
}

type SocketOptions = postgres.Options<Record<string, postgres.PostgresType>> & { socket: () => EmbeddedLine };

/** One connection: the database has one session, and more would only wait for each other inside the driver. */
function connect(engine: EmbeddedEngine, line: LineOptions): postgres.Sql {
  const options: SocketOptions = {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: () => 0,
    types: postgresTypes,
    onnotice: () => {},
    socket: () => {
      const made = new EmbeddedLine(engine, line);
      try {
        engine.assertOpen();
      } catch (error) {
        // Later, when the driver listens: it takes a failing line as an answer, and a throw here as a wait without end.
        setImmediate(() => made.destroy(error instanceof Error ? error : undefined));
      }
      return made;
    },
  };
  return postgres(options);
}
