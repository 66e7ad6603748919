import type { SessionAnswer } from "#data/domain/wire/session.ts";
import { send } from "./client.ts";
import { asProblem, ProblemError } from "./problem.ts";
import { useSession } from "./session.ts";

const owedKey = "guatu-signed-out";

/** Ends the session at the server. Without a line that is owed: whoever opens this browser next must not find it open. */
export async function endSession(): Promise<void> {
  try {
    await send("/api/session", { method: "DELETE" });
    owe(false);
  } catch (error) {
    owe(asProblem(error).status !== 401);
  }
}

/** Who is signed in. Throws ProblemError; 401 also when this person signed out without a line. */
export async function askSession(): Promise<SessionAnswer> {
  const session = await send<SessionAnswer>("/api/session");
  if (!isOwed()) return session;
  useSession.getState().set(session);
  await endSession();
  useSession.getState().set(null);
  throw new ProblemError({ ...signedOut, request: "" });
}

/** A new sign-in has taken the place of the old session. */
export const forgetOwed = (): void => owe(false);

const signedOut = {
  type: "about:blank",
  title: "已退出登录",
  status: 401,
  code: "signed-out",
  detail: "请重新登录。",
} as const;

function isOwed(): boolean {
  try {
    return localStorage.getItem(owedKey) !== null;
  } catch {
    return false;
  }
}

function owe(owed: boolean): void {
  try {
    if (owed) localStorage.setItem(owedKey, "1");
    else localStorage.removeItem(owedKey);
  } catch {
    // A browser without a shelf: the session ends when it does by itself.
  }
}
