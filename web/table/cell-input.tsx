import { type ClipboardEvent, type ComponentType, type KeyboardEvent, useEffect, useRef } from "react";
import { type WidgetProps, widgets } from "../forms/widgets.tsx";
import { composing } from "../ui/composing.ts";
import { number } from "../ui/format.ts";
import { textOf } from "./arrange.ts";
import { readCell } from "./cells.ts";
import { cleared, copied, filledDown, pasted } from "./clip.ts";
import { checkTable } from "./io.ts";
import { attrsOf, errorsOf, type Sheet } from "./sheet.ts";
import { activeCell, goTo, moveBy, put, rangeOf, stepBack, stepOn, tab, useTable } from "./store.ts";
import { formatTsv, parseTsv } from "./tsv.ts";

interface InputProps {
  readonly sheet: Sheet;
  readonly heads: boolean;
  /** Rows of one screen. */
  readonly page: number;
  readonly style: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/**
 * Lies over the active cell and has the focus: what is typed, composed, copied or pasted goes to it. Unseen until something is
 * typed; choices, dates and long texts open in the form's own widget.
 */
export function CellInput({ sheet, heads, page, style }: InputProps) {
  const { frame, active, editing } = useTable();
  const input = useRef<HTMLInputElement>(null);
  const cell = activeCell({ frame, active });
  const shownKey = `${active.row} ${active.column}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each cell that becomes active is focused and brought into sight
  useEffect(() => {
    if (editing?.kind !== "widget") input.current?.focus({ preventScroll: true });
  }, [shownKey, editing?.kind]);
  if (!cell) return null;
  const { row, column } = cell;
  const stored = sheet.rows.get(row);
  const value = attrsOf(sheet, row)[column.id];
  const shown = textOf(sheet, row, column);
  const shut = !stored?.may || column.of !== undefined;
  const commit = (text: string) =>
    put([{ row, field: column.id, value: readCell(column.field, text) }], `填${column.field.label}`);
  const begin = () => {
    if (shut) return;
    const inline =
      column.field.kind === "number" || (column.field.kind === "text" && !column.field.multiline);
    useTable.setState({ editing: inline ? { kind: "text", text: shown } : { kind: "widget", value } });
  };

  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (composing(event.nativeEvent)) return;
    if (editing?.kind === "text") {
      if (event.key === "Escape") useTable.setState({ editing: null });
      else if (event.key === "Enter" || event.key === "Tab") {
        commit(editing.text);
        if (event.key === "Tab") tab(event.shiftKey);
        else moveBy(event.shiftKey ? -1 : 1, 0);
      } else return;
      return event.preventDefault();
    }
    if (onCommand(event, page) || onMove(event, page)) return event.preventDefault();
    if (event.key === "Enter" || event.key === "F2") begin();
    else if (event.key === "Delete" || event.key === "Backspace")
      put(cleared(frame, rangeOf(useTable.getState())), "清空");
    else return;
    event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent, cut: boolean) => {
    if (editing) return;
    event.preventDefault();
    const range = rangeOf(useTable.getState());
    event.clipboardData.setData("text/plain", formatTsv(copied(sheet, frame, range, heads)));
    if (cut) put(cleared(frame, range), "剪切");
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    const block = parseTsv(event.clipboardData.getData("text/plain"));
    const { cells, leftOut } = pasted(sheet, frame, rangeOf(useTable.getState()), block);
    const foreign = new Set(cells.filter((one) => !sheet.rows.get(one.row)?.may).map((one) => one.row)).size;
    const told = [leftOut, foreign > 0 && `${number(foreign)} 行不归你修改，没有贴进来`]
      .filter(Boolean)
      .join("；");
    put(cells, `粘贴 ${number(block.length)} 行`, told ? `${told}。` : null);
  };

  if (editing?.kind === "widget")
    return <WidgetBox key={shownKey} column={column} row={row} style={style} value={editing.value} />;
  return (
    <input
      ref={input}
      className="table-input"
      data-typing={editing ? true : undefined}
      style={style}
      aria-label={`第 ${active.row + 1} 行 ${String(attrsOf(sheet, row).name ?? "")}，${column.field.label}：${shown || "空"}${shut ? "，不能改" : ""}`}
      autoComplete="off"
      aria-invalid={errorsOf(sheet, row)[column.id] !== undefined || undefined}
      readOnly={shut}
      value={editing?.text ?? ""}
      onChange={({ target }) => useTable.setState({ editing: { kind: "text", text: target.value } })}
      onKeyDown={onKey}
      onCopy={(event) => onCopy(event, false)}
      onCut={(event) => onCopy(event, true)}
      onPaste={onPaste}
      onDoubleClick={begin}
      onBlur={() => {
        const now = useTable.getState().editing;
        if (now?.kind === "text") {
          commit(now.text);
          useTable.setState({ editing: null });
        }
      }}
    />
  );
}

/** Ctrl and a letter. */
function onCommand(event: KeyboardEvent, page: number): boolean {
  if (!(event.ctrlKey || event.metaKey)) return false;
  const { sheet, frame, active } = useTable.getState();
  const last = frame.rows.length - 1;
  switch (event.key.toLowerCase()) {
    case "z":
      if (event.shiftKey) stepOn();
      else stepBack();
      return true;
    case "y":
      stepOn();
      return true;
    case "d":
      if (sheet) put(filledDown(sheet, frame, rangeOf(useTable.getState())), "向下填充");
      return true;
    case "s":
      void checkTable();
      return true;
    case "a":
      goTo(0, 0);
      goTo(last, frame.columns.length - 1, true);
      return true;
    case "home":
      goTo(0, 0, event.shiftKey);
      return true;
    case "end":
      goTo(last, frame.columns.length - 1, event.shiftKey);
      return true;
    case "arrowdown":
      goTo(last, active.column, event.shiftKey);
      return true;
    case "arrowup":
      goTo(0, active.column, event.shiftKey);
      return true;
    default:
      return page < 0;
  }
}

function onMove(event: KeyboardEvent, page: number): boolean {
  const { active, frame } = useTable.getState();
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [page, 0],
    PageUp: [-page, 0],
    Home: [0, -active.column],
    End: [0, frame.columns.length],
  };
  const move = moves[event.key];
  if (move) moveBy(...move, event.shiftKey);
  else if (event.key === "Tab") {
    // At both ends of the table Tab leads out of it.
    const leaves = event.shiftKey
      ? active.row === 0 && active.column === 0
      : active.row === frame.rows.length - 1 && active.column === frame.columns.length - 1;
    if (leaves) return false;
    tab(event.shiftKey);
  }
  return move !== undefined || event.key === "Tab";
}

interface BoxProps extends Pick<InputProps, "style"> {
  readonly column: NonNullable<ReturnType<typeof activeCell>>["column"];
  readonly row: number;
  readonly value: unknown;
}

/** The registry's own widget, under the cell. Enter keeps what it says, Esc leaves the cell as it was. */
function WidgetBox({ column, row, style, value }: BoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const Widget = widgets[column.field.kind] as ComponentType<WidgetProps>;
  useEffect(() => box.current?.querySelector<HTMLElement>("input, select, textarea, button")?.focus(), []);
  const commit = () => {
    const { editing } = useTable.getState();
    if (editing?.kind === "widget")
      put([{ row, field: column.id, value: editing.value ?? null }], `填${column.field.label}`);
    useTable.setState({ editing: null });
  };
  return (
    <div
      ref={box}
      className="table-widget card"
      role="dialog"
      aria-label={`填${column.field.label}`}
      style={{ left: style.left, top: style.top + style.height }}
      onKeyDown={(event) => {
        if (composing(event.nativeEvent)) return;
        const inArea = (event.target as HTMLElement).tagName === "TEXTAREA" && !event.ctrlKey;
        const onToggle =
          (event.target as HTMLElement).tagName === "BUTTON" && event.key === "Enter" && !event.ctrlKey;
        if (event.key === "Escape") useTable.setState({ editing: null });
        else if (event.key === "Enter" && !inArea && !onToggle) {
          commit();
          moveBy(1, 0);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Widget
        id="table-widget"
        field={column.field}
        value={value}
        disabled={false}
        invalid={false}
        describedBy={undefined}
        onChange={(next) => useTable.setState({ editing: { kind: "widget", value: next } })}
      />
      <p className="table-widget-acts">
        <button type="button" className="link-button" onClick={() => useTable.setState({ editing: null })}>
          取消
        </button>
        <button type="button" className="bulk-go" onClick={commit}>
          确定
        </button>
      </p>
    </div>
  );
}
