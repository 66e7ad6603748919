import type { Programme } from "#data/domain/programme.ts";
import type { Database } from "#db/client.ts";
import type { AsOfRequest } from "../http/app-env.ts";
import type { Moment } from "./judge.ts";
import { momentOf } from "./moment.ts";

const momentsKept = 8;

/**
 * The last moments computed, shared by all readers: a wall, ten programme pages and every event ask for the same one.
 * A moment is a function of (year, at, known, today), where `known` left out is the head, so nothing here can be stale.
 */
export class RecentMoments {
  readonly #db: Database;
  readonly #kept = new Map<string, Promise<Moment>>();

  constructor(db: Database) {
    this.#db = db;
  }

  async get(programme: Programme, asOf: AsOfRequest, today: number, now: Date): Promise<Moment> {
    const head = await headOf(this.#db);
    const key = [programme.year, asOf.at?.getTime() ?? "now", asOf.known ?? "head", head, today].join(" ");
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const making = momentOf(this.#db, programme, asOf, today, now);
    this.#keep(key, making);
    try {
      const moment = await making;
      // A write came between the head and the facts: right for this reader, but not under this key.
      if (moment.facts.known !== head) this.#kept.delete(key);
      return moment;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #keep(key: string, making: Promise<Moment>): void {
    this.#kept.set(key, making);
    for (const oldest of [...this.#kept.keys()].slice(0, -momentsKept)) this.#kept.delete(oldest);
  }
}

async function headOf({ sql }: Database): Promise<number> {
  const [row] = await sql<{ seq: number }[]>`select seq from feed_head`;
  return row?.seq ?? 0;
}
