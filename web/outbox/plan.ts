import type { ChangeOp, ChangesBody } from "#data/domain/change.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { share } from "./chain.ts";
import type { Box, Entry } from "./entry.ts";
import { mayPart } from "./many.ts";

/** What an unsuccessful attempt means for the queue. */
export type Verdict =
  /** Nobody gets through: wait with everything. */
  | "away"
  /** Nothing more until the same account is signed in. */
  | "signed-out"
  /** This one failed for no fault of its own: later, and the others go on. */
  | "fault"
  /** A colleague was faster. */
  | "stale"
  /** The uploaded file is gone. */
  | "file-lost"
  /** Definite: it stays with its reason. */
  | "refused";

/** Answers that are not from our server (a hotel's sign-in page, a proxy) are never definite. */
const foreign = "no-problem-body";
const mostUploads = 3;

export function verdictOf({ status, code, errors }: ProblemBody, { photo, attempts }: Entry): Verdict {
  if (status === 0) return code === "unreachable" ? "away" : "fault";
  if (status === 401 || code === "wrong-origin") return "signed-out";
  if ([408, 429, 502, 503, 504].includes(status)) return "away";
  if (status === 413) return "refused";
  if (status >= 500 || code === foreign) return "fault";
  if (status === 412) return "stale";
  const lost = status === 422 && photo?.file && errors?.some(({ at }) => at.endsWith("sha256"));
  return lost && attempts < mostUploads ? "file-lost" : "refused";
}

const firstMs = 1000;
const mostMs = 60_000;

/** Doubling from one second to a minute, between half and the whole of it by `chance` (0 to 1). */
export const backoff = (attempts: number, chance: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(attempts, 10)) * (0.5 + chance / 2);

/** Longer than that nothing waits. */
const longestWaitMs = 3_600_000;

/** How long something waits before it is tried again, ms; `retryAfter` is what the server asked for, s. */
export const waitOf = (attempts: number, chance: number, retryAfter: number | null | undefined): number =>
  Math.min(longestWaitMs, Math.max(backoff(attempts, chance), (retryAfter ?? 0) * 1000));

/** Has its time come? One further ahead than anything waits was written before the device's clock was set back. */
export const isDue = (time: number, now: number): boolean => time <= now || time > now + longestWaitMs;

const needsUpload = ({ photo }: Entry): boolean => photo !== null && photo.file === null;

/** The claim is there, nobody waits for it any more, or it has nothing to say. */
const claimed = ({ photo }: Entry, now: number): boolean =>
  !photo || photo.claim !== null || isDue(photo.claimBy, now);

/** Is what must go first gone, and nothing earlier of the same place still on its way? */
function free(box: Box, entry: Entry): boolean {
  if (entry.after.some((id) => box.entries.some((each) => each.id === id))) return false;
  return !box.entries.some(
    (each) =>
      each.account === entry.account &&
      each.order < entry.order &&
      each.state === "waiting" &&
      share(each, entry),
  );
}

const waiting = (box: Box, account: string): readonly Entry[] =>
  box.entries.filter((entry) => entry.account === account && entry.state === "waiting");

/** The list of changes that goes out next. */
export const nextChange = (box: Box, account: string, now: number): Entry | undefined =>
  waiting(box, account).find(
    (entry) => !needsUpload(entry) && isDue(entry.notBefore, now) && claimed(entry, now) && free(box, entry),
  );

/** Files go up in any order: a file that nobody has filed is no change. */
export const nextUpload = (
  box: Box,
  account: string,
  now: number,
  busy: ReadonlySet<string>,
): Entry | undefined =>
  waiting(box, account).find(
    (entry) => needsUpload(entry) && isDue(entry.notBefore, now) && !busy.has(entry.id),
  );

/** A list that could go but for some of its places, which wait for what was not taken: those places are told by `held`. */
export function partlyHeld(
  box: Box,
  account: string,
): { readonly entry: Entry; held(place: number): boolean } | undefined {
  const stuck: Entry[] = [];
  for (const entry of box.entries) {
    if (entry.account !== account) continue;
    const behind = stuck.filter(
      (each) => entry.after.includes(each.id) || (each.state === "waiting" && share(each, entry)),
    );
    if (entry.state !== "waiting" || behind.length > 0) stuck.push(entry);
    if (entry.state !== "waiting" || behind.length === 0 || !entry.many || entry.body !== null) continue;
    if (!mayPart(entry)) continue;
    const held = (place: number) => behind.some((each) => share(each, { subjects: [place] }));
    const count = entry.many.members.filter(({ id }) => held(id)).length;
    if (count > 0 && count < entry.many.members.length) return { entry, held };
  }
  return undefined;
}

/** When something that only waits for its time may go; `null`: nothing does. */
export function nextTime(box: Box, account: string, now: number): number | null {
  const times = waiting(box, account)
    .flatMap(({ notBefore, photo }) => [notBefore, photo && !photo.claim ? photo.claimBy : 0])
    .filter((time) => !isDue(time, now));
  return times.length > 0 ? Math.min(...times) : null;
}

/** Does it wait for another entry, and not for the line? */
export const isBehind = (box: Box, entry: Entry): boolean => !free(box, entry);

/** Where an entry is sent to. */
export const addressOf = ({ revert }: Entry): string => (revert ? "/api/changes/revert" : "/api/changes");

/** Sent this soon, the server's own clock says when it was so. */
const promptMs = 60_000;

/**
 * The bytes to send. What waited says since when it was so: the device's clock, put right by `skew` (server − device, ms).
 * A clock that is plainly wrong says nothing.
 */
export function bodyOf(
  { changes, reason, createdAt, kind, revert }: Entry,
  now: number,
  skew: number,
): string {
  if (revert) return JSON.stringify({ seqs: revert.seqs, reason });
  const year = new Date(createdAt + skew).getUTCFullYear();
  const tells = kind !== "photo" && now - createdAt > promptMs && year >= 2000 && year <= 2099;
  const effective = tells ? new Date(createdAt + skew).toISOString() : undefined;
  const claim = (op: ChangeOp): ChangeOp =>
    effective && ["create", "patch", "delete", "restore", "task"].includes(op.op)
      ? ({ ...op, effective } as ChangeOp)
      : op;
  const body: ChangesBody = { changes: changes.map(claim), ...(reason ? { reason } : {}) };
  return JSON.stringify(body);
}
