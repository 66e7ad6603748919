import type { Stored } from "./sheet.ts";

/** What was entered in one row and over what it was entered. */
interface KeptRow extends Stored {
  readonly id: number;
  readonly entered: Readonly<Record<string, unknown>>;
}
/** A table that was not saved: by account and layer, so that it is found whatever filter is open. */
export interface KeptTable {
  readonly key: string;
  readonly rows: readonly KeptRow[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The refused entry of the outbox that it mends. */
  readonly mends?: string | null;
}

const keepDays = 30;
const storeName = "tables";

export const tableKey = (account: string, layer: string): string => `${account}/${layer}`;

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open("guatu-tables", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: "key" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = db.transaction(storeName, mode);
      const request = act(transaction.objectStore(storeName));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => fail(transaction.error);
      transaction.onerror = () => fail(transaction.error);
    });
  } finally {
    db.close();
  }
}

/** Keeps a table, or forgets it when nothing is entered. Rejects when the browser keeps nothing. */
export async function keepTable(table: KeptTable): Promise<void> {
  if (table.rows.length > 0) await within("readwrite", (store) => store.put(table));
  else await within("readwrite", (store) => store.delete(table.key));
}

/** The kept table, or `null`; one older than 30 days is none. `now` in milliseconds. */
export async function findTable(key: string, now: number): Promise<KeptTable | null> {
  const kept = await within<KeptTable | undefined>("readonly", (store) => store.get(key)).catch(
    () => undefined,
  );
  return kept && now - kept.at < keepDays * 86_400_000 ? kept : null;
}
