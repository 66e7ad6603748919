import type { SessionAnswer } from "#data/domain/wire/session.ts";

/** The last good answer with the product's time it was true at: survives a reload while the server is away. */
export interface Kept<T> {
  readonly body: T;
  /** This machine's clock, ms. */
  readonly seen: number;
}

/** The answers that a wall keeps. */
export const keptNames = ["programme", "recent"] as const;
export type KeptName = (typeof keptNames)[number];

const keyOf = (account: string, name: string): string => `guatu-wall ${account} ${name}`;

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Null when nothing is kept, or it is not ours to read any more. */
export function readKept<T>(shelf: Shelf | null, account: string, name: string): Kept<T> | null {
  try {
    const text = shelf?.getItem(keyOf(account, name));
    const kept: unknown = text ? JSON.parse(text) : null;
    return isKept(kept) ? (kept as Kept<T>) : null;
  } catch {
    return null;
  }
}

export function writeKept<T>(shelf: Shelf | null, account: string, name: string, kept: Kept<T>): void {
  try {
    shelf?.setItem(keyOf(account, name), JSON.stringify(kept));
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

/** Who last stood before this wall, without what would let anybody write. */
type WallSession = Omit<SessionAnswer, "csrf">;

export function keepSession(shelf: Shelf | null, { csrf: _, ...session }: SessionAnswer): void {
  writeKept<WallSession>(shelf, "", "session", { body: session, seen: 0 });
}

/** The session with which a wall goes on showing its last good data while the server is away. */
export function keptSession(shelf: Shelf | null): SessionAnswer | null {
  const kept = readKept<WallSession>(shelf, "", "session");
  return kept && { ...kept.body, csrf: "" };
}

/** Who signs out, or is signed out, leaves nothing on the machine. */
export function forgetWall(shelf: Shelf | null): void {
  const account = keptSession(shelf)?.who.account;
  for (const name of keptNames) shelf?.removeItem(keyOf(account ?? "", name));
  shelf?.removeItem(keyOf("", "session"));
}
