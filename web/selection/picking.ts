import { mostSelected } from "#data/domain/extent.ts";
import type { Light } from "#data/domain/light.ts";
import type { SelectionAnswer, SelectionBody } from "#data/domain/selection.ts";
import { send } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import type { ListQuery } from "../api/queries.ts";
import type { Hidden } from "../map/search-params.ts";
import { number } from "../ui/format.ts";
import { type Picked, type PickMode, useSelection } from "./store.ts";

/** Rows of a selection as they are stored now. Throws ProblemError. */
export const fetchSelection = (body: SelectionBody): Promise<SelectionAnswer> =>
  send<SelectionAnswer>("/api/selection", { method: "POST", body });

/** The list's filter as a selection names it: the day, the page and the order are left out. */
export function filterOfList({
  at: _at,
  known: _known,
  sort: _sort,
  limit: _limit,
  offset: _offset,
  deleted: _deleted,
  ...filter
}: ListQuery): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
}

/** A class that the legend switched off is not on the map, so an area does not take it. */
const isShown = (hidden: Hidden, { layer, light }: { readonly layer: string; readonly light: Light }) =>
  !hidden[layer]?.includes(light);

/** Adds what the server says is meant, or takes it out; tells in one sentence when nothing or too much was. */
export async function pick(body: SelectionBody, mode: PickMode, hidden: Hidden = {}): Promise<void> {
  try {
    const { total, rows } = await fetchSelection(body);
    const found = rows.filter((row) => isShown(hidden, row));
    if (mode === "remove") return drop(found.map(({ id }) => id));
    if (total > mostSelected)
      return useSelection.setState({
        note: `这里有 ${number(total)} 处，一次改动至多 ${number(mostSelected)} 处。缩小范围，或先用筛选。`,
      });
    add(found);
  } catch (error) {
    useSelection.setState({ note: `没有选上：${asProblem(error).message}` });
  }
}

function add(found: readonly Picked[]): void {
  const { picked } = useSelection.getState();
  const next = new Map(picked);
  for (const one of found) next.set(one.id, pickedOf(one));
  if (next.size > mostSelected) {
    useSelection.setState({
      note: `加上这 ${number(found.length)} 处就有 ${number(next.size)} 处了，一次改动至多 ${number(mostSelected)} 处。先改完已选的，或清空再选。`,
    });
    return;
  }
  useSelection.setState({
    picked: next,
    note: found.length === 0 ? "这里没有打开的图层里的点位。" : null,
  });
}

export function drop(ids: readonly number[]): void {
  const next = new Map(useSelection.getState().picked);
  for (const id of ids) next.delete(id);
  useSelection.setState({ picked: next, note: null });
}

/** Reads what is chosen again after somebody changed some of it: where it is now, and without what is gone. */
export async function renew(changed: readonly number[] | null): Promise<void> {
  const { picked } = useSelection.getState();
  if (picked.size === 0 || (changed && !changed.some((id) => picked.has(id)))) return;
  try {
    const { rows } = await fetchSelection({ ids: [...picked.keys()] });
    // What was chosen or let go meanwhile stays so.
    if (useSelection.getState().picked !== picked) return;
    useSelection.setState({ picked: new Map(rows.map((row) => [row.id, pickedOf(row)])) });
  } catch {
    // The next change, or the preview of whatever is done with it, reads it again.
  }
}

export const pickedOf = ({ id, layer, name, town, at, may, why }: Picked): Picked => ({
  id,
  layer,
  name,
  town,
  at,
  may,
  why,
});

/** Ctrl+click, a check box: out when all of them are in, else in. */
export async function toggle(ids: readonly number[]): Promise<void> {
  const { picked } = useSelection.getState();
  const missing = ids.filter((id) => !picked.has(id));
  if (missing.length === 0) drop(ids);
  else if (missing.length > mostSelected)
    useSelection.setState({ note: `一次改动至多 ${number(mostSelected)} 处。` });
  else await pick({ ids: [...missing] }, "add");
}
