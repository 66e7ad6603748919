import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { Entry, Subject } from "./entry.ts";

type Attrs = Readonly<Record<string, unknown>>;

/** A place as it would be once these entries are stored: what of mine waits for it, on top of `stored`. Refused ones count for nothing. Pure. */
export function overlaid(
  subjects: readonly Subject[],
  stored: { readonly attrs?: Attrs | undefined; readonly geometry?: Geometry | null | undefined },
  entries: readonly Pick<Entry, "changes" | "state">[],
): { readonly attrs: Attrs; readonly geometry: Geometry | null } {
  let attrs: Attrs = stored.attrs ?? {};
  let geometry = stored.geometry ?? null;
  const own = (op: ChangeOp) => op.op === "patch" && subjects.includes(op.feature);
  for (const { changes, state } of entries)
    for (const op of state === "waiting" ? changes.filter(own) : []) {
      if (op.op !== "patch") continue;
      if (op.set) attrs = { ...attrs, ...op.set };
      if (op.geometry) geometry = op.geometry;
    }
  return { attrs, geometry };
}
