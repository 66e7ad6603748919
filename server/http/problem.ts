import type { ProblemBody } from "#data/domain/wire/session.ts";

/** Every problem this server can answer with: status and title. The code is for programs, the title for people. */
const problems = {
  "signed-out": { status: 401, title: "请先登录" },
  "wrong-password": { status: 401, title: "账号或口令不对" },
  "locked-out": { status: 429, title: "账号暂时锁定" },
  forbidden: { status: 403, title: "没有权限" },
  "wrong-origin": { status: 403, title: "请求来源不对" },
  "not-found": { status: 404, title: "没有找到" },
  "no-route": { status: 404, title: "没有这个地址" },
  "wrong-method": { status: 405, title: "这个地址不接受此方法" },
  gone: { status: 410, title: "已经删除" },
  "wrong-step": { status: 409, title: "现在不能走这一步" },
  conflict: { status: 409, title: "与现有数据冲突" },
  overlap: { status: 409, title: "后来又有改动" },
  stale: { status: 412, title: "已被别人改过" },
  "too-large": { status: 413, title: "内容太大" },
  "wrong-type": { status: 415, title: "内容类型不对" },
  invalid: { status: 422, title: "内容不合要求" },
  "key-reused": { status: 422, title: "同一个 Idempotency-Key 用在了不同内容上" },
  "bad-request": { status: 400, title: "请求有误" },
  "bad-query": { status: 400, title: "地址里的参数有误" },
  "bad-json": { status: 400, title: "内容不是 JSON" },
  "key-missing": { status: 400, title: "缺少 Idempotency-Key" },
  "base-missing": { status: 428, title: "缺少 If-Match" },
  "too-many": { status: 429, title: "请求太多" },
  unavailable: { status: 503, title: "数据库暂时不可用" },
  "photos-away": { status: 503, title: "照片存储暂时不可用" },
  internal: { status: 500, title: "服务器出错" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

interface ProblemOptions {
  /** What happened and what to do, zh-CN. */
  readonly detail?: string;
  readonly errors?: ProblemBody["errors"];
  readonly stale?: ProblemBody["stale"];
  readonly overlaps?: ProblemBody["overlaps"];
  /** Seconds, for 429 and 503. */
  readonly retryAfter?: number;
}

/** Throw it anywhere in a route: `throw new Problem("not-found", { detail: "…" })`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(`${code}: ${options.detail ?? problems[code].title}`);
    this.name = "Problem";
    this.code = code;
    this.options = options;
  }
}

/** RFC 9457 answer. */
export function problemResponse(problem: Problem, request: string): Response {
  const { status, title } = problems[problem.code];
  const { detail, errors, stale, overlaps, retryAfter } = problem.options;
  const body: ProblemBody = {
    type: `urn:guatu:problem:${problem.code}`,
    title,
    status,
    detail,
    code: problem.code,
    request,
    errors,
    stale,
    overlaps,
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (retryAfter !== undefined) headers.set("retry-after", String(Math.max(1, Math.ceil(retryAfter))));
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="guatu"');
  return new Response(JSON.stringify(body), { status, headers });
}
