import { useEffect } from "react";
import type { SelectionRow } from "#data/domain/selection.ts";
import { knowsTime, serverNow } from "../api/client.ts";
import { useSession } from "../api/session.ts";
import { asked, within } from "../outbox/database.ts";
import { remember } from "../selection/known.ts";
import { pickedOf } from "../selection/picking.ts";
import { useSelection } from "../selection/store.ts";
import type { BulkSpec } from "./plan.ts";

/** A bulk form that is filled in and not sent, with the places it is for. One an account. */
export interface BulkDraft {
  readonly rows: readonly SelectionRow[];
  readonly spec: BulkSpec;
  readonly reason: string;
  /** The refused entry of the outbox that it mends. */
  readonly mends: string | null;
  /** Was the panel open when it was kept? Then it opens with the page. */
  readonly open: boolean;
  /** Names of places of that entry that are gone. */
  readonly missing?: readonly string[];
}
interface Kept extends BulkDraft {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

export const emptySpec: BulkSpec = { layer: null, fields: [], task: {} };
const keepMs = 30 * 86_400_000;

const keyNow = (): string => `${useSession.getState().session?.who.account ?? ""}/bulk`;

export const isFilled = ({ spec, reason, mends }: Pick<BulkDraft, "spec" | "reason" | "mends">): boolean =>
  spec.fields.length > 0 || Object.keys(spec.task).length > 0 || reason !== "" || mends !== null;

/** Keeps the form in this browser; an empty one is forgotten. Rejects when the browser keeps nothing. */
export async function keepBulk(draft: BulkDraft, now: number): Promise<void> {
  const kept: Kept = { ...draft, key: keyNow(), savedAt: now };
  if (!isFilled(draft)) return forgetBulk();
  await within(["drafts"], "readwrite", (store) => asked(store("drafts").put(kept)));
}

export async function forgetBulk(): Promise<void> {
  await within(["drafts"], "readwrite", (store) => asked(store("drafts").delete(keyNow())));
}

/** What this account left half filled in, or `null`. `now`: by the server's clock, ms; `null`: nobody knows, nothing is too old. */
export async function findBulk(now: number | null): Promise<BulkDraft | null> {
  const kept = await within(["drafts"], "readonly", (store) =>
    asked<Kept | undefined>(store("drafts").get(keyNow())),
  ).catch(() => undefined);
  return kept && (now === null || now - kept.savedAt < keepMs) ? kept : null;
}

/** A panel that was open when the page went comes back with its places. */
export function useBulkBack(): void {
  useEffect(() => {
    void findBulk(knowsTime() ? serverNow() : null).then((draft) => {
      const { picked, acting } = useSelection.getState();
      if (!draft?.open || draft.rows.length === 0 || picked.size > 0 || acting) return;
      remember(draft.rows);
      useSelection.setState({
        picked: new Map(draft.rows.map((row) => [row.id, pickedOf(row)])),
        acting: "bulk",
      });
    });
  }, []);
}
