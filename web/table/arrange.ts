import { type FieldDef, text as textField } from "#data/domain/field.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { stateName } from "#data/domain/task.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { unitName } from "../list/columns.tsx";
import { writeCell } from "./cells.ts";
import { attrsOf, type Sheet } from "./sheet.ts";

/** A column of the table: a field of the layer. */
export interface Column {
  readonly id: string;
  readonly field: FieldDef;
  /** Told by something else than the place's own fields: shown and copied, never written. */
  readonly of?: (row: SelectionRow) => string;
}
/** The table as it is shown: order of rows (by number) and columns. */
export interface Frame {
  readonly rows: readonly number[];
  readonly columns: readonly Column[];
  /** Columns in sight and those that are put away. */
  readonly all?: readonly Column[];
}

/** What of the table is shown, and in what order. */
export interface View {
  /** Columns that are put away. */
  readonly hidden: readonly string[];
  readonly sort: { readonly id: string; readonly down: boolean } | null;
  /** Only rows in which this stands somewhere in sight. */
  readonly find: string;
  /** Only rows with something entered and not saved. */
  readonly changed: boolean;
}
export const wholeView: View = { hidden: [], sort: null, find: "", changed: false };

type Task = NonNullable<SelectionRow["tasks"]>[number];

/** One task's word; of several, each with its number. */
const ofTasks =
  (say: (task: Task) => string) =>
  ({ tasks = [] }: SelectionRow): string =>
    tasks.length === 1
      ? say(tasks[0]!)
      : tasks.map((task) => `任务 ${task.target} ${say(task) || "空"}`).join("、");

const readOnly = (id: string, label: string, say: (task: Task) => string): Column => ({
  id: `task.${id}`,
  field: textField(label, { readonly: true, help: "任务在详情里或用批量修改办理" }),
  of: ofTasks(say),
});

const taskColumns: readonly Column[] = [
  readOnly("state", "任务状态", ({ state }) => stateName[state]),
  readOnly("progress", "任务进度", ({ progress }) => `${progress}%`),
  readOnly("due", "期限", ({ due }) => due ?? ""),
  readOnly("lead", "牵头单位", ({ lead }) => unitName(lead)),
];

/** The layer's fields that can be filled in, then what its tasks say. */
export const columnsOf = (layer: LayerDef): readonly Column[] => [
  ...Object.entries(layer.fields).flatMap(([id, field]) =>
    field.readonly || field.retired ? [] : [{ id, field }],
  ),
  ...(layer.targets.length > 0 ? taskColumns : []),
];

/** A cell as it is shown and copied. */
export function textOf(sheet: Sheet, row: number, { id, field, of }: Column): string {
  const stored = sheet.rows.get(row);
  return of ? (stored ? of(stored) : "") : writeCell(field, attrsOf(sheet, row)[id]);
}

const inChinese = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** The rows and columns that a view shows. The order is that of the moment: rows do not jump while they are filled in. */
export function arranged(sheet: Sheet, columns: readonly Column[], view: View): Frame {
  const shown = columns.filter(({ id }) => !view.hidden.includes(id));
  const sought = view.find.trim().toLowerCase();
  const has = (row: number) =>
    sought === "" ||
    (sheet.rows.get(row)?.no ?? "").toLowerCase().includes(sought) ||
    shown.some((column) => textOf(sheet, row, column).toLowerCase().includes(sought));
  const rows = [...sheet.rows.keys()].filter((row) => has(row) && (!view.changed || sheet.entered.has(row)));
  const by = columns.find(({ id }) => id === view.sort?.id);
  return { rows: by ? sorted(sheet, rows, by, view.sort?.down === true) : rows, columns: shown };
}

/** Empty cells last, whichever way round. */
function sorted(sheet: Sheet, rows: readonly number[], column: Column, down: boolean): number[] {
  const keyed = rows.map((row) => {
    const value = column.of ? undefined : attrsOf(sheet, row)[column.id];
    return { row, value, text: textOf(sheet, row, column) };
  });
  const turn = down ? -1 : 1;
  return keyed
    .sort((a, b) => {
      if (a.text === "" || b.text === "") return Number(a.text === "") - Number(b.text === "");
      return typeof a.value === "number" && typeof b.value === "number"
        ? turn * (a.value - b.value)
        : turn * inChinese.compare(a.text, b.text);
    })
    .map(({ row }) => row);
}
