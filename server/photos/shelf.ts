/** One object as a listing tells of it. */
export interface Shelved {
  readonly name: string;
  /** When it was last written. */
  readonly at: Date;
}

/** Where photos lie. Names are paths of letters, digits, `/` and `.`; what has a name is complete. */
export interface Shelf {
  /** The contents, or null when nothing has this name. */
  get(name: string): Promise<Buffer | null>;
  /** Writes whole or not at all; what had the name is replaced. */
  put(name: string, body: Buffer, type: string): Promise<void>;
  /** Nothing of this name is no error. */
  remove(name: string): Promise<void>;
  /** Everything whose name begins with `prefix`, which ends in `/`. */
  list(prefix: string): AsyncIterable<Shelved>;
}

/** The place where photos lie does not answer, or not to us. The message is for the log and holds no secret. */
export class ShelfAway extends Error {}
