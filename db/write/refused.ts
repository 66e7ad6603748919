import type { ProblemBody } from "#data/domain/wire/session.ts";

export type RefusalCode =
  | "signed-out"
  | "forbidden"
  | "not-found"
  | "gone"
  | "stale"
  | "wrong-step"
  | "conflict"
  | "overlap"
  | "key-reused"
  | "invalid";

/** A list of edits was not applied, none of it. `detail` says in Chinese what happened and what to do. */
export class WriteRefused extends Error {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors: ProblemBody["errors"];
  readonly stale: ProblemBody["stale"];
  readonly overlaps: ProblemBody["overlaps"];

  constructor(
    code: RefusalCode,
    detail: string,
    more: Pick<ProblemBody, "errors" | "stale" | "overlaps"> & { cause?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "WriteRefused";
    this.code = code;
    this.detail = detail;
    this.errors = more.errors;
    this.stale = more.stale;
    this.overlaps = more.overlaps;
  }
}

/** SQLSTATEs that guard and the functions raise; their messages are written for people. */
const raised: Readonly<Record<string, RefusalCode>> = {
  GU401: "signed-out",
  GU403: "forbidden",
  GU404: "not-found",
  GU409: "wrong-step",
  GU422: "invalid",
};

/** Unique constraints that people can run into, and what that means. */
const conflicts: Readonly<Record<string, string>> = {
  feature_uid_key: "这一处已经建过了，请刷新后再看。",
  proposal_uid_key: "这件会签已经发起过了，请刷新后再看。",
  photo_uid_key: "这张照片已经登记过了，请刷新后再看。",
  photo_once: "这张照片已经是这项任务的证据了，不用再传；整治前后要用两张不同的照片。",
};

const textOf = (error: object, key: string): string => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" ? value : "";
};

/** What the database threw as a WriteRefused, when it is about the edit; anything else as it is. */
export function toRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof WriteRefused) return error;
  const code = textOf(error, "code");
  const known = raised[code];
  if (known) {
    const at = textOf(error, "detail");
    const errors = known === "invalid" && at ? [{ at, message: error.message }] : undefined;
    return new WriteRefused(known, error.message, { errors, cause: error });
  }
  const twice = code === "23505" ? conflicts[textOf(error, "constraint_name")] : undefined;
  if (twice) return new WriteRefused("conflict", twice, { cause: error });
  if (code === "23514" || (code === "XX000" && /geom|GEOS|ring|lwgeom/i.test(error.message)))
    return new WriteRefused("invalid", "图形不成立，请检查边界后重画。", {
      errors: [{ at: "geometry", message: "图形不成立" }],
      cause: error,
    });
  return error;
}
