import type { ProblemBody } from "#data/domain/wire/session.ts";

/** What a person reads out on the phone: enough of a request's number to find it in the log. */
export const shortRequest = (request: string): string => request.slice(0, 8);

/** What the server refused and why, as its problem+json says. `status` 0: it was not reached at all. */
export class ProblemError extends Error {
  readonly body: ProblemBody;
  /** Seconds after which the server wants to be asked again; `null`: it did not say. */
  readonly retryAfter: number | null;

  constructor(body: ProblemBody, retryAfter: number | null = null) {
    super(body.detail ?? body.title);
    this.name = "ProblemError";
    this.body = body;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.body.status;
  }
}

const unreachable = (detail: string): ProblemBody => ({
  type: "about:blank",
  title: "没有连上服务器",
  status: 0,
  code: "unreachable",
  request: "",
  detail,
});

export const offlineProblem = (): ProblemError =>
  new ProblemError(unreachable("网络断了，或服务器没有应答。检查网络后重试。"));

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === "object" && body !== null && "status" in body && "code" in body;

/** Reads the problem of a failed answer; a proxy's HTML page becomes a sentence too. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  const wait = Number(response.headers.get("retry-after"));
  const retryAfter = wait > 0 ? wait : null;
  if (isProblem(body)) return new ProblemError(body, retryAfter);
  const nameless: ProblemBody = {
    type: "about:blank",
    title: "服务器没能答复",
    status: response.status,
    code: "no-problem-body",
    request: response.headers.get("x-request-id") ?? "",
    detail: `服务器答复 ${response.status}，没有说明原因。稍后重试；还不行请把编号告诉管理员。`,
  };
  return new ProblemError(nameless, retryAfter);
}

/** Any thrown thing as a problem a screen can show. */
export const asProblem = (error: unknown): ProblemError =>
  error instanceof ProblemError
    ? error
    : new ProblemError({ ...unreachable("页面出了错。刷新后再试。"), title: "页面出了错", code: "page" });

/** The error that stands in the stead of an answer; null while what was answered before is still true but for the line. */
export function inStead({ error, data }: { error: Error | null; data: unknown }): Error | null {
  return error && data !== undefined && asProblem(error).status === 0 ? null : error;
}
