import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ListAnswer } from "#data/domain/wire/list.ts";
import type { MapState } from "../map/state.ts";
import { useMapUi } from "../map/ui-state.ts";
import { maySelect, useSelection } from "../selection/store.ts";
import { number } from "../ui/format.ts";
import { pickAll } from "./acts.tsx";
import { type Column, columns, gridOf } from "./columns.tsx";
import { scrollToRow, visibleRows } from "./window.ts";

const rowHeight = 36;

export interface GridProps {
  readonly answer: ListAnswer;
  readonly shown: readonly Column[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly state: MapState;
  readonly onGo: (at: readonly [number, number]) => void;
}

/** The rows in sight, by keyboard too; with check boxes for who may choose places to change together. */
export function Grid({ answer, shown, sort, onSort, state, onGo }: GridProps) {
  const { rows, total } = answer;
  const picks = maySelect(state) && shown === columns;
  const picked = useSelection((s) => s.picked);
  const anchor = useRef(0);
  const grid = picks ? `28px ${gridOf(shown)}` : gridOf(shown);
  const box = useRef<HTMLTableSectionElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 400 });
  const [at, setAt] = useState(0);
  const hover = useMapUi((s) => s.hover);
  const point = useMapUi((s) => s.point);
  const { sel } = state.search;
  const slice = visibleRows(scroll.top, scroll.height, rowHeight, rows.length);

  const bringIn = (index: number) => {
    const { scrollTop, clientHeight } = box.current!;
    box.current!.scrollTop = scrollToRow(index, scrollTop, clientHeight, rowHeight);
  };
  // What is chosen on the map is brought into sight here.
  useEffect(() => {
    const index = rows.findIndex((row) => String(row.id) === sel);
    if (index < 0 || !box.current) return;
    setAt(index);
    box.current.scrollTop = scrollToRow(index, box.current.scrollTop, box.current.clientHeight, rowHeight);
  }, [sel, rows]);

  useEffect(() => {
    const element = box.current!;
    const watch = new ResizeObserver(() =>
      setScroll({ top: element.scrollTop, height: element.clientHeight }),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  /** Shift takes everything since the row that was touched last, Ctrl this one row, in or out. */
  const pickRows = (index: number, range: boolean) => {
    const [from, to] = range ? [anchor.current, index].sort((a, b) => a - b) : [index, index];
    const ids = rows.slice(from, (to ?? index) + 1).map(({ id }) => id);
    if (!range) anchor.current = index;
    setAt(index);
    void import("../selection/picking.ts").then(({ pick, toggle }) =>
      range ? pick({ ids }, "add") : toggle(ids),
    );
  };
  const choose = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setAt(index);
    anchor.current = index;
    state.patch({ sel: String(row.id) });
    onGo(row.at);
  };
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(scroll.height / rowHeight) - 1);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key === "Enter") return choose(at);
    if (picks && event.key === " ") {
      event.preventDefault();
      return pickRows(at, event.shiftKey);
    }
    if (picks && event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return pickAll(state);
    }
    const wanted = moves[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, wanted));
    bringIn(next);
    // The row may only be built by the scrolling: it is focused once it is there.
    flushSync(() => {
      setAt(next);
      setScroll({ top: box.current!.scrollTop, height: box.current!.clientHeight });
    });
    point(rows[next]?.id ?? null);
    if (picks && event.shiftKey && event.key.startsWith("Arrow")) pickRows(next, true);
    else anchor.current = next;
    document.getElementById(`list-${rows[next]?.id}`)?.focus({ preventScroll: true });
  };

  return (
    <table className="list-table" aria-rowcount={rows.length + 1} aria-label="点位">
      <thead>
        <tr className="list-row list-head" style={{ gridTemplateColumns: grid }}>
          {picks && <th scope="col" aria-label="选择" />}
          {shown.map((column) => (
            <Head key={column.id} title={column.title} sortKey={column.sort} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody
        ref={box}
        className="list-body"
        style={{ "--rows": `${rows.length * rowHeight}px` } as CSSProperties}
        onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
          setScroll({ top: scrollTop, height: clientHeight })
        }
        onMouseLeave={() => point(null)}
      >
        {rows.slice(slice.from, slice.to).map((row, i) => {
          const index = slice.from + i;
          const mood = ["list-row", String(row.id) === sel ? "chosen" : "", row.id === hover ? "hover" : ""];
          return (
            <tr
              key={row.id}
              id={`list-${row.id}`}
              tabIndex={index === at ? 0 : -1}
              aria-rowindex={index + 2}
              aria-selected={String(row.id) === sel}
              className={mood.join(" ")}
              style={{ top: index * rowHeight, gridTemplateColumns: grid }}
              onClick={(event) => {
                if (picks && (event.shiftKey || event.ctrlKey || event.metaKey))
                  pickRows(index, event.shiftKey);
                else choose(index);
              }}
              onKeyDown={onKey}
              onMouseEnter={() => point(row.id)}
            >
              {picks && (
                <td className="list-check">
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={`选上 ${row.name}`}
                    checked={picked.has(row.id)}
                    onClick={(event) => event.stopPropagation()}
                    onChange={(event) => {
                      const { shiftKey } = event.nativeEvent as MouseEvent;
                      pickRows(index, shiftKey && !picked.has(row.id));
                    }}
                  />
                </td>
              )}
              {shown.map((column) => (
                <td key={column.id}>{column.cell(row)}</td>
              ))}
            </tr>
          );
        })}
      </tbody>
      {total > rows.length && (
        <caption className="list-empty">
          共 {number(total)} 处，这里是前 {number(rows.length)} 处。用筛选缩小范围。
        </caption>
      )}
    </table>
  );
}

interface HeadProps {
  readonly title: string;
  readonly sortKey?: string;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

function Head({ title, sortKey, sort, onSort }: HeadProps) {
  if (!sortKey) return <th scope="col">{title}</th>;
  const up = sort === sortKey;
  const down = sort === `-${sortKey}`;
  return (
    <th scope="col" aria-sort={up ? "ascending" : down ? "descending" : "none"}>
      <button type="button" onClick={() => onSort(up ? `-${sortKey}` : sortKey)}>
        {title}
        {up && <IconChevronUp size={13} stroke={2} />}
        {down && <IconChevronDown size={13} stroke={2} />}
      </button>
    </th>
  );
}
