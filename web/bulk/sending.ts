import type { ChangeOp } from "#data/domain/change.ts";
import { mostSelected } from "#data/domain/extent.ts";
import type { ChangesPreview, OpOutcome } from "#data/domain/preview.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { send } from "../api/client.ts";
import { enqueueChange } from "../outbox/api.ts";
import type { ManyPart } from "../outbox/entry.ts";
import { manyTitle } from "../outbox/many.ts";
import { useOutbox } from "../outbox/state.ts";
import type { Deed } from "../session/journal.ts";

/** What the server would say of each op; nothing is written. Throws ProblemError. */
export async function tryOut(changes: readonly ChangeOp[], reason: string): Promise<readonly OpOutcome[]> {
  if (changes.length === 0) return [];
  const body = { changes, ...(reason ? { reason } : {}), dryRun: true };
  const { outcomes } = await send<ChangesPreview>("/api/changes", { method: "POST", body });
  return outcomes;
}

/** Many places that are changed as one deed. */
export interface ManyOrder {
  /** 批量修改, 移动, 表格保存. */
  readonly name: string;
  /** What is done to them, in a few words. */
  readonly what: string;
  readonly form: ManyPart["form"];
  readonly parts: readonly {
    readonly row: Pick<SelectionRow, "id" | "layer" | "name">;
    readonly ops: readonly ChangeOp[];
  }[];
  readonly reason: string;
  /** Its name as a step of the session; left out: as its changes say. */
  readonly deed?: Omit<Deed, "seq">;
  /** The refused entry that it mends. */
  readonly replaces: string | null;
}

export type Sent =
  /** `left`: the entry of those that were not taken. */
  | { readonly kind: "stored"; readonly ids: readonly number[]; readonly left: string | null }
  /** Safe on this machine: it goes when the line is back. */
  | { readonly kind: "queued" }
  /** Nothing of it was written; it stays in the outbox as `id`. */
  | { readonly kind: "refused"; readonly id: string; readonly problem: ProblemBody };

/** Puts one list into the outbox, one changeset under one key, and tells how it ended. */
export async function sendMany({ parts, name, form, reason, replaces, ...rest }: ManyOrder): Promise<Sent> {
  const members = parts.map(({ row: { id, layer, name }, ops }) => ({ id, layer, name, ops: ops.length }));
  const many: ManyPart = { name, members, form };
  const { id, outcome } = await enqueueChange({
    ...rest,
    kind: "many",
    title: manyTitle(many),
    layer: members[0]?.layer ?? null,
    subjects: members.map((member) => member.id),
    changes: parts.flatMap(({ ops }) => ops),
    many,
    reason: reason || null,
    replaces,
  });
  const ended = await outcome;
  if (ended.kind === "queued") return { kind: "queued" };
  if (ended.kind !== "acknowledged") return { kind: "refused", id, problem: ended.problem };
  const left = useOutbox.getState().entries.find(({ partOf }) => partOf === id)?.id ?? null;
  const stored = new Set(ended.done.features.map((feature) => feature.id));
  for (const { feature } of ended.done.tasks) if (feature !== null) stored.add(feature);
  return { kind: "stored", ids: members.map((member) => member.id).filter((one) => stored.has(one)), left };
}

/** Steps of a list beyond what one request takes. */
export const tooMany = (changes: readonly ChangeOp[]): boolean => changes.length > mostSelected;
