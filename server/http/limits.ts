import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { photoLimits } from "#data/domain/photo.ts";
import type { AppEnv } from "./app-env.ts";
import { Problem } from "./problem.ts";

const bodyBytes = 2 * 1024 * 1024;

/** Bodies over 2 MB, photos over 25 MB, are refused before they are read. */
export const limitBody = (): MiddlewareHandler<AppEnv> => {
  const [changes, photos] = [limitChanges(), limitPhotos()];
  return (c, next) => (c.req.path === "/api/photos" ? photos(c, next) : changes(c, next));
};

const limitPhotos = (): MiddlewareHandler<AppEnv> =>
  bodyLimit({
    maxSize: photoLimits.bytes,
    onError: () => {
      throw new Problem("too-large", {
        detail: "一张照片至多 25 MB。请在手机上改用普通分辨率重拍，或压缩后再传。",
        errors: [{ at: "body", message: "超过 25 MB" }],
      });
    },
  });

const limitChanges = (): MiddlewareHandler<AppEnv> =>
  bodyLimit({
    maxSize: bodyBytes,
    onError: () => {
      throw new Problem("too-large", {
        detail: "一次最多发送 2 MB。请把修改分成几批，或把图形简化（一个图形至多 20,000 个点）。",
        errors: [{ at: "body", message: "超过 2 MB" }],
      });
    },
  });

interface BucketSize {
  /** What may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Leaky buckets by key, in this process only: they protect it from floods and decide nothing else (lock-out of an account
 * is counted in the database). `now` is in milliseconds.
 */
export class Buckets {
  readonly #size: BucketSize;
  readonly #now: () => number;
  readonly #levels = new Map<string, { level: number; at: number }>();

  constructor(size: BucketSize, now: () => number = Date.now) {
    this.#size = size;
    this.#now = now;
  }

  /** Seconds to wait until one more fits; 0 when it fits now. */
  wait(key: string): number {
    const over = this.#level(key) + 1 - this.#size.burst;
    return over <= 0 ? 0 : over / this.#size.perSecond;
  }

  add(key: string): void {
    const level = this.#level(key) + 1;
    if (this.#levels.size > 10_000) this.#drain();
    this.#levels.set(key, { level, at: this.#now() });
  }

  #level(key: string): number {
    const entry = this.#levels.get(key);
    if (!entry) return 0;
    return Math.max(0, entry.level - ((this.#now() - entry.at) / 1000) * this.#size.perSecond);
  }

  #drain(): void {
    for (const key of this.#levels.keys()) if (this.#level(key) === 0) this.#levels.delete(key);
  }
}

const unsafe = new Set(["POST", "PUT", "PATCH", "DELETE"]);
export const isUnsafe = (method: string): boolean => unsafe.has(method);

/** Writes of one account: fast enough for a person with a full outbox, not for a loop gone wild. */
export const limitWrites = (): MiddlewareHandler<AppEnv> => {
  const buckets = new Buckets({ burst: 600, perSecond: 20 });
  return async (c, next) => {
    if (isUnsafe(c.req.method)) {
      const key = String(c.var.session.account);
      refuseOver(buckets.wait(key));
      buckets.add(key);
    }
    await next();
  };
};

/** 429 with the seconds to wait, unless there is nothing to wait for. */
export function refuseOver(seconds: number): void {
  if (seconds > 0)
    throw new Problem("too-many", {
      detail: `请求太快，请等 ${Math.ceil(seconds)} 秒再试。`,
      retryAfter: seconds,
    });
}

/** Address of the other end; "direct" when the app is called without a socket (tests). */
export function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "direct";
  } catch {
    return "direct";
  }
}
