import { useNavigate } from "@tanstack/react-router";
import { brought } from "../shell/part.ts";
import { phoneMedia } from "../ui/media.ts";
import type { Entry } from "./entry.ts";

/** Does an entry open where it can be mended? The word for it; `null`: what can be done stands beside its reason. */
export function mendWord({ state, edit, many, revert, subjects }: Entry): string | null {
  const stopped = state !== "waiting";
  if (state === "conflict") return "去选";
  if (edit) return stopped ? "去修" : "打开";
  // A move and a table want a wide screen.
  if (many)
    return stopped && (many.form.kind === "bulk" || !window.matchMedia(phoneMedia).matches) ? "去修" : null;
  if (revert || !subjects.some((subject) => typeof subject === "number")) return null;
  return stopped ? "去看" : null;
}

/** Leads to where an entry can be mended: the editor, the bulk panel, the move or the table with what was done, or the place. Rejects without a line, where it wants one. */
export function useMending(): (entry: Entry) => Promise<void> {
  const navigate = useNavigate();
  return async (entry) => {
    const { id, edit, layer, subjects, many } = entry;
    if (many) {
      const { mendMany } = await brought(() => import("../bulk/mending.ts"));
      await mendMany(entry, many);
      if (many.form.kind === "table")
        await navigate({ to: "/table", search: { layer: many.form.layer, picked: "1" } });
      else
        await navigate({
          to: "/",
          search: { layers: [...new Set(many.members.map((one) => one.layer))].join(",") },
        });
      return;
    }
    if (edit && layer) {
      const { feature } = edit.base;
      await navigate({
        to: "/edit",
        search: feature === null ? { layer, entry: id } : { feature: String(feature), again: id },
      });
      return;
    }
    const feature = subjects.find((subject) => typeof subject === "number");
    if (feature !== undefined) await navigate({ to: "/", search: { sel: String(feature) } });
  };
}
