import type { Logger } from "pino";
import { type PresenceMode, presenceTimes } from "#data/domain/presence.ts";
import type { Database } from "#db/client.ts";
import { Rounds } from "../events/rounds.ts";

/** While somebody is there, looked at this often: who crashed rings no bell. */
const pollMilliseconds = 4000;

/** One tab that has a feature open. */
export interface Present {
  readonly tab: string;
  readonly feature: number;
  readonly layerNo: number;
  readonly account: number;
  readonly person: string;
  readonly unit: string;
  readonly unitName: string;
  readonly mode: PresenceMode;
}

type Listener = (changed: ReadonlySet<number>) => void;

/**
 * Who is where, read from the database for all open streams of this process: when the bell rings, and while somebody is
 * there every few seconds. Nobody listening or nobody there costs nothing but the look at each bell.
 */
export class Attendance {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #listeners = new Set<Listener>();
  #present: readonly Present[] = [];
  readonly #rounds = new Rounds(() => this.#read());
  #timer: NodeJS.Timeout | undefined;
  #stopBell = () => {};

  constructor(db: Database, log: Logger) {
    this.#db = db;
    this.#log = log;
  }

  start(): void {
    this.#stopBell = this.#db.onBell(() => void this.look());
    this.#timer = setInterval(() => {
      if (this.#present.length > 0) void this.look();
    }, pollMilliseconds);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stopBell();
    this.#listeners.clear();
  }

  /** Calls `listener` with the features at which somebody came, went or changed. Returns the way to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  at(feature: number): readonly Present[] {
    return this.#present.filter((one) => one.feature === feature);
  }

  /** Reads again, now; a look that is under way is followed by another. */
  look(): Promise<void> {
    return this.#listeners.size === 0 ? Promise.resolve() : this.#rounds.ask();
  }

  async #read(): Promise<void> {
    try {
      this.#tell(await everybody(this.#db));
    } catch (error) {
      this.#log.warn({ error: String(error) }, "presence could not be read; tried again within seconds");
    }
  }

  #tell(present: readonly Present[]): void {
    const key = ({ tab, feature, mode }: Present) => `${tab} ${feature} ${mode}`;
    const [before, after] = [new Map(this.#present.map((one) => [key(one), one])), new Set(present.map(key))];
    const changed = new Set([
      ...present.filter((one) => !before.has(key(one))).map(({ feature }) => feature),
      ...this.#present.filter((one) => !after.has(key(one))).map(({ feature }) => feature),
    ]);
    this.#present = present;
    if (changed.size > 0) for (const listener of this.#listeners) listener(changed);
  }
}

/** Everybody who is there, in the order in which they came; of one feature, or of all. */
export const everybody = ({ sql }: Database, feature?: number): Promise<Present[]> =>
  sql<Present[]>`
    select p.tab, p.feature_id as feature, f.layer_no as "layerNo", p.account_id as account, a.name as person, a.unit,
      u.short as "unitName", p.mode
    from presence p join feature f on f.id = p.feature_id join account a on a.id = p.account_id join unit u on u.id = a.unit
    where p.seen_at > now() - ${`${presenceTimes.lastsSeconds} seconds`}::interval
      and ${feature === undefined ? sql`true` : sql`p.feature_id = ${feature}`}
    order by p.since, p.tab`;
