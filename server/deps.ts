import type { Logger } from "pino";
import type { Database } from "#db/client.ts";
import type { ProductClock } from "./clock.ts";
import type { Env } from "./env.ts";
import type { Feed } from "./events/feed.ts";
import type { PhotoFiles } from "./photos/files.ts";
import type { Attendance } from "./presence/attendance.ts";
import type { SignOuts } from "./session/sign-outs.ts";

/** What a room needs from outside, made once at the start and given to every `xxxRoutes(deps)`. */
export interface Deps {
  /** Under the app role: reads, and writes by applyChanges. */
  readonly db: Database;
  readonly clock: ProductClock;
  readonly env: Env;
  readonly log: Logger;
  /** Every committed change, in order, once a process. Caches listen to it. */
  readonly feed: Feed;
  /** Who has which feature open, for the event streams. */
  readonly attendance: Attendance;
  readonly photos: PhotoFiles;
  readonly signOuts: SignOuts;
  /** Demo data is loaded: the page says 演示数据, the clock is the demo's. */
  readonly demo: boolean;
}
