import { createHash } from "node:crypto";
import type postgres from "postgres";
import type { Role } from "#data/domain/account.ts";
import type { ChangesBody } from "#data/domain/change.ts";
import { dateOf, dayOfInstant } from "#data/domain/time.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Database, TransactionSql } from "./client.ts";
import { tokenHashOf } from "./sessions.ts";
import { type Folded, fold, Stale } from "./write/fold.ts";
import { followRoads } from "./write/follow.ts";
import { load } from "./write/load.ts";
import { toRefusal, WriteRefused } from "./write/refused.ts";
import { staleRefusal } from "./write/stale.ts";
import { type Stored, store, storedTask } from "./write/store.ts";

export { WriteRefused } from "./write/refused.ts";

export interface ApplyOptions extends ChangesetOptions {
  /** Parsed by `changesRequest`. */
  readonly body: ChangesBody;
}

/** How a changeset is opened. */
export interface ChangesetOptions {
  /** Session or bearer token, or its SHA-256 as the server keeps it. */
  readonly token: string | Uint8Array;
  /** What was asked for, as JSON can say it: with the same key it must be the same. */
  readonly body: { readonly reason?: string };
  /** What wrote: `edit` (default), `import`, `undo`, `seed`… */
  readonly kind?: string;
  /** UUID made when the person acted. The same key and body give the stored reply again. */
  readonly key?: string;
  /** The product's clock; the changeset is never earlier than the one before it. */
  readonly clock: Date;
  /** UUID that joins the changesets of one import. */
  readonly batch?: string;
  /** Changeset that this one takes back. */
  readonly reverts?: number;
  /** Uploaded files that the body's photos name, by hash; read before, for no file is opened inside the transaction. */
  readonly files?: ReadonlyMap<string, PhotoFile>;
}

export interface Applied {
  readonly reply: ChangesReply;
  readonly status: number;
  readonly replayed: boolean;
}

/**
 * The one write path (core design §3): applies a list of edits as one changeset, all or nothing, and rings the bell.
 * Throws WriteRefused when the edit is the reason, DatabaseUnavailable when the database is.
 */
export async function applyChanges(db: Database, options: ApplyOptions): Promise<Applied> {
  return inChangeset(db, options, (tx, opened) => writeList(tx, opened, options));
}

/** Does one deed as one changeset: opened from the session, answered once for a key, the bell rung after it. */
export async function inChangeset(
  db: Database,
  options: ChangesetOptions,
  deed: (tx: TransactionSql, opened: Opened) => Promise<ChangesReply>,
): Promise<Applied> {
  const { body, key } = options;
  const bodySha = createHash("sha256").update(JSON.stringify(body)).digest();
  try {
    const reply = await db.transaction(async (tx) => {
      const opened = await openChangeset(tx, options);
      if (key) await replay(tx, opened.account_id, key, bodySha);
      const reply = await deed(tx, opened);
      if (key)
        await tx`insert into idempotency (account_id, key, body_sha256, seq, status, reply)
          values (${opened.account_id}, ${key}, ${bodySha}, ${opened.seq}, 200, ${tx.json(reply as unknown as postgres.JSONValue)})`;
      return reply;
    });
    if (db.kind === "embedded") db.ring();
    return { reply, status: 200, replayed: false };
  } catch (error) {
    if (error instanceof Replayed) return { reply: error.reply, status: error.status, replayed: true };
    throw toRefusal(error);
  }
}

export interface Opened {
  seq: number;
  at: Date;
  account_id: number;
  login: string;
  unit: string;
  role: Role;
  town: string | null;
}

async function openChangeset(tx: TransactionSql, options: ChangesetOptions): Promise<Opened> {
  const { token, body, kind = "edit", clock, batch = null, reverts = null } = options;
  const hash = typeof token === "string" ? tokenHashOf(token) : Buffer.from(token);
  const [opened] = await tx<Opened[]>`
    select * from open_changeset(${hash}, ${kind}, ${body.reason?.trim() || null}, ${clock}, ${batch}, ${reverts})`;
  if (!opened) throw new Error("open_changeset gave no row.");
  return opened;
}

/** Ends the transaction of a request that was answered before, so that its changeset number is not used up. */
class Replayed extends Error {
  readonly reply: ChangesReply;
  readonly status: number;

  constructor(reply: ChangesReply, status: number) {
    super("replayed");
    this.reply = reply;
    this.status = status;
  }
}

async function replay(tx: TransactionSql, account: number, key: string, bodySha: Buffer): Promise<void> {
  const [row] = await tx<{ same: boolean; status: number; reply: ChangesReply }[]>`
    select body_sha256 = ${bodySha} as same, status, reply from idempotency
     where account_id = ${account} and key = ${key}`;
  if (!row) return;
  if (row.same) throw new Replayed(row.reply, row.status);
  throw new WriteRefused("key-reused", "这个操作编号已用在别的内容上，请刷新页面后重新提交。");
}

/** The year whose programme a change of this instant belongs to. */
export const yearOf = (at: Date): number => Number(dateOf(dayOfInstant(at)).slice(0, 4));

/** Folds and stores a list within an opened changeset; throws what the write path refuses. */
export async function writeList(
  tx: TransactionSql,
  opened: Opened,
  { body, files = new Map() }: Pick<ApplyOptions, "body" | "files">,
): Promise<ChangesReply> {
  const loaded = await load(tx, opened, body.changes);
  let folded: Folded;
  try {
    folded = fold({
      ops: body.changes,
      loaded,
      files,
      writer: { accountId: opened.account_id, role: opened.role, unit: opened.unit, town: opened.town },
      reason: body.reason?.trim() ?? "",
      now: opened.at,
      year: yearOf(opened.at),
    });
  } catch (error) {
    throw error instanceof Stale ? await staleRefusal(tx, error) : error;
  }
  const followers = await followRoads(tx, opened, folded.features);
  const stored = await store(tx, { ...folded, features: [...folded.features, ...followers] });
  return {
    ...replyOf(opened.seq, folded, stored),
    ...(followers.length > 0 && { followed: followers.length }),
  };
}

/** What became of each op, with the versions it got. */
export function replyOf(seq: number, folded: Folded, stored: Stored): ChangesReply {
  return {
    seq,
    results: folded.results.map(({ op, draft, task }) => {
      if (!draft) return { op };
      const row = stored.features.get(draft.uid);
      const tasks = [...(task ? [task] : draft.tasks.values())].flatMap((one) => {
        const kept = storedTask(stored, draft, one);
        return kept ? [{ ...kept, target: one.target % 100 }] : [];
      });
      const result = { op, id: draft.id ?? undefined, uid: draft.uid, version: row?.version ?? draft.base };
      return tasks.length > 0 ? { ...result, tasks } : result;
    }),
  };
}
