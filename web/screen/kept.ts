/** The last good answer with the product's time it was true at: survives a reload while the server is away. */
export interface Kept<T> {
  readonly body: T;
  /** This machine's clock, ms. */
  readonly seen: number;
}

const prefix = "guatu-wall";

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Null when nothing is kept, or it is not ours to read any more. */
export function readKept<T>(shelf: Shelf | null, account: string, name: string): Kept<T> | null {
  try {
    const text = shelf?.getItem(`${prefix} ${account} ${name}`);
    const kept: unknown = text ? JSON.parse(text) : null;
    return isKept(kept) ? (kept as Kept<T>) : null;
  } catch {
    return null;
  }
}

export function writeKept<T>(shelf: Shelf | null, account: string, name: string, kept: Kept<T>): void {
  try {
    shelf?.setItem(`${prefix} ${account} ${name}`, JSON.stringify(kept));
  } catch {
    // Full or switched off: the wall then shows its last answers only until it is reloaded.
  }
}

const isKept = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "body" in value &&
  "seen" in value &&
  typeof value.seen === "number";

/** The browser's own shelf; null where storage is switched off. */
export const localShelf = (): Shelf | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};
