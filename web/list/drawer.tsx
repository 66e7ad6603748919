import { IconHistory, IconTable, IconTrash } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import { type Light, lightName } from "#data/domain/light.ts";
import { inStead } from "../api/problem.ts";
import { type ListQuery, useList } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { StateMark } from "../legend/marks.tsx";
import type { MapState } from "../map/state.ts";
import type { Box } from "../map/town-boxes.ts";
import { useMapUi } from "../map/ui-state.ts";
import { maySelect } from "../selection/store.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { number } from "../ui/format.ts";
import { ListActs } from "./acts.tsx";
import { columns, deletedColumns } from "./columns.tsx";
import { Grid, type GridProps } from "./grid.tsx";
import "./drawer.css";

const ChangesPanel = part(() => import("../changes/panel.tsx").then((m) => m.ChangesPanel));

/** What the drawer shows: the places of the map, the deleted ones, or what was changed. */
type Mode = "list" | "deleted" | "changes";

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
  // Not known is not none.
  const told = (count: number | undefined) => (shows ? (count === undefined ? "–" : number(count)) : "0");
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
          <span className="figure">{told(counts?.total)}</span>
          <span className="list-counts">
            {handleOrder.map((light) => (
              <span key={light}>
                <StateMark light={light} size={12} /> <span>{lightName[light]}</span>
                <b className="figure">{told(counts?.lights[light])}</b>
              </span>
            ))}
          </span>
          <IconTable size={17} stroke={1.75} aria-hidden="true" />
        </button>
        {open && mode === "list" && shows && maySelect(state) && (
          <ListActs state={state} total={counts?.total ?? 0} />
        )}
        {roleRights[who.role].edit && (
          <button
            type="button"
            className="list-tab"
            aria-expanded={open && mode === "deleted"}
            title="已删除"
            aria-label="已删除"
            onClick={() => turn("deleted")}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden="true" /> <span>已删除</span>
          </button>
        )}
        <button
          type="button"
          className="list-tab"
          aria-expanded={open && mode === "changes"}
          title="改动记录"
          aria-label="改动记录"
          onClick={() => turn("changes")}
        >
          <IconHistory size={16} stroke={1.75} aria-hidden="true" /> <span>改动记录</span>
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

interface TableProps extends Omit<GridProps, "answer" | "shown"> {
  readonly query: ListQuery;
}

function Table({ query, sort, onSort, state, onGo }: TableProps) {
  const deleted = query.deleted !== undefined;
  const asks = deleted || state.shown.length > 0;
  const answer = useList(query, asks);
  if (inStead(answer)) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
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
