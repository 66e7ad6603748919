import { IconColumns3, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { number } from "../ui/format.ts";
import { hideColumns } from "./hidden.ts";
import type { Sheet } from "./sheet.ts";
import { look, useTable } from "./store.ts";

/** What of the table is shown: sought rows, only changed ones, which columns, in what order. */
export function ViewBar({ sheet }: { sheet: Sheet }) {
  const { view, frame, columns } = useTable();
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target) && box.current)
        box.current.open = false;
    };
    window.addEventListener("pointerdown", away);
    return () => window.removeEventListener("pointerdown", away);
  }, []);
  const few = frame.rows.length < sheet.rows.size;
  const hide = (hidden: readonly string[]) => {
    look({ hidden });
    hideColumns(sheet.layer.id, hidden);
  };
  return (
    <div className="table-view">
      <label className="table-find">
        <IconSearch size={16} stroke={1.75} aria-hidden="true" />
        <input
          className="form-input"
          type="search"
          aria-label="在表里找"
          placeholder="在表里找编号、名称或任一列"
          value={view.find}
          onChange={({ target }) => look({ find: target.value })}
        />
      </label>
      <label className="table-heads">
        <input
          type="checkbox"
          checked={view.changed}
          onChange={({ target }) => look({ changed: target.checked })}
        />
        只看改过的
      </label>
      <label className="table-heads">
        排序
        <select
          className="form-input"
          aria-label="按哪一列排序"
          value={view.sort?.id ?? ""}
          onChange={({ target }) => look({ sort: target.value ? { id: target.value, down: false } : null })}
        >
          <option value="">能改的在前</option>
          {columns.map(({ id, field }) => (
            <option key={id} value={id}>
              {field.label}
            </option>
          ))}
        </select>
        {view.sort && (
          <button
            type="button"
            className="button"
            onClick={() => view.sort && look({ sort: { ...view.sort, down: !view.sort.down } })}
          >
            {view.sort.down ? "从大到小" : "从小到大"}
          </button>
        )}
      </label>
      <details className="table-columns" ref={box}>
        <summary className="button">
          <IconColumns3 size={16} stroke={1.75} aria-hidden="true" /> 列{" "}
          <span className="figure">
            {frame.columns.length}/{columns.length}
          </span>
        </summary>
        <fieldset className="card" aria-label="显示哪些列">
          {columns.map(({ id, field, of }) => {
            const shown = !view.hidden.includes(id);
            return (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={shown}
                  disabled={shown && frame.columns.length === 1}
                  onChange={() =>
                    hide(shown ? [...view.hidden, id] : view.hidden.filter((other) => other !== id))
                  }
                />
                {field.label}
                {of && <span className="quiet">只看</span>}
              </label>
            );
          })}
          <button
            type="button"
            className="link-button"
            disabled={view.hidden.length === 0}
            onClick={() => hide([])}
          >
            全部显示
          </button>
        </fieldset>
      </details>
      {few && (
        <span role="status">
          显示 <b className="figure">{number(frame.rows.length)}</b> / {number(sheet.rows.size)} 行
          <button type="button" className="link-button" onClick={() => look({ find: "", changed: false })}>
            全部显示
          </button>
        </span>
      )}
    </div>
  );
}
