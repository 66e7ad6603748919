import type { Box, Entry } from "./entry.ts";
import type { BoxEvent } from "./queue.ts";

/** What is kept or dropped in the same step as an event. */
export interface Beside {
  /** The picture of the photo that is queued. */
  readonly file?: { readonly id: string; readonly blob: Blob };
  /** The draft that the queued edit was. */
  readonly dropDraft?: string;
}

/** Where the queue is kept. A step is whole or not at all, also when the browser dies; it is on disk when it resolves. */
export interface OutboxStore {
  read(): Promise<Box>;
  apply(event: BoxEvent, beside?: Beside): Promise<Box>;
  /** The picture of a photo that is not acknowledged yet. */
  file(id: string): Promise<Blob | null>;
  /** False: the browser would not keep it, so it goes with this page. */
  safe(entry: Entry): boolean;
}
