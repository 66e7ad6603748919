import { IconChevronDown, IconChevronUp, IconHistory, IconTable, IconTrash } from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { roleRights } from "#data/domain/account.ts";
import { type Light, lightName } from "#data/domain/light.ts";
import type { ListAnswer } from "#data/domain/wire.ts";
import { type ListQuery, useList } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { StateMark } from "../legend/marks.tsx";
import type { MapState } from "../map/state.ts";
import type { Box } from "../map/town-boxes.ts";
import { useMapUi } from "../map/ui-state.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { type Column, columns, deletedColumns, gridOf } from "./columns.tsx";
import { scrollToRow, visibleRows } from "./window.ts";
import "./drawer.css";

const ChangesPanel = lazy(() => import("../changes/panel.tsx").then((m) => ({ default: m.ChangesPanel })));

/** What the drawer shows: the places of the map, the deleted ones, or what was changed. */
type Mode = "list" | "deleted" | "changes";

const rowHeight = 36;
/** The most the server gives at once; beyond it the list says so. */
const most = 1000;
const handleOrder: readonly Light[] = ["late", "warn", "normal", "done", "none"];

/** The map's table: the same places, by keyboard too. */
export function ListDrawer({
  state,
  onGo,
  onShow,
}: {
  state: MapState;
  onGo: (at: readonly [number, number]) => void;
  onShow: (box: Box) => void;
}) {
  const { who } = useWho();
  const [mode, setMode] = useState<Mode>("list");
  const open = useMapUi((s) => s.listOpen);
  const openList = useMapUi((s) => s.openList);
  const [sort, setSort] = useState("light");
  const shows = state.shown.length > 0;
  const counts = useList({ ...state.listQuery, limit: 1 }, shows).data;
  const turn = (wanted: Mode) => {
    openList(!(open && mode === wanted));
    setMode(wanted);
  };
  return (
    <section className={open ? "list card open" : "list card"} aria-label="列表">
      <div className="list-bar">
        <button
          type="button"
          className="list-handle"
          aria-expanded={open && mode === "list"}
          onClick={() => turn("list")}
        >
          <i className="list-grip" />
          <b>列表</b>
          <span className="figure">{shows && counts ? number(counts.total) : 0}</span>
          <span className="list-counts">
            {handleOrder.map((light) => (
              <span key={light}>
                <StateMark light={light} size={12} /> <span>{lightName[light]}</span>
                <b className="figure">{number(shows && counts ? counts.lights[light] : 0)}</b>
              </span>
            ))}
          </span>
          <IconTable size={17} stroke={1.75} aria-hidden="true" />
        </button>
        {roleRights[who.role].edit && (
          <button
            type="button"
            className="list-tab"
            aria-expanded={open && mode === "deleted"}
            onClick={() => turn("deleted")}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden="true" /> 已删除
          </button>
        )}
        <button
          type="button"
          className="list-tab"
          aria-expanded={open && mode === "changes"}
          onClick={() => turn("changes")}
        >
          <IconHistory size={16} stroke={1.75} aria-hidden="true" /> 改动记录
        </button>
      </div>
      {open && mode === "changes" && (
        <Suspense fallback={<Skeleton rows={6} height={30} />}>
          <ChangesPanel state={state} onShow={onShow} />
        </Suspense>
      )}
      {open && mode !== "changes" && (
        <Table
          key={mode}
          query={{ ...queryOf(mode, state), sort: mode === "deleted" ? "name" : sort, limit: most }}
          sort={sort}
          onSort={setSort}
          state={state}
          onGo={onGo}
        />
      )}
    </section>
  );
}

/** Deleted places have no task left, so that nothing of 状态, 期限 and 任务 can narrow them. */
function queryOf(mode: Mode, { listQuery }: MapState): ListQuery {
  if (mode !== "deleted") return listQuery;
  const { town, at, known } = listQuery;
  return { deleted: "1", ...(town && { town }), ...(at && { at }), ...(known && { known }) };
}

interface TableProps {
  readonly query: ListQuery;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly state: MapState;
  readonly onGo: (at: readonly [number, number]) => void;
}

function Table({ query, sort, onSort, state, onGo }: TableProps) {
  const deleted = query.deleted !== undefined;
  const asks = deleted || state.shown.length > 0;
  const answer = useList(query, asks);
  if (answer.error) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!asks) return <p className="list-empty">没有打开图层。在左边勾选一个图层。</p>;
  if (!answer.data) return <Skeleton rows={8} height={24} />;
  if (answer.data.rows.length === 0)
    return (
      <p className="list-empty">
        {deleted ? "没有你能恢复的已删除点位。" : "没有符合筛选的点位。去掉一个筛选，或点“重置”。"}
      </p>
    );
  return (
    <Grid
      answer={answer.data}
      shown={deleted ? deletedColumns : columns}
      sort={sort}
      onSort={onSort}
      state={state}
      onGo={onGo}
    />
  );
}

interface GridProps extends Omit<TableProps, "query"> {
  readonly answer: ListAnswer;
  readonly shown: readonly Column[];
}

function Grid({ answer, shown, sort, onSort, state, onGo }: GridProps) {
  const { rows, total } = answer;
  const grid = gridOf(shown);
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

  const choose = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setAt(index);
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
    document.getElementById(`list-${rows[next]?.id}`)?.focus({ preventScroll: true });
  };

  return (
    <table className="list-table" aria-rowcount={rows.length + 1} aria-label="点位">
      <thead>
        <tr className="list-row list-head" style={{ gridTemplateColumns: grid }}>
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
              onClick={() => choose(index)}
              onKeyDown={onKey}
              onMouseEnter={() => point(row.id)}
            >
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
