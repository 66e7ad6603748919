import { IconCamera, IconCurrentLocation } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { lightName } from "#data/domain/light.ts";
import { metres } from "#data/domain/photo.ts";
import { stepRule } from "#data/domain/task.ts";
import type { MyTask } from "#data/domain/wire/list.ts";
import { layerById } from "#data/layers/registry.ts";
import { type TaskChoice, useMyTasks } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { StateMark } from "../legend/marks.tsx";
import { followHere, type Here, useHere } from "../map/here.ts";
import { metresTo } from "../map/near.ts";
import type { MapState } from "../map/state.ts";
import { useOutbox } from "../outbox/state.ts";
import { PhonePickBar, PhoneUndo, PickMark, PickToggle, togglePicked } from "../selection/phone.tsx";
import { maySelect, useSelection } from "../selection/store.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { dayInSentence, daysText, moment, number } from "../ui/format.ts";
import { keepTasks, keptTasks } from "./kept-tasks.ts";
import { useKnownTasks } from "./known.ts";
import { OpenPlaces } from "./open-places.tsx";
import "./tasks.css";

const choiceName: Record<TaskChoice, string> = {
  todo: "待我办",
  returned: "被退回",
  soon: "快到期",
  open: "没办完",
};
const choices = Object.keys(choiceName) as TaskChoice[];

const emptyText: Record<TaskChoice, string> = {
  todo: "没有等你办的。看看“没办完”里等别人的。",
  returned: "没有被退回的。",
  soon: "半个月内没有到期的。",
  open: "都办完了。",
};

/** The list of a clerk in the street: what waits for him, the nearest first. Who handles nothing sees what is open on the map. */
export function PhoneTasks({ state, menu }: { state: MapState; menu: ReactNode }) {
  const { who } = useWho();
  const past = state.search.at !== undefined;
  const [only, setOnly] = useState<TaskChoice>("todo");
  const here = useHere((s) => s.here);
  const listing = useSelection((s) => s.listing);
  const anchor = useAnchor(here);
  const answer = useMyTasks(only, anchor?.join(",") ?? null);
  const pages = answer.data?.pages;
  const fresh = pages !== undefined && !answer.isPlaceholderData;
  useKeeping(who.account, only, fresh ? pages[0] : undefined, answer.dataUpdatedAt);
  const kept = fresh ? null : keptTasks(who.account, only);
  const rows = fresh ? pages.flatMap((page) => page.rows) : kept && nearestFirst(kept.answer.rows, here);
  const counts = (fresh ? pages[0] : kept?.answer)?.counts;
  const learn = useKnownTasks((s) => s.learn);
  useEffect(() => {
    if (rows) learn(rows);
  });
  if (past || (fresh && counts?.open === 0))
    return (
      <>
        <header className="tasks-head">
          <h1>没办完的</h1>
          {menu}
        </header>
        <OpenPlaces state={state} />
      </>
    );
  return (
    <>
      <header className="tasks-head">
        <div className="tasks-title">
          <h1>我的任务</h1>
          {kept && rows && <Stale at={kept.at} waiting={answer.fetchStatus === "fetching"} />}
        </div>
        {maySelect(state) && <PickToggle />}
        <Order here={here} />
        {menu}
      </header>
      <div className="tasks-choices" role="tablist" aria-label="我的任务">
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            role="tab"
            aria-selected={choice === only}
            onClick={() => setOnly(choice)}
          >
            {choiceName[choice]} <span className="figure">{counts ? number(counts[choice]) : ""}</span>
          </button>
        ))}
      </div>
      {maySelect(state) && <PhoneUndo />}
      {answer.error && !rows && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {!rows && !answer.error && <RowSkeletons />}
      {rows?.length === 0 && <p className="list-empty">{emptyText[only]}</p>}
      <ul className="tasks-list" aria-label={choiceName[only]}>
        {rows?.map((row) => (
          <li key={row.task}>
            <Row
              row={row}
              here={here}
              listing={listing}
              onOpen={() =>
                listing
                  ? togglePicked(row.feature)
                  : state.patch({ sel: String(row.feature) }, { push: true })
              }
            />
          </li>
        ))}
      </ul>
      <PhonePickBar />
      {fresh && answer.hasNextPage && (
        <button
          type="button"
          className="tasks-more"
          disabled={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {answer.isFetchingNextPage ? "正在读" : "再看 50 条"}
        </button>
      )}
    </>
  );
}

/** Farther from where the list was sorted, it is sorted anew, m. Less would shuffle rows under the finger. */
const strideM = 60;

function useAnchor(here: Here): readonly [number, number] | null {
  const [anchor, setAnchor] = useState<readonly [number, number] | null>(null);
  useEffect(() => {
    if (here.kind !== "known") return;
    const [lon, lat] = here.at;
    setAnchor((old) =>
      old && metresTo({ type: "Point", coordinates: [...old] }, here.at) < strideM
        ? old
        : [Number(lon.toFixed(5)), Number(lat.toFixed(5))],
    );
  }, [here]);
  return anchor;
}

function useKeeping(
  account: string,
  only: TaskChoice,
  answer: Parameters<typeof keepTasks>[2]["answer"] | undefined,
  at: number,
): void {
  useEffect(() => {
    if (answer) keepTasks(account, only, { at, answer });
  }, [account, only, answer, at]);
}

/** By what the list is sorted, and the way to have it sorted by distance. */
function Order({ here }: { here: Here }) {
  if (here.kind === "known")
    return (
      <span className="quiet tasks-order">
        <span>由近到远</span>
        <span>
          误差 {metres(here.accuracyM)}　<small>WGS84</small>
        </span>
      </span>
    );
  if (here.kind === "asking") return <span className="quiet tasks-order">正在定位</span>;
  const why = {
    off: null,
    refused: "没有给位置，按期限排",
    unavailable: "定不了位，按期限排",
  }[here.kind];
  return (
    <button type="button" className="tasks-locate" onClick={followHere}>
      {why && <span className="quiet">{why}</span>}
      <IconCurrentLocation size={18} stroke={1.75} aria-hidden="true" /> {why ? "重试" : "按距离排"}
    </button>
  );
}

const clockOf = (ms: number): string => moment(new Date(ms).toISOString());

function Stale({ at, waiting }: { at: number; waiting: boolean }) {
  const [day, time] = clockOf(at).split(" ");
  const today = clockOf(Date.now()).startsWith(day ?? "");
  return (
    <p className="tasks-stale" role="status">
      {waiting ? "正在更新，" : "没有连上，"}数据停在{" "}
      <span className="figure">{today ? time : `${day?.slice(5)} ${time}`}</span>
    </p>
  );
}

const RowSkeletons = () => (
  <div className="tasks-skeleton" role="status" aria-label="正在读">
    {Array.from({ length: 5 }, (_, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: equal blocks
      <i key={i} />
    ))}
  </div>
);

/** Kept rows are as old as their sorting: the person has walked since. */
function nearestFirst(rows: readonly MyTask[], here: Here): readonly MyTask[] {
  if (here.kind !== "known") return rows;
  const far = ({ at }: MyTask) => metresTo({ type: "Point", coordinates: [...at] }, here.at);
  return rows.map((row) => ({ ...row, metres: far(row) })).sort((a, b) => a.metres - b.metres);
}

/** Live while the person walks; what the server said until the first position. */
const distanceText = (row: Pick<MyTask, "at" | "metres">, here: Here): string | null => {
  if (row.metres !== null) return `距我 ${metres(row.metres)}`;
  return here.kind === "known"
    ? `距我 ${metres(metresTo({ type: "Point", coordinates: [...row.at] }, here.at))}`
    : null;
};

interface RowProps {
  readonly row: MyTask;
  readonly here: Here;
  /** A tap chooses. */
  readonly listing: boolean;
  readonly onOpen: () => void;
}

function Row({ row, here, listing, onOpen }: RowProps) {
  const { light } = row;
  const next = row.steps[0];
  const far = distanceText(row, here);
  const waits = useOutbox((s) => s.entries.some(({ subjects }) => subjects.includes(row.feature)));
  return (
    <button type="button" className="task-row" onClick={onOpen}>
      {listing && <PickMark feature={row.feature} />}
      <StateMark light={light.light} size={20} />
      <span className="task-row-text">
        <span className="task-row-line">
          <b>{row.name}</b>
          {far && <span className="figure task-row-far">{far}</span>}
        </span>
        <span className="task-row-line">
          <span className={`task-row-light light-${light.light}`}>
            {lightName[light.light]}
            {light.days !== null && `　${daysText(light.days)}`}
          </span>
          <span className="quiet">
            任务 {row.target}　{layerById(row.layer)?.name}
          </span>
        </span>
        {row.returned && (
          <span className="task-row-back">
            {dayInSentence(clockOf(Date.parse(row.returned.at)).slice(0, 10))} 退回
            {row.returned.reason && `：${row.returned.reason}`}
          </span>
        )}
        <span className="task-row-line quiet">
          {waits ? (
            <span className="task-row-waits">待发</span>
          ) : next ? (
            `下一步：${stepRule[next].name}`
          ) : (
            "等对方办"
          )}
          <span className="task-row-photos">
            <IconCamera size={15} stroke={1.75} aria-hidden="true" />前{" "}
            <span className="figure">{row.photos.before}</span>　后{" "}
            <span className="figure">{row.photos.after}</span>
          </span>
        </span>
      </span>
    </button>
  );
}
