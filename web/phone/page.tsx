import { IconFocusCentered, IconStack2 } from "@tabler/icons-react";
import { Drawer } from "antd";
import { type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { lightName } from "#data/domain/light.ts";
import { useLive } from "../api/live.ts";
import { useFeature, useList } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { Detail } from "../detail/panel.tsx";
import { StateMark } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import { boundsOf } from "../map/bounds.ts";
import { MapCanvas } from "../map/canvas.tsx";
import type { MapController, Padding } from "../map/controller.ts";
import { AddButton } from "../map/panels/add.tsx";
import { Chips } from "../map/panels/chips.tsx";
import { Credit } from "../map/panels/furniture.tsx";
import { LayerTree } from "../map/panels/tree.tsx";
import type { MapState } from "../map/state.ts";
import { OutboxStrip } from "../outbox/strip.tsx";
import { SearchBox } from "../search/box.tsx";
import { AccountMenu } from "../shell/bar.tsx";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { settle, stopsOf } from "./stops.ts";
import "./page.css";

/** In the hand: map above, one sheet below with three stops; the list of what is open, or one place. */
export function PhonePage({ state }: { state: MapState }) {
  const [controller, setController] = useState<MapController | null>(null);
  const [layersOpen, setLayersOpen] = useState(false);
  const up = useLive((s) => s.up);
  const { sel, base } = state.search;
  const padding = useMemo<Padding>(
    () => ({ top: 64, right: 0, bottom: Math.max(96, window.innerHeight - 300), left: 0 }),
    [],
  );
  const locate = () =>
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => controller?.fly({ lon: coords.longitude, lat: coords.latitude, zoom: 16 }),
      () => undefined,
    );
  return (
    <main className="phone">
      <div className="phone-map" data-theme={base}>
        <MapCanvas state={state} padding={padding} onController={setController} />
      </div>
      <div className="phone-top">
        <div className="phone-search card">
          <SearchBox asOf={state.asOf} touch />
          <AccountMenu />
        </div>
        <OutboxStrip up={up} />
        {state.search.at && (
          <p className="phone-offline">
            正在看 {state.search.at}
            <button
              type="button"
              className="link-button"
              onClick={() => state.patch({ at: undefined, known: undefined })}
            >
              回到今天
            </button>
          </p>
        )}
      </div>
      <div className="phone-tools">
        <AddButton state={state} />
        <button type="button" className="card" aria-label="图层" onClick={() => setLayersOpen(true)}>
          <IconStack2 size={22} stroke={1.75} />
        </button>
        <button type="button" className="card" aria-label="到我的位置" onClick={locate}>
          <IconFocusCentered size={22} stroke={1.75} />
        </button>
      </div>
      <Sheet resetKey={sel ?? "list"}>
        {sel ? (
          <PhoneDetail state={state} controller={controller} />
        ) : (
          <PhoneList state={state} controller={controller} />
        )}
      </Sheet>
      <Drawer
        open={layersOpen}
        onClose={() => setLayersOpen(false)}
        placement="bottom"
        size="80%"
        title={null}
        closable={false}
        styles={{ body: { padding: 0 } }}
      >
        <LayerTree state={state} />
      </Drawer>
    </main>
  );
}

/** A finger that moves less has tapped: one stop on, and round again. */
const tapPx = 16;

interface SheetProps {
  /** Another content begins half way again. */
  readonly resetKey: string;
  readonly children: React.ReactNode;
}

function Sheet({ resetKey, children }: SheetProps) {
  const [at, setAt] = useState(1);
  const [drag, setDrag] = useState<number | null>(null);
  const start = useRef({ y: 0, height: 0, time: 0, dragged: false });
  const stops = stopsOf(window.innerHeight);
  const height = drag ?? stops[at] ?? stops[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content opens half way again
  useEffect(() => setAt(1), [resetKey]);
  const onDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, height, time: event.timeStamp, dragged: false };
  };
  const onMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setDrag(Math.max(stops[0], Math.min(stops[2], start.current.height + start.current.y - event.clientY)));
  };
  const onUp = (event: PointerEvent) => {
    const moved = start.current.y - event.clientY;
    setDrag(null);
    start.current.dragged = Math.abs(moved) >= tapPx;
    if (!start.current.dragged) return;
    setAt(settle(height, moved / Math.max(1, event.timeStamp - start.current.time), stops));
  };
  // Not before the click: the sheet would have moved away under it, and the click would open a place of the list.
  const onClick = () => {
    if (!start.current.dragged) setAt((at + 1) % stops.length);
    start.current.dragged = false;
  };
  return (
    <section
      className={drag === null ? "phone-sheet" : "phone-sheet dragged"}
      data-full={height > (stops[1] + stops[2]) / 2 || undefined}
      style={{ height }}
    >
      <Credit />
      <button
        type="button"
        className="phone-grip"
        aria-label={at === 2 ? "收起" : "展开"}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onClick={onClick}
      >
        <i />
      </button>
      <div className="phone-content">{children}</div>
    </section>
  );
}

interface PartProps {
  readonly state: MapState;
  readonly controller: MapController | null;
}

function PhoneDetail({ state, controller }: PartProps) {
  const answer = useFeature(state.search.sel, state.asOf);
  const view = answer.data;
  const shown = useRef<number | null>(null);
  useEffect(() => {
    // Once a place: a live change of it must not pull the map back.
    if (!view || !controller || shown.current === view.feature.id) return;
    shown.current = view.feature.id;
    controller.fit(boundsOf(view.feature.geometry), 15);
  }, [controller, view]);
  const close = useCallback(() => state.patch({ sel: undefined }), [state]);
  if (answer.error) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!view) return <Skeleton rows={8} height={24} />;
  return (
    <div className="detail phone-detail">
      <Detail
        key={view.feature.id}
        view={view}
        state={state}
        onClose={close}
        onLocate={(v) => controller?.fit(boundsOf(v.feature.geometry))}
      />
    </div>
  );
}

const openLights = "late,warn,normal,none";

/** What is still open, soonest due first; a chip of 状态 overrides that. */
function PhoneList({ state, controller }: PartProps) {
  const { who } = useWho();
  const light = state.search.light ?? openLights;
  const answer = useList({ ...state.listQuery, light, sort: "due", limit: 200 }, state.shown.length > 0);
  const own = who.town !== null && state.search.town === who.town;
  return (
    <>
      <h1 className="phone-title">
        {own ? `${townName(who.town)}没办完的` : "没办完的"}
        {answer.data && <span className="figure quiet"> {number(answer.data.total)}</span>}
      </h1>
      <Chips state={state} />
      {answer.error && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && state.shown.length > 0 && <Skeleton rows={8} height={40} />}
      {answer.data?.rows.length === 0 && (
        <p className="list-empty">没有符合筛选的点位。去掉一个筛选，或点“重置”。</p>
      )}
      <ul className="phone-list">
        {answer.data?.rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              onClick={() => {
                state.patch({ sel: String(row.id) }, { push: true });
                controller?.reveal(row.at);
              }}
            >
              <StateMark light={row.light} size={18} />
              <span className="phone-row">
                <b>{row.name}</b>
                <span className="quiet">
                  {lightName[row.light]}
                  {row.target !== null && `　任务 ${row.target}`}　{townName(row.town)}
                </span>
              </span>
              <span className={row.light === "late" ? "figure list-late" : "figure quiet"}>
                {row.due?.slice(5)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
