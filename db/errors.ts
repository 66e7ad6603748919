/**
 * The database cannot answer now: stopped, restarting, unreachable, or full. Nothing is known to be written.
 * The server answers 503 with `Retry-After: retryAfter`; the connection recovers by itself.
 */
export class DatabaseUnavailable extends Error {
  /** Seconds after which a caller may try again. */
  readonly retryAfter: number;

  constructor(message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DatabaseUnavailable";
    this.retryAfter = options.retryAfter ?? 5;
  }
}

/** The database works but this piece of work waited or ran too long (lock, queue, deadlock); it was rolled back. */
export class DatabaseBusy extends DatabaseUnavailable {
  constructor(message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, { retryAfter: 2, ...options });
    this.name = "DatabaseBusy";
  }
}

/** A second process wants a data directory that another process already keeps. Final: trying again does not help. */
export class DirectoryInUse extends Error {
  constructor(directory: string, holder: string) {
    super(
      `The data directory ${directory} is already open in another process (${holder}). ` +
        "Two processes on one directory lose writes: stop the other one, or choose another directory.",
    );
    this.name = "DirectoryInUse";
  }
}

const goneCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT", // the unix socket of a stopped server
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "53300", // too_many_connections
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now: starting up or shutting down
  "25006", // read_only_sql_transaction: a standby that is not promoted yet
]);

const busyCodes = new Set([
  "55P03", // lock_not_available: lock_timeout
  "57014", // query_canceled: statement_timeout
  "25P03", // idle_in_transaction_session_timeout
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "53400", // configuration_limit_exceeded: the embedded database's queue
]);

/** Gives what a driver threw its type: DatabaseBusy, DatabaseUnavailable, or the error itself when it is about the statement. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (busyCodes.has(code))
    return new DatabaseBusy(`The database is busy (${error.message}); try again.`, { cause: error });
  if (goneCodes.has(code) || code.startsWith("08"))
    return new DatabaseUnavailable(
      `The database cannot be reached (${code}: ${error.message}); it is retried.`,
      {
        cause: error,
      },
    );
  return error;
}
