import { mostSelected } from "#data/domain/extent.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { asProblem } from "../api/problem.ts";
import { overlaid } from "../outbox/overlaid.ts";
import { useOutbox } from "../outbox/state.ts";
import { fetchSelection } from "./picking.ts";

/** Rows that this page has read, whole: what is chosen can be changed when the line is gone. */
const known = new Map<number, SelectionRow>();
/** Beyond so many a selection is read when it is wanted, not ahead. */
const mostAhead = 500;

export const remember = (rows: readonly SelectionRow[]): void => {
  if (known.size > 2 * mostSelected) known.clear();
  for (const row of rows) known.set(row.id, { ...known.get(row.id), ...row });
};

/** Reads what is chosen before anybody asks, so that a line that breaks then takes nothing away. */
export async function readAhead(ids: readonly number[]): Promise<void> {
  const missing = ids.filter((id) => known.get(id)?.attrs === undefined);
  if (missing.length === 0 || ids.length > mostAhead) return;
  const { rows } = await fetchSelection({ ids: missing, full: true, shapes: true });
  remember(rows);
}

interface Read {
  readonly rows: readonly SelectionRow[];
  /** There is no line: they are as this page read them before. */
  readonly kept: boolean;
}

/** The rows of a selection with attributes and tasks, or with shapes, and what of mine waits to be sent on top of them. Throws ProblemError. */
export async function readRows(ids: readonly number[], want: "full" | "shapes"): Promise<Read> {
  const { entries } = useOutbox.getState();
  const mine = (rows: readonly SelectionRow[]) => rows.map((row) => withMine(row, entries));
  try {
    const { rows } = await fetchSelection({ ids: [...ids], [want]: true });
    remember(rows);
    return { rows: mine(rows), kept: false };
  } catch (error) {
    const rows = ids.flatMap((id) => known.get(id) ?? []);
    const whole = rows.filter((row) => (want === "full" ? row.attrs : row.geometry) !== undefined);
    if (asProblem(error).status !== 0 || whole.length === 0) throw error;
    return { rows: mine(whole), kept: true };
  }
}

function withMine(row: SelectionRow, entries: Parameters<typeof overlaid>[2]): SelectionRow {
  const { attrs, geometry } = overlaid([row.id], row, entries);
  return { ...row, ...(row.attrs && { attrs }), ...(geometry && row.geometry && { geometry }) };
}
