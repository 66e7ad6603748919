import { asked, within } from "../outbox/database.ts";
import { dropOwn } from "../outbox/kept.ts";
import type { Base } from "./base.ts";
import type { Sketch } from "./steps.ts";
import { thisTab } from "./uid.ts";

/** What a person has done and not saved. Kept in this browser by account and place; survives reload, crash and sign-out. */
export interface Draft {
  readonly key: string;
  readonly layer: string;
  readonly title: string;
  readonly base: Base;
  readonly sketch: Sketch;
  /** By the server's clock, ms since 1970. */
  readonly savedAt: number;
  /** The refused entry of the outbox that it mends. */
  readonly mends: string | null;
}

/** One draft a place; one for each layer in which something new is being drawn, until that is queued. */
export const draftKey = (
  account: string,
  { feature, uid, pending }: Pick<Base, "feature" | "uid" | "pending">,
  layer: string,
): string => `${account}/${feature ?? (pending === undefined ? `new:${layer}` : uid)}`;

export const keepDays = 30;
/** Rejects when the browser keeps nothing (no space, private mode): the page then says that the draft is not safe. */
export const putDraft = (draft: Draft): Promise<IDBValidKey> =>
  within(["drafts"], "readwrite", (store) => asked(store("drafts").put({ ...draft, tab: thisTab })));

/** Drops the draft unless another window wrote it last. */
export const dropDraft = (key: string): Promise<void> =>
  within(["drafts"], "readwrite", (store) => dropOwn(store("drafts"), key));

/** Whoever wrote it: it is stored, or too old. */
export const dropAnyDraft = (key: string): Promise<undefined> =>
  within(["drafts"], "readwrite", (store) => asked(store("drafts").delete(key)));

/** The draft of a place, or `null`; one older than 30 days is dropped. `now`: by the server's clock, ms; `null`: nobody knows, nothing is too old. */
export async function findDraft(key: string, now: number | null): Promise<Draft | null> {
  const draft = await within(["drafts"], "readonly", (store) =>
    asked<Draft | undefined>(store("drafts").get(key)),
  ).catch(() => undefined);
  if (!draft) return null;
  if (now === null || now - draft.savedAt < keepDays * 86_400_000) return draft;
  await dropAnyDraft(key).catch(() => undefined);
  return null;
}
