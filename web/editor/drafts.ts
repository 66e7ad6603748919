import type { Base } from "./base.ts";
import type { Sketch } from "./steps.ts";

/** What a person has done and not saved. Kept in this browser by account and place; survives reload, crash and sign-out. */
export interface Draft {
  readonly key: string;
  readonly layer: string;
  readonly title: string;
  readonly base: Base;
  readonly sketch: Sketch;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The last attempt to send it: the same body goes out again under the same key, so a lost answer never makes two. */
  readonly sent: { readonly key: string; readonly body: string } | null;
}

/** One draft a place; one for each layer in which something new is being drawn. */
export const draftKey = (account: string, feature: number | null, layer: string): string =>
  `${account}/${feature ?? `new:${layer}`}`;

export const keepDays = 30;
const storeName = "drafts";

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open("guatu-drafts", 1);
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

/** Rejects when the browser keeps nothing (no space, private mode): the page then says that the draft is not safe. */
export const putDraft = (draft: Draft): Promise<IDBValidKey> => within("readwrite", (s) => s.put(draft));
export const dropDraft = (key: string): Promise<undefined> => within("readwrite", (s) => s.delete(key));

/** The draft of a place, or `null`; one older than 30 days is dropped. `now` in milliseconds. */
export async function findDraft(key: string, now: number): Promise<Draft | null> {
  const draft = await within<Draft | undefined>("readonly", (s) => s.get(key)).catch(() => undefined);
  if (!draft) return null;
  if (now - draft.savedAt < keepDays * 86_400_000) return draft;
  await dropDraft(key).catch(() => undefined);
  return null;
}
