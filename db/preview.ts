import type { ChangeOp, ChangesBody } from "#data/domain/change.ts";
import type { ChangesPreview, OpOutcome } from "#data/domain/preview.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Database } from "./client.ts";
import { type ApplyOptions, inChangeset, WriteRefused, writeList } from "./write.ts";

/**
 * Times a list is tried, and ms that its tries may work together, before the rest is told as not judged one by one. Each try is
 * the real write, rolled back, and holds the head row no longer than that write would; one that was begun is not cut short.
 */
const mostTries = 48;
const mostMs = 4_000;

type Refusal = Extract<OpOutcome, { ok: false }>;
/** Indices of the list that name one place. */
type Group = readonly number[];

/**
 * What would become of each op: the list is written, judged by the guard and rolled back; when it is refused, without the ops
 * that were named, or in halves, the larger parts first. Throws WriteRefused for what is about the list as a whole (signed out,
 * no reason).
 */
export async function previewChanges(
  db: Database,
  options: ApplyOptions,
  budget: { readonly ms: number } = { ms: mostMs },
): Promise<ChangesPreview> {
  const { changes } = options.body;
  const outcomes: OpOutcome[] = new Array(changes.length);
  const refuse = (refused: readonly Group[], of: (i: number) => Refusal) => {
    for (const i of refused.flat()) outcomes[i] = of(i);
  };
  /** Parts still to be tried, with why the part they come from was refused. */
  const waiting: { readonly groups: readonly Group[]; readonly verdict: WriteRefused | null }[] = [
    { groups: groupsOf(changes), verdict: null },
  ];
  let [tries, worked] = [0, 0];
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const { groups, verdict: before } = part;
    if (groups.length === 0) continue;
    if (before && (tries >= mostTries || worked >= budget.ms)) {
      refuse(groups, () => notJudged(before));
      continue;
    }
    const indices = groups.flat();
    const list = indices.map((i) => changes[i]!);
    const verdict = await inTurn(db, async () => {
      const begun = performance.now();
      try {
        return await attempt(db, options, list);
      } finally {
        tries += 1;
        worked += performance.now() - begun;
      }
    });
    if ("results" in verdict) {
      for (const [n, i] of indices.entries()) outcomes[i] = { ok: true, result: verdict.results[n]! };
      continue;
    }
    const named = namedBy(verdict, indices, changes);
    if (named.size > 0) {
      const isNamed = (group: Group) => group.some((i) => named.has(i));
      refuse(groups.filter(isNamed), (i) => named.get(i) ?? withOthers(verdict));
      waiting.push({ groups: groups.filter((group) => !isNamed(group)), verdict });
    } else if (groups.length === 1) refuse(groups, () => refusalOf(verdict));
    else {
      const half = Math.ceil(groups.length / 2);
      waiting.push({ groups: groups.slice(0, half), verdict }, { groups: groups.slice(half), verdict });
    }
  }
  return { outcomes };
}

/** For what was only tried together with others when the time or the tries were used up. */
const notJudged = ({ detail }: WriteRefused): Refusal => ({
  ok: false,
  code: "unjudged",
  detail: `这一处没有单独试过：试写的时间用完了。和它一起试的里面有不能写的（${detail}）请先改好已指出的，或少选一些分几次办。`,
});

/** Ops that name the same place stand or fall together. */
function groupsOf(changes: readonly ChangeOp[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, op] of changes.entries()) {
    const key = placeOf(op) ?? `op ${i}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  return [...groups.values()];
}

function placeOf(op: ChangeOp): string | null {
  if (op.op === "create") return op.uid.toLowerCase();
  if (op.op === "observe") return String(op.point);
  if (op.op === "task" || op.op === "correct-task")
    return typeof op.task === "number" ? `task ${op.task}` : String(op.task.feature);
  return "feature" in op ? String(op.feature).toLowerCase() : null;
}

/** The last try that was begun on each database. */
const turns = new WeakMap<Database, Promise<unknown>>();

/** One try at a time: whoever really writes then waits for one of them at most, however many look ahead at once. */
function inTurn<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(db) ?? Promise.resolve()).then(work);
  turns.set(
    db,
    mine.catch(() => {}),
  );
  return mine;
}

/** Ends the transaction of a dry run, so that nothing of it stays. */
class Previewed extends Error {
  readonly reply: ChangesReply;

  constructor(reply: ChangesReply) {
    super("previewed");
    this.reply = reply;
  }
}

async function attempt(
  db: Database,
  { key: _, ...options }: ApplyOptions,
  changes: readonly ChangeOp[],
): Promise<ChangesReply | WriteRefused> {
  const body: ChangesBody = { ...options.body, changes: [...changes] };
  try {
    await inChangeset(db, { ...options, body }, async (tx, opened) => {
      throw new Previewed(await writeList(tx, opened, { ...options, body }));
    });
  } catch (error) {
    if (error instanceof Previewed) return error.reply;
    const ofList = error instanceof WriteRefused && isOfList(error);
    if (error instanceof WriteRefused && !ofList) return error;
    throw error;
  }
  throw new Error("A preview was written.");
}

const isOfList = ({ code, errors }: WriteRefused): boolean =>
  code === "signed-out" || (errors?.some(({ at }) => at === "reason") ?? false);

const refusalOf = ({ code, detail, errors, stale }: WriteRefused): Refusal => ({
  ok: false,
  code,
  detail,
  ...(errors && { errors }),
  ...(stale && { stale }),
});

const withOthers = ({ code }: WriteRefused): Refusal => ({
  ok: false,
  code,
  detail: "这一处的另一项改动不能做，先改好那一项。",
});

/** Which ops a refusal speaks of, where it says so itself: by `changes.N`, or by the place that was changed meanwhile. */
function namedBy(
  refused: WriteRefused,
  indices: readonly number[],
  changes: readonly ChangeOp[],
): Map<number, Refusal> {
  const named = new Map<number, Refusal>();
  for (const { at, message } of refused.errors ?? []) {
    const [, n, field = ""] = /^changes\.(\d+)(?:\.(.*))?$/.exec(at) ?? [];
    const i = n === undefined ? undefined : indices[Number(n)];
    if (i === undefined) continue;
    const before = named.get(i)?.errors ?? [];
    named.set(i, {
      ok: false,
      code: refused.code,
      detail: before[0]?.message ?? message,
      errors: [...before, { at: field, message }],
    });
  }
  const { feature, task } = refused.stale ?? {};
  for (const i of indices) {
    const op = changes[i]!;
    const isStale =
      (feature !== undefined && [String(feature.id), feature.guatu.uid].includes(placeOf(op) ?? "")) ||
      (task !== undefined && op.op === "task" && op.task === task.id);
    if (isStale) named.set(i, refusalOf(refused));
  }
  return named;
}
