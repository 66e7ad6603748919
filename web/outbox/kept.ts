import { thisTab } from "../editor/uid.ts";
import { asked, within } from "./database.ts";
import type { Box, Done, Entry } from "./entry.ts";
import { type BoxEvent, reduce } from "./queue.ts";
import type { Beside, OutboxStore } from "./store.ts";

interface FileRow {
  readonly id: string;
  readonly blob: Blob;
}

const byOrder = (a: Entry, b: Entry) => a.order - b.order;
const newestFirst = (a: Done, b: Done) => b.at - a.at;

/**
 * The queue in IndexedDB: every event is one transaction over what all tabs see. What the browser will not keep (private mode,
 * no space) stays in this page instead, and `safe` says so.
 */
export class KeptOutbox implements OutboxStore {
  readonly #loose = new Map<string, Entry>();
  readonly #looseFiles = new Map<string, Blob>();

  safe({ id }: Entry): boolean {
    return !this.#loose.has(id);
  }

  async read(): Promise<Box> {
    const kept = await within(["entries", "done"], "readonly", async (store) => ({
      entries: await asked<Entry[]>(store("entries").getAll()),
      done: await asked<Done[]>(store("done").getAll()),
    })).catch(() => ({ entries: [], done: [] }));
    return this.#whole(kept);
  }

  async apply(event: BoxEvent, beside: Beside = {}): Promise<Box> {
    try {
      return await this.#onDisk(event, beside);
    } catch (error) {
      if (event.kind === "enqueue") return this.#inPage(event, beside);
      if (this.#loose.size > 0) return this.#inPage(event, {});
      throw error;
    }
  }

  async file(id: string): Promise<Blob | null> {
    const loose = this.#looseFiles.get(id);
    if (loose) return loose;
    const row = await within(["files"], "readonly", (store) =>
      asked<FileRow | undefined>(store("files").get(id)),
    );
    return row?.blob ?? null;
  }

  #onDisk(event: BoxEvent, { file, dropDraft }: Beside): Promise<Box> {
    return within(["entries", "done", "files", "drafts"], "readwrite", async (store) => {
      const kept = {
        entries: await asked<Entry[]>(store("entries").getAll()),
        done: await asked<Done[]>(store("done").getAll()),
      };
      const before = this.#whole(kept);
      const after = reduce(before, event);
      const { gone, put } = difference(before.entries, after.entries);
      const done = difference(before.done, after.done);
      for (const entry of put) if (!this.#loose.has(entry.id)) store("entries").put(entry);
      for (const { id } of gone) {
        store("entries").delete(id);
        store("files").delete(id);
      }
      for (const each of done.put) store("done").put(each);
      for (const each of done.gone) store("done").delete(each.id);
      if (file) store("files").put(file);
      if (dropDraft) await dropOwn(store("drafts"), dropDraft);
      this.#takeLoose(after, gone);
      return after;
    });
  }

  async #inPage(event: BoxEvent, { file }: Beside): Promise<Box> {
    const before = await this.read();
    const after = reduce(before, event);
    const { gone, put } = difference(before.entries, after.entries);
    for (const entry of put)
      if (event.kind === "enqueue" && entry.id === event.entry.id) this.#loose.set(entry.id, entry);
    if (file) this.#looseFiles.set(file.id, file.blob);
    this.#takeLoose(after, gone);
    return after;
  }

  #takeLoose(after: Box, gone: readonly Entry[]): void {
    for (const entry of after.entries) if (this.#loose.has(entry.id)) this.#loose.set(entry.id, entry);
    for (const { id } of gone) {
      this.#loose.delete(id);
      this.#looseFiles.delete(id);
    }
  }

  #whole({ entries, done }: { entries: readonly Entry[]; done: readonly Done[] }): Box {
    return {
      entries: [...entries, ...this.#loose.values()].sort(byOrder),
      done: [...done].sort(newestFirst),
    };
  }
}

function difference<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]) {
  const old = new Set(before);
  const left = new Set(after.map(({ id }) => id));
  return { put: after.filter((each) => !old.has(each)), gone: before.filter(({ id }) => !left.has(id)) };
}

/** Deletes a draft of this document; what another window of the same person wrote last stays. */
export async function dropOwn(drafts: IDBObjectStore, key: string): Promise<void> {
  const draft = await asked<{ readonly tab?: string } | undefined>(drafts.get(key));
  if (draft?.tab === undefined || draft.tab === thisTab) drafts.delete(key);
}
