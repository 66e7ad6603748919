import { create } from "zustand";
import type { ProblemError } from "../api/problem.ts";
import type { Planned } from "../bulk/plan.ts";
import { arranged, type Column, type Frame, type View, wholeView } from "./arrange.ts";
import type { Range } from "./clip.ts";
import { type CellValue, enter, errorsOf, redo, type Sheet, undo } from "./sheet.ts";

interface Spot {
  readonly row: number;
  readonly column: number;
}
/** How the active cell is edited: by typing over it, or in the field's own widget. */
type Editing =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "widget"; readonly value: unknown };

interface TableState {
  readonly sheet: Sheet | null;
  /** Every column the layer has. */
  readonly columns: readonly Column[];
  readonly view: View;
  /** Rows shown, by number, and columns; what a range speaks of. */
  readonly frame: Frame;
  readonly active: Spot;
  /** The other corner of the range. */
  readonly anchor: Spot;
  readonly editing: Editing | null;
  /** What became of the last paste, save or reading. */
  readonly note: string | null;
  readonly stage: "idle" | "checking" | "preview" | "writing";
  readonly plan: readonly Planned[];
  readonly problem: ProblemError | null;
  /** There is no line: the plan is what this page knows, the server has not judged it. */
  readonly unjudged: boolean;
  /** The refused entry of the outbox that it mends. */
  readonly mends: string | null;
  /** `false`: this browser keeps nothing, so a reload would lose it. */
  readonly kept: boolean;
  /** Entered cells that came back with the page. */
  readonly restored: number;
}

export const emptyTable: TableState = {
  sheet: null,
  columns: [],
  view: wholeView,
  frame: { rows: [], columns: [] },
  active: { row: 0, column: 0 },
  anchor: { row: 0, column: 0 },
  editing: null,
  note: null,
  stage: "idle",
  plan: [],
  problem: null,
  unjudged: false,
  mends: null,
  kept: true,
  restored: 0,
};
export const useTable = create<TableState>()(() => emptyTable);

export const rangeOf = ({ active, anchor }: Pick<TableState, "active" | "anchor">): Range => ({
  top: Math.min(active.row, anchor.row),
  bottom: Math.max(active.row, anchor.row),
  left: Math.min(active.column, anchor.column),
  right: Math.max(active.column, anchor.column),
});

/** Shows the table otherwise; the active cell stays on its place and column when both are still in sight. */
export function look(change: Partial<View>): void {
  useTable.setState((now) => {
    const { sheet, columns } = now;
    if (!sheet) return {};
    const view = { ...now.view, ...change };
    const frame = { ...arranged(sheet, columns, view), all: columns };
    const cell = activeCell(now);
    const spot = {
      row: Math.max(0, frame.rows.indexOf(cell?.row ?? -1)),
      column: Math.max(
        0,
        frame.columns.findIndex(({ id }) => id === cell?.column.id),
      ),
    };
    return { view, frame, active: spot, anchor: spot, editing: null };
  });
}

/** Goes to a cell of the whole table, and shows it if it is put away or filtered out. */
export function goToCell(row: number, field: string): void {
  const { frame, view } = useTable.getState();
  if (!frame.rows.includes(row) || !frame.columns.some(({ id }) => id === field))
    look({ find: "", changed: false, hidden: view.hidden.filter((id) => id !== field) });
  const { frame: now } = useTable.getState();
  goTo(
    now.rows.indexOf(row),
    now.columns.findIndex(({ id }) => id === field),
  );
}

/** Puts the active cell somewhere inside the table; `extend` leaves the other corner where it is. */
export function goTo(row: number, column: number, extend = false): void {
  useTable.setState(({ frame, anchor }) => {
    const active = {
      row: Math.max(0, Math.min(frame.rows.length - 1, row)),
      column: Math.max(0, Math.min(frame.columns.length - 1, column)),
    };
    return { active, anchor: extend ? anchor : active, editing: null };
  });
}

export function moveBy(rows: number, columns: number, extend = false): void {
  const { active } = useTable.getState();
  goTo(active.row + rows, active.column + columns, extend);
}

/** Tab: the next cell, and from the last one of a row the first of the next. */
export function tab(back: boolean): void {
  const { active, frame } = useTable.getState();
  const last = frame.columns.length - 1;
  if (!back && active.column === last) goTo(active.row + 1, 0);
  else if (back && active.column === 0 && active.row > 0) goTo(active.row - 1, last);
  else moveBy(0, back ? -1 : 1);
}

/** One named step. */
export function put(cells: readonly CellValue[], name: string, note: string | null = null): void {
  useTable.setState(({ sheet }) => ({
    sheet: sheet && enter(sheet, cells, name),
    note,
    stage: "idle",
    problem: null,
  }));
}

export const stepBack = (): void =>
  useTable.setState(({ sheet }) => ({ sheet: sheet && undo(sheet), stage: "idle", note: null }));
export const stepOn = (): void =>
  useTable.setState(({ sheet }) => ({ sheet: sheet && redo(sheet), stage: "idle", note: null }));

/** Number and column of the active cell; `undefined` in an empty table. */
export function activeCell({
  frame,
  active,
}: Pick<TableState, "frame" | "active">): { row: number; column: Column } | undefined {
  const row = frame.rows[active.row];
  const column = frame.columns[active.column];
  return row !== undefined && column ? { row, column } : undefined;
}

/** Cells with something wrong in them, in sight or not, those of the table's order first. */
export function faultsOf({
  sheet,
  frame,
  columns,
}: Pick<TableState, "sheet" | "frame" | "columns">): Fault[] {
  if (!sheet) return [];
  return [...new Set([...frame.rows, ...sheet.entered.keys()])].flatMap((row) => {
    if (!sheet.entered.has(row)) return [];
    const errors = errorsOf(sheet, row);
    return columns.flatMap(({ id }) => (errors[id] ? [{ row, field: id }] : []));
  });
}

interface Fault {
  /** Number of the place. */
  readonly row: number;
  readonly field: string;
}
