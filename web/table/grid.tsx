import { IconAlertTriangle } from "@tabler/icons-react";
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FieldDef } from "#data/domain/field.ts";
import { showValue } from "../forms/value.ts";
import { scrollToRow, visibleRows } from "../list/window.ts";
import { number } from "../ui/format.ts";
import { type Column, textOf } from "./arrange.ts";
import { CellInput } from "./cell-input.tsx";
import { numberHead, type Range } from "./clip.ts";
import { attrsOf, errorsOf, type Sheet } from "./sheet.ts";
import { goTo, look, rangeOf, useTable } from "./store.ts";

const rowHeight = 34;
const headHeight = 36;
const numberWidth = 104;

const widthOf = ({ id, field }: Column): number => {
  if (id === "name") return 220;
  if (field.kind === "text") return field.multiline ? 260 : 170;
  const widths: Partial<Record<FieldDef["kind"], number>> = {
    number: 110,
    boolean: 84,
    date: 124,
    choices: 240,
  };
  return widths[field.kind] ?? 156;
};

/** The grid: only the rows in sight are built, 编号 and the heads stay. */
export function Grid({ sheet, heads }: { sheet: Sheet; heads: boolean }) {
  const { frame, active, anchor, editing, view } = useTable();
  const box = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  const lefts = [numberWidth];
  for (const column of frame.columns) lefts.push(lefts.at(-1)! + widthOf(column));
  const width = lefts.at(-1) ?? numberWidth;
  const range = rangeOf({ active, anchor });
  const slice = visibleRows(scroll.top, scroll.height, rowHeight, frame.rows.length);
  const left = lefts[active.column] ?? numberWidth;
  const cellWidth = (lefts[active.column + 1] ?? left) - left;

  useEffect(() => {
    const element = box.current!;
    const measure = () =>
      setScroll({ top: element.scrollTop, height: Math.max(rowHeight, element.clientHeight - headHeight) });
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  // The active cell is always in sight: beside the fixed column, under the fixed heads.
  useLayoutEffect(() => {
    const element = box.current!;
    const height = element.clientHeight - headHeight;
    element.scrollTop = scrollToRow(active.row, element.scrollTop, height, rowHeight);
    if (left - numberWidth < element.scrollLeft) element.scrollLeft = left - numberWidth;
    else if (left + cellWidth > element.scrollLeft + element.clientWidth)
      element.scrollLeft = left + cellWidth - element.clientWidth;
  }, [active.row, left, cellWidth]);

  const spotAt = (event: { clientX: number; clientY: number }) => {
    const element = box.current!;
    const { left: x, top: y } = element.getBoundingClientRect();
    const px = event.clientX - x + element.scrollLeft;
    const row = Math.floor((event.clientY - y - headHeight + element.scrollTop) / rowHeight);
    return { row, column: lefts.findLastIndex((from) => px >= from) };
  };
  return (
    <div
      ref={box}
      className="table-grid"
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        setScroll({ top: scrollTop, height: clientHeight - headHeight })
      }
      onPointerDown={(event) => {
        const target = event.target as HTMLElement;
        if (
          event.button !== 0 ||
          target.closest(".table-widget, .table-head, .table-input[data-typing], button")
        )
          return;
        const { row, column } = spotAt(event);
        dragging.current = event.pointerType === "mouse";
        goTo(row, column, event.shiftKey);
        if (!target.closest(".table-input")) event.preventDefault();
        document.querySelector<HTMLElement>(".table-input")?.focus({ preventScroll: true });
      }}
      onPointerMove={(event) => {
        if (!dragging.current || event.buttons !== 1) return;
        const { row, column } = spotAt(event);
        if (row !== active.row || column !== active.column) goTo(row, column, true);
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
    >
      <table
        aria-label={`${sheet.layer.name}表格`}
        aria-rowcount={frame.rows.length + 1}
        aria-colcount={frame.columns.length + 1}
        style={{ width }}
      >
        <thead>
          <tr className="table-head" aria-rowindex={1}>
            <th scope="col" className="table-number" style={{ width: numberWidth }}>
              {numberHead}
            </th>
            {frame.columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                style={{ width: widthOf(column) }}
                title={column.field.help}
                aria-sort={
                  view.sort?.id === column.id ? (view.sort.down ? "descending" : "ascending") : undefined
                }
              >
                <button type="button" className="table-sort" onClick={() => turn(column.id)}>
                  {column.field.label}
                  {column.field.required && " *"}
                  {column.field.kind === "number" && column.field.unit && (
                    <i className="quiet"> {column.field.unit}</i>
                  )}
                  {view.sort?.id === column.id && (view.sort.down ? " ↓" : " ↑")}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="table-body" style={{ height: frame.rows.length * rowHeight }}>
          {frame.rows.slice(slice.from, slice.to).map((row, i) => (
            <Row
              key={row}
              sheet={sheet}
              row={row}
              index={slice.from + i}
              columns={frame.columns}
              range={slice.from + i >= range.top && slice.from + i <= range.bottom ? range : null}
              active={slice.from + i === active.row ? active.column : null}
            />
          ))}
        </tbody>
      </table>
      <CellInput
        sheet={sheet}
        heads={heads}
        page={Math.max(1, Math.floor(scroll.height / rowHeight) - 1)}
        style={{
          left,
          top: headHeight + active.row * rowHeight,
          width: Math.max(cellWidth, editing ? 200 : 0),
          height: rowHeight,
        }}
      />
    </div>
  );
}

/** A head pressed: upwards, downwards, and as it was. */
function turn(id: string): void {
  const { sort } = useTable.getState().view;
  look({ sort: sort?.id !== id ? { id, down: false } : sort.down ? null : { id, down: true } });
}

interface RowProps {
  readonly sheet: Sheet;
  readonly row: number;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly range: Range | null;
  readonly active: number | null;
}

/** Built anew only when something of it differs: a paste of 500 rows redraws those in sight. */
const Row = memo(function Row({ sheet, row, index, columns, range, active }: RowProps) {
  const stored = sheet.rows.get(row);
  const entries = sheet.entered.get(row);
  const attrs = attrsOf(sheet, row);
  const errors = errorsOf(sheet, row);
  const locked = !stored?.may || sheet.gone.has(row);
  return (
    <tr
      className="table-row"
      aria-rowindex={index + 2}
      data-locked={locked || undefined}
      title={locked ? (sheet.gone.has(row) ? "这一处已被删除" : stored?.why) : undefined}
      style={{ top: index * rowHeight, height: rowHeight }}
    >
      <th scope="row" className="table-number figure" style={{ width: numberWidth }}>
        {stored?.no}
      </th>
      {columns.map((column, c) => {
        const { id, field } = column;
        const entered = entries !== undefined && id in entries;
        const error = errors[id];
        const value = attrs[id];
        // The unit stands in the head; what is no number is shown as it was typed.
        const text = typeof value === "number" ? number(value, 6) : textOf(sheet, row, column);
        return (
          <td
            key={id}
            aria-colindex={c + 2}
            data-chosen={(range !== null && c >= range.left && c <= range.right) || undefined}
            data-fault={error !== undefined || undefined}
            data-entered={entered || undefined}
            data-active={active === c || undefined}
            data-kind={field.kind}
            data-told={column.of !== undefined || undefined}
            title={
              error ??
              (entered
                ? `原来：${showValue(field, stored?.attrs?.[id])}`
                : text.length > 12
                  ? text
                  : undefined)
            }
            style={{ width: widthOf(column) }}
          >
            {error && <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />}
            {text}
          </td>
        );
      })}
    </tr>
  );
}, sameRow);

function sameRow(a: RowProps, b: RowProps): boolean {
  const own = ({ sheet, row }: RowProps) => [
    sheet.rows.get(row),
    sheet.entered.get(row),
    sheet.clashes.get(row),
    sheet.gone.has(row),
  ];
  const [x, y] = [own(a), own(b)];
  const range = (one: RowProps) => (one.range ? `${one.range.left} ${one.range.right}` : "");
  return (
    x.every((part, i) => part === y[i]) &&
    a.row === b.row &&
    a.index === b.index &&
    a.columns === b.columns &&
    a.active === b.active &&
    range(a) === range(b)
  );
}
