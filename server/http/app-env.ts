import type { Who } from "#data/domain/account.ts";

/** A past that was asked for; both null for now. `at` is an instant, `known` a changeset number. */
export interface AsOfRequest {
  readonly at: Date | null;
  readonly known: number | null;
}

/** How the reader signed in; `csrf` is null for programs (bearer or basic), which no other site can drive. */
export interface Session {
  readonly account: number;
  readonly tokenHash: Buffer;
  readonly csrf: string | null;
}

/** Types of `c.var`: `new Hono<AppEnv>()`. `who`, `session`, `asOf` are set on everything that wants a session. */
export interface AppEnv {
  Variables: {
    requestId: string;
    who: Who;
    session: Session;
    asOf: AsOfRequest;
    /** Day number that lights are computed for: of `at` when asked, else the product's today. */
    today: number;
  };
}
