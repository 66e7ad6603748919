import { useLive } from "./live.ts";
import { offlineProblem, problemOf } from "./problem.ts";
import { useSession } from "./session.ts";

interface Send {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Goes out even if the page is closed in this moment. */
  readonly keepalive?: boolean;
  /** The server's own answer or none: what this machine kept from before is not taken for it. */
  readonly fresh?: boolean;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `/api/list?town=…` without the empty ones, in the order given: equal questions get equal addresses. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** On an answer that this machine kept: when it was true. */
const keptHeader = "x-guatu-kept";

let skew: number | null = null;

/** Server's clock minus this device's, ms, as the last answer told (to the second); 0 before the first. */
export const serverSkew = (): number => skew ?? 0;

/** The time by the server's clock, ms: a device's may be a year off. */
export const serverNow = (): number => Date.now() + serverSkew();

/** Is that the server's, or only what this device believes? */
export const knowsTime = (): boolean => skew !== null;

/** How far the clocks are apart, and whether the answer is one that this machine kept. */
function noteTime(headers: Headers): void {
  const kept = Date.parse(headers.get(keptHeader) ?? "");
  const { since } = useLive.getState();
  if (!Number.isNaN(kept)) {
    if (since === null || kept < since) useLive.setState({ since: kept });
    return;
  }
  if (since !== null) useLive.setState({ since: null });
  const told = Date.parse(headers.get("date") ?? "");
  if (!Number.isNaN(told)) skew = told - Date.now();
}

/**
 * One request to our own server. JSON in, JSON out (`undefined` for 204). Throws ProblemError; 401 also ends the session in the page.
 * Writes carry the CSRF token, and every request the least changeset number this browser must see.
 */
export async function send<T>(
  path: string,
  { method = "GET", body, headers, signal, keepalive = false, fresh = false }: Send = {},
): Promise<T> {
  const { session, seq, saw, expire } = useSession.getState();
  const writes = method !== "GET";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      signal: signal ?? null,
      keepalive,
      body: body === undefined ? null : JSON.stringify(body),
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(writes && session ? { "X-Guatu-CSRF": session.csrf } : {}),
        ...(seq > 0 ? { "X-Guatu-Seq": String(seq) } : {}),
        ...headers,
      },
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw offlineProblem();
  }
  noteTime(response.headers);
  if (fresh && response.headers.has(keptHeader)) throw offlineProblem();
  const seen = Number(response.headers.get("x-guatu-seq"));
  if (seen > 0) saw(seen);
  if (!response.ok) {
    const problem = await problemOf(response);
    if (response.status === 401 && session) expire();
    throw problem;
  }
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}
