import type { DatabaseRole } from "./client.ts";
import type { TransactionStatus } from "./wire.ts";

/** Where the worker finds, or makes, its database. */
export interface Place {
  directory: string;
  image?: string;
}

export type ToWorker =
  | { kind: "run"; id: number; role: DatabaseRole; bytes: Uint8Array }
  | { kind: "copy"; id: number; file: string }
  | { kind: "close"; id: number };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "bell" }
  | { kind: "done"; id: number; bytes: Uint8Array; status: TransactionStatus | null }
  | { kind: "failed"; id: number; reason: string };
