import { serverNow } from "../api/client.ts";
import type { Entry, ManyPart } from "../outbox/entry.ts";
import { fetchSelection, pickedOf } from "../selection/picking.ts";
import { useSelection } from "../selection/store.ts";
import { mendTable } from "../table/io.ts";
import { keepBulk } from "./draft.ts";
import { resumeMove } from "./moving.ts";

/** Opens what was not taken of a list with what was filled in, over what is stored now; its next write takes the entry's place. Throws ProblemError. */
export async function mendMany({ id, changes, reason }: Entry, { members, form }: ManyPart): Promise<void> {
  const { rows } = await fetchSelection({ ids: members.map((one) => one.id), full: true });
  const missing = members.filter((one) => rows.every((row) => row.id !== one.id)).map(({ name }) => name);
  const now = serverNow();
  if (form.kind === "table") await mendTable(form.layer, changes, rows, id, now);
  if (form.kind === "bulk")
    await keepBulk({ rows, spec: form.spec, reason: reason ?? "", mends: id, open: true, missing }, now);
  if (form.kind === "move") resumeMove(form.offset, id);
  // Whatever stood open there is begun anew.
  useSelection.setState({ picked: new Map(), acting: null, tool: null, note: null });
  await new Promise(requestAnimationFrame);
  useSelection.setState({
    picked: new Map(rows.map((row) => [row.id, pickedOf(row)])),
    acting: form.kind === "bulk" || form.kind === "move" ? form.kind : null,
  });
}
