import { number } from "../ui/format.ts";
import { type Frame, textOf } from "./arrange.ts";
import { readCell } from "./cells.ts";
import { attrsOf, type CellValue, type Sheet } from "./sheet.ts";

/** Rows and columns by place in the shown table, both ends inside. */
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}
export interface Pasted {
  readonly cells: readonly CellValue[];
  /** What did not find a place, one sentence; `null` when everything did. */
  readonly leftOut: string | null;
}

/** Heads the numbers of the places, so that a table finds back from Excel whatever its order there. */
export const numberHead = "编号";

/** Text of a range for the clipboard; with heads, each row also tells its number. */
export function copied(sheet: Sheet, { rows, columns }: Frame, range: Range, heads: boolean): string[][] {
  const shown = columns.slice(range.left, range.right + 1);
  const body = rows.slice(range.top, range.bottom + 1).map((row) => {
    const cells = shown.map((column) => textOf(sheet, row, column));
    return heads ? [sheet.rows.get(row)?.no ?? "", ...cells] : cells;
  });
  return heads ? [[numberHead, ...shown.map(({ field }) => field.label)], ...body] : body;
}

/**
 * Cells that a block from the clipboard fills: under its own heads and numbers when it brings them, else from the corner of
 * `range`; a block that fits into the range several times fills all of it.
 */
export function pasted(
  sheet: Sheet,
  frame: Frame,
  range: Range,
  block: readonly (readonly string[])[],
): Pasted {
  const [heads = []] = block;
  const keyed = heads.some((head) => head.trim() === numberHead) && block.length > 1;
  return keyed ? byHeads(sheet, frame, block) : byPlace(frame, range, block);
}

function byPlace({ rows, columns }: Frame, range: Range, block: readonly (readonly string[])[]): Pasted {
  const height = block.length;
  const width = Math.max(...block.map((row) => row.length));
  const fits = (space: number, size: number) => (space % size === 0 ? space : size);
  const deep = fits(range.bottom - range.top + 1, height);
  const wide = fits(range.right - range.left + 1, width);
  const cells: CellValue[] = [];
  const shut = new Set<string>();
  for (let r = 0; r < deep; r++)
    for (let c = 0; c < wide; c++) {
      const row = rows[range.top + r];
      const column = columns[range.left + c];
      const text = block[r % height]?.[c % width];
      if (column?.of) shut.add(column.field.label);
      else if (row !== undefined && column && text !== undefined)
        cells.push({ row, field: column.id, value: readCell(column.field, text) });
    }
  const below = Math.max(0, range.top + height - rows.length);
  const beside = Math.max(0, range.left + width - columns.length);
  const parts = [
    below > 0 && `下面多出 ${number(below)} 行`,
    beside > 0 && `右边多出 ${number(beside)} 列`,
    shut.size > 0 && `${[...shut].join("、")}只能看`,
  ].filter(Boolean);
  return { cells, leftOut: parts.length > 0 ? `${parts.join("，")}，没有贴进来` : null };
}

function byHeads(
  sheet: Sheet,
  { columns, all = columns }: Frame,
  block: readonly (readonly string[])[],
): Pasted {
  const [heads = [], ...body] = block;
  const byNumber = new Map([...sheet.rows.values()].map(({ no, id }) => [no, id]));
  const key = heads.findIndex((head) => head.trim() === numberHead);
  const fields = heads.map((head) => all.find(({ field }) => field.label === head.trim()));
  const cells: CellValue[] = [];
  let lost = 0;
  for (const line of body) {
    const row = byNumber.get(line[key]?.trim() ?? "");
    if (row === undefined) {
      if (line.some((text) => text.trim() !== "")) lost += 1;
      continue;
    }
    for (const [i, column] of fields.entries())
      if (column && !column.of)
        cells.push({ row, field: column.id, value: readCell(column.field, line[i] ?? "") });
  }
  const strange = heads.filter((head, i) => i !== key && head.trim() !== "" && !fields[i]);
  const parts = [
    lost > 0 && `${number(lost)} 行的编号不在这张表里`,
    strange.length > 0 && `没有这些列：${strange.join("、")}`,
  ].filter(Boolean);
  return { cells, leftOut: parts.length > 0 ? `${parts.join("；")}，没有贴进来` : null };
}

/** The first row of a range, down to its end. */
export function filledDown(sheet: Sheet, { rows, columns }: Frame, range: Range): CellValue[] {
  const first = rows[range.top];
  if (first === undefined) return [];
  const attrs = attrsOf(sheet, first);
  return rows.slice(range.top + 1, range.bottom + 1).flatMap((row) =>
    columns
      .slice(range.left, range.right + 1)
      .filter(({ of }) => !of)
      .map(({ id }) => ({ row, field: id, value: attrs[id] ?? null })),
  );
}

export const cleared = ({ rows, columns }: Frame, range: Range): CellValue[] =>
  rows.slice(range.top, range.bottom + 1).flatMap((row) =>
    columns
      .slice(range.left, range.right + 1)
      .filter(({ of }) => !of)
      .map(({ id }) => ({ row, field: id, value: null })),
  );
