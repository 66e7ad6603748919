/** The one database of this browser: drafts, what waits to be sent, and its pictures. */
const databaseName = "guatu-drafts";
const version = 2;
const keyPaths = { drafts: "key", entries: "id", done: "id", files: "id" } as const;
export type StoreName = keyof typeof keyPaths;

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(databaseName, version);
    request.onupgradeneeded = () => {
      const db = request.result;
      for (const [name, keyPath] of Object.entries(keyPaths))
        if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      const db = request.result;
      // Another tab brings a newer version, or the browser closes it: the next one to ask opens it again.
      db.onversionchange = () => forget(db);
      db.onclose = () => forget(db);
      done(db);
    };
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error("the database is held by an older page"));
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

function forget(db: IDBDatabase): void {
  db.close();
  opened = null;
}

export const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** Does `act` as one transaction; resolves when it is on disk. Rejects when the browser keeps nothing (no space, private mode). */
export async function within<T>(
  names: readonly StoreName[],
  mode: IDBTransactionMode,
  act: (store: (name: StoreName) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const db = await open();
  const transaction = db.transaction([...names], mode, { durability: "strict" });
  const ended = new Promise<void>((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => fail(transaction.error ?? new Error("the browser gave the write up"));
    transaction.onerror = () => fail(transaction.error);
  });
  ended.catch(() => undefined);
  try {
    const result = await act((name) => transaction.objectStore(name));
    await ended;
    return result;
  } catch (error) {
    if (transaction.error === null && mode === "readwrite")
      try {
        transaction.abort();
      } catch {
        // It had ended by itself.
      }
    throw error;
  }
}
