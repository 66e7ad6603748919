import { IconFocusCentered, IconStack2 } from "@tabler/icons-react";
import { Drawer } from "antd";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { useLive } from "../api/live.ts";
import { useFeature } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { boundsOf } from "../map/bounds.ts";
import { MapCanvas } from "../map/canvas.tsx";
import type { MapController, Padding } from "../map/controller.ts";
import { followHere, followIfAllowed, leaveHere, useHere } from "../map/here.ts";
import { AddButton } from "../map/panels/add.tsx";
import { Credit } from "../map/panels/furniture.tsx";
import { LayerTree } from "../map/panels/tree.tsx";
import type { MapState } from "../map/state.ts";
import { boxOfTown } from "../map/town-boxes.ts";
import { useOutbox } from "../outbox/state.ts";
import { OutboxStrip } from "../outbox/strip.tsx";
import { SearchBox } from "../search/box.tsx";
import { AccountMenu } from "../shell/bar.tsx";
import { part } from "../shell/part.ts";
import { BottomSheet, useWindowHeight } from "../ui/bottom-sheet.tsx";
import { lyingMedia, useMedia } from "../ui/media.ts";
import { type Stop, sheetSide, stopsOf } from "../ui/stops.ts";
import { AddHere } from "./add-here.tsx";
import { useKnownTasks } from "./known.ts";
import { PhoneParts } from "./parts.tsx";
import { PhonePlace } from "./place.tsx";
import "./page.css";

const UnsentLayer = part(() => import("../outbox/map-layer.tsx").then((m) => m.UnsentLayer));

/** Search box, and what stands under it. */
const topPx = 70;
const stripPx = 48;
/** The buttons at the right edge. */
const toolsPx = 68;
/** The credit line on the sheet's edge. */
const creditPx = 26;

/** In the hand: map above, one sheet below with three stops; my open tasks, or one place. */
export function PhonePage({ state }: { state: MapState }) {
  const [controller, setController] = useState<MapController | null>(null);
  const [layersOpen, setLayersOpen] = useState(false);
  const { sel, base } = state.search;
  const [at, setAt] = useStop(sel ?? "list");
  const padding = useRoom(at, useStripped(state));
  const unsent = useOutbox((s) => s.entries.length > 0);
  const first = useRef(padding).current;
  useFramed(controller, state, padding);
  useOwnTown(controller, state);
  useEffect(() => {
    void followIfAllowed();
    return leaveHere;
  }, []);
  return (
    <main className="phone" data-stop={at}>
      <div className="phone-map" data-theme={base}>
        <MapCanvas state={state} padding={first} onController={setController} />
        {unsent && controller && !state.search.at && (
          <Suspense fallback={null}>
            <UnsentLayer controller={controller} />
          </Suspense>
        )}
      </div>
      <div className="phone-top">
        <div className="phone-search card">
          <SearchBox asOf={state.asOf} touch />
          <button
            type="button"
            className="phone-layers"
            aria-label="图层"
            onClick={() => setLayersOpen(true)}
          >
            <IconStack2 size={22} stroke={1.75} />
          </button>
          <AccountMenu />
        </div>
        <Strip state={state} />
      </div>
      <div className="phone-tools">
        <AddButton state={state} />
        <HereButton controller={controller} />
      </div>
      <AddHere state={state} />
      {sel ? (
        <PhonePlace key={sel} state={state} at={at} onStop={setAt} over={<Credit />} />
      ) : (
        <BottomSheet label="我的任务" at={at} onStop={setAt} over={<Credit />}>
          <PhoneParts state={state} onShow={(box) => controller?.frame(box, padding)} />
        </BottomSheet>
      )}
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

/** Another content begins half way again. */
function useStop(of: string): [Stop, (stop: Stop) => void] {
  const [held, setHeld] = useState<{ of: string; at: Stop }>({ of, at: 1 });
  return [held.of === of ? held.at : 1, (at) => setHeld({ of, at })];
}

/** What the sheet and the search box leave of the map. */
function useRoom(at: Stop, stripped: boolean): Padding {
  const height = useWindowHeight();
  const lying = useMedia(lyingMedia);
  return useMemo(() => {
    const top = stripped ? topPx + stripPx : topPx;
    if (lying) return { top, right: toolsPx, bottom: creditPx, left: sheetSide };
    // Under a full sheet the search box gives way: 44 px of map are left, and they are all the geometry has.
    if (at === 2) return { top: 0, right: 0, bottom: stopsOf(height)[2], left: 0 };
    return { top, right: toolsPx, bottom: stopsOf(height)[at] + creditPx, left: 0 };
  }, [at, height, lying, stripped]);
}

/** Whatever the stop, the chosen place is seen whole above the sheet. A live change of it does not pull the map back. */
function useFramed(controller: MapController | null, { search, asOf }: MapState, padding: Padding): void {
  const view = useFeature(search.sel, asOf).data;
  const told = useKnownTasks((s) => s.tasks[Number(search.sel)]?.[0]?.at);
  const middle: Geometry | null = told ? { type: "Point", coordinates: [...told] } : null;
  const id = view ? `${view.feature.id}` : middle && `${search.sel} told`;
  const geometry = useRef<Geometry | null>(null);
  geometry.current = view?.feature.geometry ?? middle;
  useEffect(() => {
    if (!controller) return;
    const chosen = id === null ? null : geometry.current;
    if (chosen) controller.frame(boundsOf(chosen), padding);
    else controller.pad(padding);
  }, [controller, id, padding]);
}

/** Who opens the page without a place begins in his own town, not over the whole district. */
function useOwnTown(controller: MapController | null, { search }: MapState): void {
  const { who } = useWho();
  const open = useRef(search.v === undefined && search.sel === undefined);
  useEffect(() => {
    const box = boxOfTown(who.town ?? "");
    if (!controller || !open.current) return;
    open.current = false;
    if (box) controller.home(0, box);
  }, [controller, who.town]);
}

/** Does a strip stand under the search box? */
function useStripped({ search }: MapState): boolean {
  const waits = useOutbox((s) => s.entries.length > 0);
  const up = useLive((s) => s.up);
  return waits || !up || search.at !== undefined;
}

function Strip({ state }: { state: MapState }) {
  const up = useLive((s) => s.up);
  return (
    <>
      <OutboxStrip up={up} />
      {state.search.at && (
        <p className="phone-strip">
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
    </>
  );
}

/** Asks for the position on a tap, and goes there once it is known. */
function HereButton({ controller }: { controller: MapController | null }) {
  const here = useHere((s) => s.here);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted || here.kind === "asking" || here.kind === "off") return;
    setWanted(false);
    if (here.kind === "known") controller?.fly({ lon: here.at[0], lat: here.at[1], zoom: 16 });
  }, [wanted, here, controller]);
  return (
    <button
      type="button"
      className="card"
      aria-label="到我的位置"
      aria-busy={here.kind === "asking"}
      data-known={here.kind === "known" || undefined}
      onClick={() => {
        followHere();
        setWanted(true);
      }}
    >
      <IconFocusCentered size={22} stroke={1.75} />
    </button>
  );
}
