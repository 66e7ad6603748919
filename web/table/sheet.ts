import { merge, sameValue } from "#data/domain/merge.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { checkAttrs } from "#data/domain/validate.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { isBlank, offeredFields, showValue } from "../forms/value.ts";

export type Attrs = Readonly<Record<string, unknown>>;

/** What a row is stored as, as far as this table read it. */
export interface Stored {
  readonly version: number;
  readonly attrs: Attrs;
}
/** Mine and somebody else's value of one cell, over the one both began with. */
interface Clash {
  readonly base: unknown;
  readonly theirs: unknown;
}
/** One cell's entry before and after a step; `undefined`: as it is stored. */
interface Entry {
  readonly row: number;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}
interface Step {
  readonly name: string;
  readonly entries: readonly Entry[];
}
type Entries = Readonly<Record<string, unknown>>;

/** A table that is being edited: what is stored, what was entered over it, and the way back. Plain values but for the maps. */
export interface Sheet {
  readonly layer: LayerDef;
  readonly rows: ReadonlyMap<number, SelectionRow>;
  /** Row → field → entered value; `null` empties the cell. */
  readonly entered: ReadonlyMap<number, Entries>;
  /** Cells that somebody else changed too, until one side is chosen. */
  readonly clashes: ReadonlyMap<number, Readonly<Record<string, Clash>>>;
  /** Rows that were taken away meanwhile. */
  readonly gone: ReadonlySet<number>;
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export interface CellValue {
  readonly row: number;
  readonly field: string;
  readonly value: unknown;
}

export const sheetOf = (layer: LayerDef, rows: readonly SelectionRow[]): Sheet => ({
  layer,
  rows: new Map(rows.map((row) => [row.id, row])),
  entered: new Map(),
  clashes: new Map(),
  gone: new Set(),
  done: [],
  undone: [],
});

const storedOf = (sheet: Sheet, row: number): Attrs => sheet.rows.get(row)?.attrs ?? {};

/** A row as it would be after saving. */
export const attrsOf = (sheet: Sheet, row: number): Attrs => ({
  ...storedOf(sheet, row),
  ...sheet.entered.get(row),
});

/** Enters values as one named step. What is there already is no entry; rows that may not be changed stay. */
export function enter(sheet: Sheet, cells: readonly CellValue[], name: string): Sheet {
  const now = new Map<string, Entry>();
  for (const { row, field, value } of cells) {
    if (!sheet.rows.get(row)?.may || sheet.gone.has(row)) continue;
    const before = sheet.entered.get(row)?.[field];
    const after = sameValue(value, storedOf(sheet, row)[field]) ? undefined : (value ?? null);
    now.set(`${row} ${field}`, { row, field, before, after });
  }
  const entries = [...now.values()].filter(({ before, after }) => !sameEntry(before, after));
  if (entries.length === 0) return sheet;
  return { ...put(sheet, entries, "after"), done: [...sheet.done, { name, entries }], undone: [] };
}

const sameEntry = (a: unknown, b: unknown): boolean =>
  (a === undefined) === (b === undefined) && sameValue(a, b);

function put(sheet: Sheet, entries: readonly Entry[], side: "before" | "after"): Sheet {
  const entered = new Map(sheet.entered);
  for (const entry of entries) {
    const { [entry.field]: _, ...rest } = entered.get(entry.row) ?? {};
    const value = entry[side];
    const next = value === undefined ? rest : { ...rest, [entry.field]: value };
    if (Object.keys(next).length > 0) entered.set(entry.row, next);
    else entered.delete(entry.row);
  }
  return { ...sheet, entered };
}

export function undo(sheet: Sheet): Sheet {
  const step = sheet.done.at(-1);
  if (!step) return sheet;
  return {
    ...put(sheet, step.entries, "before"),
    done: sheet.done.slice(0, -1),
    undone: [...sheet.undone, step],
  };
}

export function redo(sheet: Sheet): Sheet {
  const step = sheet.undone.at(-1);
  if (!step) return sheet;
  return {
    ...put(sheet, step.entries, "after"),
    done: [...sheet.done, step],
    undone: sheet.undone.slice(0, -1),
  };
}

/** How many cells are entered and not saved. */
export const enteredCount = (sheet: Sheet): number =>
  [...sheet.entered.values()].reduce((sum, entries) => sum + Object.keys(entries).length, 0);

/** What is wrong with the entered cells of a row, by field. */
export function errorsOf(sheet: Sheet, row: number): Readonly<Record<string, string>> {
  const entries = sheet.entered.get(row);
  if (!entries) return {};
  if (sheet.gone.has(row))
    return Object.fromEntries(Object.keys(entries).map((field) => [field, "这一处已被删除，恢复以后才能改"]));
  const offered = new Set(offeredFields(sheet.layer, attrsOf(sheet, row)).map(([field]) => field));
  const errors: Record<string, string> = {};
  for (const { at, message } of checkAttrs(sheet.layer, entries, { partial: true })) errors[at] ??= message;
  for (const [field, value] of Object.entries(entries))
    if (!offered.has(field) && !isBlank(value)) errors[field] ??= whyNot(sheet.layer, field);
  for (const [field, { theirs }] of Object.entries(sheet.clashes.get(row) ?? {}))
    if (field in entries)
      errors[field] = `这一格刚被改成了“${showValue(sheet.layer.fields[field], theirs)}”，选一个`;
  return errors;
}

function whyNot(layer: LayerDef, field: string): string {
  const { when } = layer.fields[field] ?? {};
  return when
    ? `“${layer.fields[when.field]?.label ?? when.field}”不符合条件时不填这一格`
    : "这一格不在这里填";
}

const spot = { type: "Point" as const, coordinates: [0, 0] };

/**
 * Goes on from what is stored now. Cells that only one side changed are merged; what both changed stays mine and is a clash
 * until somebody chooses. `ids` were asked for: those that did not come are gone.
 */
export function rebase(sheet: Sheet, ids: readonly number[], fresh: readonly SelectionRow[]): Sheet {
  const rows = new Map(sheet.rows);
  const entered = new Map(sheet.entered);
  const clashes = new Map(sheet.clashes);
  const gone = new Set(sheet.gone);
  const came = new Map(fresh.map((row) => [row.id, row]));
  for (const id of ids) {
    const now = came.get(id);
    const before = rows.get(id);
    if (!now) {
      gone.add(id);
      continue;
    }
    gone.delete(id);
    rows.set(id, now);
    const entries = entered.get(id);
    if (!before || !entries || before.version === now.version) continue;
    const base = { attrs: before.attrs ?? {}, geometry: spot };
    const mine = { attrs: { ...base.attrs, ...entries }, geometry: spot };
    const theirs = { attrs: now.attrs ?? {}, geometry: spot };
    const merged = merge(base, mine, theirs, { kindOf: (field) => sheet.layer.fields[field]?.kind });
    const left: Record<string, unknown> = {};
    const both: Record<string, Clash> = { ...clashes.get(id) };
    for (const field of Object.keys(entries)) {
      const one = merged.fields.find((each) => each.field === field);
      if (!one || sameValue(one.value, theirs.attrs[field])) delete both[field];
      else {
        left[field] = one.value ?? null;
        if (one.outcome === "conflict") both[field] = { base: one.base, theirs: one.theirs };
      }
    }
    if (Object.keys(left).length > 0) entered.set(id, left);
    else entered.delete(id);
    if (Object.keys(both).length > 0) clashes.set(id, both);
    else clashes.delete(id);
  }
  return { ...sheet, rows, entered, clashes, gone };
}

/** Settles one clash: mine stays entered over theirs, or theirs stays stored. */
export function choose(sheet: Sheet, row: number, field: string, side: "mine" | "theirs"): Sheet {
  const { [field]: clash, ...rest } = sheet.clashes.get(row) ?? {};
  if (!clash) return sheet;
  const clashes = new Map(sheet.clashes);
  if (Object.keys(rest).length > 0) clashes.set(row, rest);
  else clashes.delete(row);
  const settled = { ...sheet, clashes };
  const value = side === "mine" ? sheet.entered.get(row)?.[field] : clash.theirs;
  return enter(settled, [{ row, field, value }], side === "mine" ? "保留我的" : "用对方的");
}

/** After the acknowledgement: nothing of these rows is entered any more, and the way back leads through 会话撤销. */
export function saved(sheet: Sheet, ids: readonly number[]): Sheet {
  const entered = new Map(sheet.entered);
  for (const id of ids) entered.delete(id);
  return { ...sheet, entered, done: [], undone: [] };
}
