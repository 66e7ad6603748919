import { lightName } from "#data/domain/light.ts";
import { inStead } from "../api/problem.ts";
import { useList } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { StateMark } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import { Chips } from "../map/panels/chips.tsx";
import type { MapState } from "../map/state.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";

const openLights = "late,warn,normal,none";

/** For who handles nothing himself, and for a past day: what is still open on the map, soonest due first. */
export function OpenPlaces({ state }: { state: MapState }) {
  const { who } = useWho();
  const light = state.search.light ?? openLights;
  const answer = useList({ ...state.listQuery, light, sort: "due", limit: 200 }, state.shown.length > 0);
  const own = who.town !== null && state.search.town === who.town;
  return (
    <>
      <p className="tasks-count quiet">
        {own && townName(who.town)}
        {answer.data && <> {number(answer.data.total)} 处，按期限排</>}
      </p>
      <Chips state={state} />
      {inStead(answer) && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && state.shown.length > 0 && <Skeleton rows={8} height={40} />}
      {answer.data?.rows.length === 0 && (
        <p className="list-empty">没有符合筛选的点位。去掉一个筛选，或点“重置”。</p>
      )}
      <ul className="tasks-list">
        {answer.data?.rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="task-row"
              onClick={() => state.patch({ sel: String(row.id) }, { push: true })}
            >
              <StateMark light={row.light} size={20} />
              <span className="task-row-text">
                <span className="task-row-line">
                  <b>{row.name}</b>
                  <span className={row.light === "late" ? "figure list-late" : "figure quiet"}>
                    {row.due?.slice(5)}
                  </span>
                </span>
                <span className="quiet">
                  {lightName[row.light]}
                  {row.target !== null && `　任务 ${row.target}`}　{townName(row.town)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
