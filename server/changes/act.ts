import { createHash } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import type { ChangeOp, ChangesBody, RevertBody } from "#data/domain/change.ts";
import type { ChangesPreview } from "#data/domain/preview.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { previewChanges } from "#db/preview.ts";
import { revertChanges } from "#db/revert.ts";
import { type Applied, applyChanges } from "#db/write.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { Problem } from "../http/problem.ts";

/** The caller's key for this one act: sent again after a lost answer, it gives the first answer and does nothing. */
export function keyOf(c: Context<AppEnv>): string {
  const key = c.req.header("idempotency-key");
  if (z.uuid().safeParse(key).success && key) return key.toLowerCase();
  throw new Problem("key-missing", {
    detail:
      "请在 Idempotency-Key 里带一个 UUID（用户每次操作生成一个，重发时不变），这样网络中断后重发不会写两遍。",
    errors: [{ at: "Idempotency-Key", message: key ? "应为 UUID" : "缺少这一项，请补上一个 UUID" }],
  });
}

/** Applies a list of edits for this reader, all or nothing, and tells this process' readers at once. */
export async function act(
  deps: Deps,
  c: Context<AppEnv>,
  body: ChangesBody,
): Promise<{ reply: ChangesReply; replayed: boolean }> {
  return told(
    c,
    await applyChanges(deps.db, {
      token: c.var.session.tokenHash,
      body,
      key: keyOf(c),
      clock: deps.clock.now(),
      files: await filesOf(deps, body),
    }),
  );
}

/** What would become of each op of a list; writes nothing, wants no key. */
export const tryOut = async (deps: Deps, c: Context<AppEnv>, body: ChangesBody): Promise<ChangesPreview> =>
  previewChanges(deps.db, {
    token: c.var.session.tokenHash,
    body,
    clock: deps.clock.now(),
    files: await filesOf(deps, body),
  });

/** Takes changesets back for this reader; sent again under its key it is the same act. */
export async function takeBack(
  deps: Deps,
  c: Context<AppEnv>,
  body: RevertBody,
): Promise<{ reply: ChangesReply; replayed: boolean }> {
  const key = keyOf(c);
  return told(
    c,
    await revertChanges(deps.db, { token: c.var.session.tokenHash, body, key, clock: deps.clock.now() }),
  );
}

/** Head of the answer to any write: its number, and whether it had been done before. */
export function told(
  c: Context<AppEnv>,
  { reply, replayed }: Applied,
): { reply: ChangesReply; replayed: boolean } {
  c.header("x-guatu-seq", String(reply.seq));
  if (replayed) c.header("idempotency-replayed", "true");
  return { reply, replayed };
}

/** What is known of the uploaded files that `body` names; those that were not uploaded are left out. */
async function filesOf(deps: Deps, body: ChangesBody): Promise<ReadonlyMap<string, PhotoFile>> {
  const hashes = new Set(body.changes.flatMap((change) => (change.op === "photo" ? [change.sha256] : [])));
  const files = await Promise.all([...hashes].map((hash) => deps.photos.facts(hash)));
  return new Map(files.flatMap((file) => (file ? [[file.sha256, file] as const] : [])));
}

/** A list of one. */
export const actOne = (deps: Deps, c: Context<AppEnv>, change: ChangeOp, reason?: string) =>
  act(deps, c, reason === undefined ? { changes: [change] } : { changes: [change], reason });

/**
 * The uid of a feature created by a program that names none: made of account and key, so that sending the same request
 * again is the same change and not another one (UUID version 8).
 */
export function uidOfKey(c: Context<AppEnv>): string {
  const bytes = createHash("sha256")
    .update(`${c.var.session.account} ${keyOf(c)}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
