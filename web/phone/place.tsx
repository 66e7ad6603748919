import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { lightName } from "#data/domain/light.ts";
import { metres } from "#data/domain/photo.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { MyTask } from "#data/domain/wire/list.ts";
import { type LayerDef, shownNumber } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { useFeature } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { DeletedNote } from "../detail/deleted.tsx";
import { LightCard, leadingTaskOf } from "../detail/light-card.tsx";
import { CopyLink, DetailTabs, EditLink } from "../detail/panel.tsx";
import { ReturnedNote } from "../detail/returned.tsx";
import { LayerGlyph, StateMark } from "../legend/marks.tsx";
import { townName, unitName } from "../list/columns.tsx";
import { useHere } from "../map/here.ts";
import { metresTo } from "../map/near.ts";
import type { MapState } from "../map/state.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { BottomSheet } from "../ui/bottom-sheet.tsx";
import { daysText } from "../ui/format.ts";
import type { Stop } from "../ui/stops.ts";
import { Switch } from "../ui/switch.tsx";
import { useKnownTasks } from "./known.ts";
import { PhotoFirst } from "./photo-first.tsx";
import { type Handled, handledOf } from "./report.ts";
import { ReportFoot, StateSwitch, useReport } from "./report-part.tsx";
import "./place.css";

const Others = part(() => import("../presence/others.tsx").then((m) => m.Others));

interface PlaceProps {
  readonly state: MapState;
  readonly at: Stop;
  onStop(stop: Stop): void;
  readonly over: ReactNode;
}

const none: readonly MyTask[] = [];

/** One place in the hand: photo first, one switch, one button. What the list told is enough to begin, and without network all there is. */
export function PhonePlace({ state, at, onStop, over }: PlaceProps) {
  const id = Number(state.search.sel);
  const answer = useFeature(state.search.sel, state.asOf);
  const told = useKnownTasks((s) => s.tasks[id] ?? none);
  const view = answer.data;
  const tasks: readonly Handled[] = view ? view.tasks.map((task) => handledOf(task)) : told;
  const [chosen, setChosen] = useState<number | null>(null);
  const task = tasks.find((each) => each.task === chosen) ?? mostWanted(tasks);
  const layer = layerById(view?.feature.guatu.layer ?? told[0]?.layer ?? "");
  const name = String(view?.feature.properties.name ?? told[0]?.name ?? "");
  const position = view ? null : (told[0]?.at ?? null);
  const far = useMetres(view, position);
  const report = useReport({ feature: id, name, layer: layer?.id ?? null }, task);
  const close = () => state.patch({ sel: undefined });
  const past = state.search.at !== undefined;
  const foot = (view || told.length > 0) && (
    <ReportFoot report={report} off={past} to={anchorOf(view) ?? position} name={name} />
  );
  return (
    <BottomSheet label="详情" at={at} onStop={onStop} over={over} foot={at === 0 ? null : foot}>
      {name === "" ? (
        answer.error ? (
          <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <PlaceSkeleton />
        )
      ) : (
        <article className="place">
          <Head name={name} layer={layer} task={task} view={view} told={told} far={far} onClose={close} />
          {view && !past && (
            <Suspense fallback={null}>
              <Others feature={id} mode="viewing" />
            </Suspense>
          )}
          {tasks.length > 1 && <TaskChoice tasks={tasks} chosen={task?.task ?? null} onChoose={setChosen} />}
          {view?.feature.guatu.deleted && <DeletedNote view={view} />}
          {task && (
            <PhotoFirst
              feature={id}
              name={name}
              task={task}
              photos={view?.photos ?? null}
              told={told.find((row) => row.task === task.task)?.photos ?? null}
              layer={layer}
              mayAdd={!past && (view ? view.may.edit : task.steps.length > 0)}
              far={far}
            />
          )}
          {!past && <StateSwitch report={report} />}
          {task?.returned && <ReturnedNote returned={task.returned} />}
          {view ? (
            <>
              <p className="place-more">
                {layer && <span className="figure quiet">{shownNumber(layer, id)}</span>}
                <EditLink view={view} state={state} />
                <CopyLink />
              </p>
              {!view.feature.guatu.deleted && (
                <LightCard light={view.light} task={leadingTaskOf(view)} layer={layer} />
              )}
              <DetailTabs view={view} state={state} />
            </>
          ) : (
            answer.error && (
              <p className="place-note">详情没有读到，连上网络后自动补上。照片和进度现在就可以报。</p>
            )
          )}
        </article>
      )}
    </BottomSheet>
  );
}

/** The one this reader can move on; else the one that is open; else the first. */
const mostWanted = (tasks: readonly Handled[]): Handled | undefined =>
  tasks.find(({ steps }) => steps.length > 0) ?? tasks.find(({ state }) => state !== "closed") ?? tasks[0];

/** Metres from the reader to the place itself, or to its middle while only that is known. */
function useMetres(view: FeatureView | undefined, middle: readonly [number, number] | null): number | null {
  const here = useHere((s) => s.here);
  if (here.kind !== "known") return null;
  if (view) return metresTo(view.feature.geometry, here.at);
  return middle && metresTo({ type: "Point", coordinates: [...middle] }, here.at);
}

/** A position to be led to: the first vertex will do for a phone's map. */
function anchorOf(view: FeatureView | undefined): readonly [number, number] | null {
  let coordinates: unknown = view?.feature.geometry.coordinates;
  while (Array.isArray(coordinates) && Array.isArray(coordinates[0])) coordinates = coordinates[0];
  if (!Array.isArray(coordinates)) return null;
  const [lon, lat] = coordinates;
  return typeof lon === "number" && typeof lat === "number" ? [lon, lat] : null;
}

interface HeadProps {
  readonly name: string;
  readonly layer: LayerDef | undefined;
  readonly task: Handled | undefined;
  readonly view: FeatureView | undefined;
  readonly told: readonly MyTask[];
  readonly far: number | null;
  readonly onClose: () => void;
}

function Head({ name, layer, task, view, told, far, onClose }: HeadProps) {
  const light = task?.light;
  const own = useWho().who.town;
  const town = view ? (view.feature.guatu.duty ?? view.feature.guatu.town) : (told[0]?.town ?? null);
  return (
    <header className="place-head">
      <p className="place-state">
        <button type="button" className="place-back" aria-label="关闭详情" onClick={onClose}>
          <IconArrowLeft size={22} stroke={1.75} />
        </button>
        {light ? (
          <>
            <span className={`place-light light-${light.light}`}>
              <StateMark light={light.light} size={16} />
              {lightName[light.light]}
            </span>
            {light.light !== "done" && (
              <b className={`place-days light-${light.light}`}>{daysText(light.days)}</b>
            )}
          </>
        ) : (
          <span className="quiet">这里没有任务</span>
        )}
        {far !== null && <span className="figure place-far">距我 {metres(far)}</span>}
      </p>
      <h2>{name}</h2>
      <p className="place-what">
        {task && <span>任务 {task.target}</span>}
        <span>
          {layer && <LayerGlyph layer={layer} size={15} />} {layer?.name}
        </span>
        {task && <span>{unitName(task.lead)}</span>}
        {town !== own && <span>{townName(town)}</span>}
        {view?.feature.properties.schematic === true && <span className="detail-schematic">示意</span>}
      </p>
    </header>
  );
}

interface TaskChoiceProps {
  readonly tasks: readonly Handled[];
  readonly chosen: number | null;
  onChoose(task: number): void;
}

/** A place on several targets has a task of each. */
function TaskChoice({ tasks, chosen, onChoose }: TaskChoiceProps) {
  return (
    <Switch
      label="目标任务"
      className="place-tasks"
      options={tasks.map(({ task, target, lead }) => ({
        id: task,
        word: `任务 ${target}　${unitName(lead)}`,
      }))}
      value={chosen}
      onChange={onChoose}
    />
  );
}

/** In the final geometry, so that nothing jumps when the place comes; not before 200 ms. */
function PlaceSkeleton() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 200);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className="place place-skeleton" role="status" aria-label="正在读" hidden={!late}>
      <i style={{ width: "40%", height: 28 }} />
      <i style={{ width: "70%", height: 34 }} />
      <i style={{ width: "55%", height: 20 }} />
      <i style={{ height: 150 }} />
      <i style={{ height: 44 }} />
      <i style={{ height: 48 }} />
    </div>
  );
}
