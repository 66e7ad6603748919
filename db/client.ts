import type postgres from "postgres";

/** postgres.js on both databases: int8 and safe numeric are numbers, jsonb is native, timestamptz is Date, date is "YYYY-MM-DD". */
export type Sql = postgres.Sql;
export type TransactionSql = postgres.TransactionSql;
/** A piece of a statement, made by sql`…` and put into another. */
export type Fragment = postgres.Fragment;

/** `app` reads and edits as `guatu_app`; `owner` migrates, seeds and owns the functions. */
export type DatabaseRole = "app" | "owner";

export interface Database {
  readonly kind: "postgres" | "embedded";
  /** Tagged template of postgres.js. Failures of the database itself reject with DatabaseUnavailable or DatabaseBusy. */
  readonly sql: Sql;
  /**
   * Runs `work` in one transaction and returns its value after the commit; a throw rolls back.
   * Inside, use only `tx`: the embedded database has one session, and `sql` would wait for this very transaction.
   */
  transaction<T>(work: (tx: TransactionSql) => Promise<T>): Promise<T>;
  /** Resolves when the database answers; throws DatabaseUnavailable otherwise. */
  ready(): Promise<void>;
  /** Calls this process' bell listeners. SQL does it by `pg_notify('feed','')` at commit, on both databases. */
  ring(): void;
  /** Calls `listener` when something was committed somewhere (or may have been, after a lost line). Returns the way to stop. */
  onBell(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** postgres://… ; left out, the embedded database in `directory` is opened. */
  url?: string;
  /** Direct connection to the primary for LISTEN, when `url` goes through a pooler. */
  directUrl?: string;
  /** Data directory of the embedded database. */
  directory?: string;
  /** Default `app`. */
  role?: DatabaseRole;
  /** Connections of the PostgreSQL pool, default 10. */
  max?: number;
  /** Image from which a new embedded directory is made (see embedded-image.ts); left out, it is made from nothing (15 s). */
  image?: string;
  /** A statement over this many milliseconds is ended; default 15,000 for app and none for owner. */
  statementLimit?: number;
  /** Embedded: statements that may wait; the next one is refused as DatabaseBusy. Default 200. */
  queueLimit?: number;
}
