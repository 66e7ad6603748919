import type { ChangeEvent } from "#data/domain/wire/live.ts";
import { type Box, boxesMeet } from "./grid.ts";

export interface Tile {
  /** Compressed once, sent as they are. */
  readonly gzipped: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  /** Head of the feed, read in the same statement as the tile: the tile knows every change up to here. */
  readonly k: number;
}

export interface TilePlace {
  readonly layer: string;
  /** With the drawing margin. */
  readonly box: Box;
}

interface Entry extends TilePlace {
  readonly tile: Tile;
}
interface Pending extends TilePlace {
  readonly making: Promise<Tile>;
}

/** Roughly what an entry costs beside its bytes. */
const entryOverhead = 400;
/** Changes kept to judge late tiles; a tile older than all of them is not stored. */
const rememberedChanges = 5_000;

/**
 * Tiles of this process, least recently used dropped first. It holds no truth: an entry lives until a change of the feed
 * meets its layer and box. `drop` must see the feed in order and without gaps.
 */
export class TileCache {
  readonly #entries = new Map<string, Entry>();
  readonly #pending = new Map<string, Pending>();
  readonly #recent: ChangeEvent[] = [];
  readonly #limit: number;
  /** Changes up to here have left `#recent`, or came before this cache. */
  #forgotten = 0;
  #bytes = 0;

  constructor(limitBytes = 64 * 1024 * 1024) {
    this.#limit = limitBytes;
  }

  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes };
  }

  get(key: string): Tile | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.tile;
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  /** The stored tile, the one being made, or a new one. Tiles that a change made old while they were made are not stored. */
  async getOrMake(key: string, place: TilePlace, make: () => Promise<Tile>): Promise<Tile> {
    const stored = this.get(key);
    if (stored) return stored;
    const joined = this.#pending.get(key);
    if (joined) return joined.making;
    const pending: Pending = { ...place, making: make() };
    this.#pending.set(key, pending);
    try {
      const tile = await pending.making;
      this.store(key, place, tile);
      return tile;
    } finally {
      if (this.#pending.get(key) === pending) this.#pending.delete(key);
    }
  }

  /** Refuses (false) when a change after the tile's `k` that meets it was already seen: it would stay stale for good. */
  store(key: string, place: TilePlace, tile: Tile): boolean {
    if (tile.k < this.#forgotten) return false;
    if (this.#recent.some((change) => change.seq > tile.k && touches(change, place))) return false;
    this.#remove(key);
    this.#entries.set(key, { ...place, tile });
    this.#bytes += tile.gzipped.byteLength + entryOverhead;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.#remove(oldest);
    }
    return true;
  }

  /** Next changes of the feed: what they meet, before or after, is dropped. */
  drop(changes: readonly ChangeEvent[]): void {
    for (const change of changes) {
      this.#recent.push(change);
      for (const [key, entry] of this.#entries) if (touches(change, entry)) this.#remove(key);
      for (const [key, entry] of this.#pending) if (touches(change, entry)) this.#pending.delete(key);
    }
    while (this.#recent.length > rememberedChanges)
      this.#forgotten = Math.max(this.#forgotten, this.#recent.shift()?.seq ?? 0);
  }

  /** After a gap in the feed nothing is known to be fresh. `seq` is where the feed resumes. */
  clear(seq: number): void {
    this.#entries.clear();
    this.#pending.clear();
    this.#recent.length = 0;
    this.#forgotten = Math.max(this.#forgotten, seq);
    this.#bytes = 0;
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#bytes -= entry.tile.gzipped.byteLength + entryOverhead;
    this.#entries.delete(key);
  }
}

/** Nothing of these is in tiles. */
const apartFromTiles: ReadonlySet<ChangeEvent["kind"]> = new Set(["photo", "proposal", "duty"]);

/** A change without a box (a report) touches no tile; one of a layer without a box would, so it counts as everywhere. */
function touches(change: ChangeEvent, place: TilePlace): boolean {
  if (change.layer !== place.layer || apartFromTiles.has(change.kind)) return false;
  if (!change.before && !change.after) return true;
  return [change.before, change.after].some((box) => box !== null && boxesMeet(box, place.box));
}
