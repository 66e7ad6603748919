import type postgres from "postgres";
import type { ChangeOp } from "#data/domain/change.ts";
import { type ProposalStep, proposalDays } from "#data/domain/proposal.ts";
import type { ProposalBody } from "#data/domain/proposal-body.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Database, TransactionSql } from "./client.ts";
import type { Reader } from "./reading.ts";
import { type Folded, fold, Stale } from "./write/fold.ts";
import { load } from "./write/load.ts";
import { WriteRefused } from "./write/refused.ts";
import { staleRefusal } from "./write/stale.ts";
import { store } from "./write/store.ts";
import { type Applied, inChangeset, type Opened, replyOf, yearOf } from "./write.ts";

interface DeedOptions {
  readonly token: string | Uint8Array;
  readonly key?: string;
  readonly clock: Date;
}

/**
 * Stores a cross-town change for the towns it touches to agree to (跨镇会签); the proposer's own town agrees by it. The edits are
 * written for real, judged by the guard as if all had signed, and rolled back. Throws WriteRefused as that write would.
 */
export function propose(db: Database, options: DeedOptions & { body: ProposalBody }): Promise<Applied> {
  const { body } = options;
  return inChangeset(db, { ...options, kind: "cosign" }, async (tx, opened) => {
    const ops = withoutClaims(body.changes);
    const folded = await foldedFor(tx, opened, opened, ops, body.reason);
    const [row] = await tx<{ id: number }[]>`
      select propose(${body.uid}, ${json(tx, ops)}, ${json(tx, placesOf(folded))}, ${proposalDays}) as id`;
    const id = row?.id ?? 0;
    await rehearse(tx, id, folded);
    return { seq: opened.seq, results: [{ op: "propose", id, uid: body.uid }] };
  });
}

/**
 * One step of a person on a proposal. The last agreement applies it by the same changeset; `renew` takes the places as they are
 * now and asks everybody again. The reply's `results` then hold what was written.
 */
export function stepProposal(
  db: Database,
  options: DeedOptions & {
    id: number;
    step: ProposalStep;
    reason?: string | undefined;
    /** The round that the person read; another one is refused. */
    round?: number | undefined;
  },
): Promise<Applied> {
  const { id, step, reason = "", round } = options;
  const body = { ...(reason && { reason }), id, step, ...(round !== undefined && { round }) };
  return inChangeset(db, { ...options, body, kind: "cosign" }, (tx, opened) => takeStep(tx, opened, body));
}

interface Stored {
  readonly ops: ChangeOp[];
  readonly reason: string;
  readonly round: number;
}

async function takeStep(
  tx: TransactionSql,
  opened: Opened,
  { id, step, round }: { id: number; step: ProposalStep; round?: number },
): Promise<ChangesReply> {
  // To who is not asked it is as if there were none, before anything of it is tried.
  const [stored] = await tx<Stored[]>`
    select ops, reason, round from proposal where id = ${id} and (${opened.town}::text is null or ${opened.town} = any(towns))`;
  if (!stored) throw new WriteRefused("not-found", "没有这件会签，或者它不涉及你们镇街。");
  if (round !== undefined && round !== stored.round)
    throw new WriteRefused("wrong-step", "发起的镇街已按现在的样子重新发起，请看过新的内容再办。");
  const renewed = step === "renew" && opened.town !== null ? await renewedOps(tx, stored.ops) : null;
  const fresh = renewed && (await foldedFor(tx, opened, opened, renewed, stored.reason));
  const [row] = await tx<{ state: string }[]>`
    select step_proposal(${id}, ${step}, ${renewed && json(tx, renewed)}, ${fresh && json(tx, placesOf(fresh))}, ${proposalDays}) as state`;
  const done = { op: step, id };
  if (fresh) await rehearse(tx, id, fresh);
  if (row?.state !== "applied") return { seq: opened.seq, results: [done] };
  // Who signs reads what is signed, also where a 限定 place was not theirs before.
  const everything: Reader = { role: "taskforce", unit: opened.unit, town: null };
  const folded = await foldedFor(tx, opened, everything, stored.ops, stored.reason);
  const reply = replyOf(opened.seq, folded, await store(tx, folded));
  return { seq: opened.seq, results: [done, ...reply.results] };
}

/** The same edits on the places as they are now; what is gone or not theirs any more is refused by the fold. */
async function renewedOps(tx: TransactionSql, ops: readonly ChangeOp[]): Promise<ChangeOp[]> {
  const named = ops.flatMap((op) => ("feature" in op ? [op.feature] : []));
  const ids = named.filter((name) => typeof name === "number");
  const uids = named.filter((name) => typeof name === "string");
  const rows = await tx<{ id: number; uid: string; version: number }[]>`
    select id, uid, version from feature where id = any(${ids}::bigint[])
    union select id, uid, version from feature where uid = any(${uids}::uuid[])`;
  return ops.map((op) => {
    if (op.op !== "patch" && op.op !== "delete") return op;
    const name = typeof op.feature === "string" ? op.feature.toLowerCase() : op.feature;
    const now = rows.find(({ id, uid }) => id === name || uid === name);
    return { ...op, base: now?.version ?? op.base };
  });
}

async function foldedFor(
  tx: TransactionSql,
  opened: Opened,
  reader: Reader,
  ops: readonly ChangeOp[],
  reason: string,
): Promise<Folded> {
  try {
    return fold({
      ops,
      loaded: await load(tx, reader, ops),
      files: new Map(),
      writer: { accountId: opened.account_id, role: opened.role, unit: opened.unit, town: opened.town },
      reason,
      now: opened.at,
      year: yearOf(opened.at),
    });
  } catch (error) {
    throw error instanceof Stale ? await staleRefusal(tx, error) : error;
  }
}

/** Device times are claims about what was; a proposal is about what shall be. */
const withoutClaims = (ops: readonly ChangeOp[]): ChangeOp[] =>
  ops.map((op) => {
    if (!("effective" in op)) return op;
    const { effective: _, ...rest } = op;
    return rest as ChangeOp;
  });

const placesOf = ({ features }: Folded) =>
  features
    .filter(({ base, folded }) => base === 0 || folded > 0)
    .map(({ uid, layer, base, attrs, geometry, deleted }) => ({
      uid,
      layer_no: layer.no,
      base,
      attrs,
      geometry,
      deleted,
    }));

/** Ends the savepoint of a rehearsal, so that nothing of it stays. */
class Rehearsed extends Error {}

async function rehearse(tx: TransactionSql, id: number, folded: Folded): Promise<void> {
  try {
    await tx.savepoint(async (inner) => {
      await inner`select rehearse_proposal(${id})`;
      await store(inner, folded);
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
}

const json = (tx: TransactionSql, value: unknown) => tx.json(value as postgres.JSONValue);
