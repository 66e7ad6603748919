import { IconStack2 } from "@tabler/icons-react";
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { useFeature } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { DetailPanel } from "../detail/panel.tsx";
import { ListDrawer } from "../list/drawer.tsx";
import { useOutbox } from "../outbox/state.ts";
import { SelectButton } from "../selection/button.tsx";
import { maySelect, useSelection } from "../selection/store.ts";
import { hasDeeds } from "../session/record.ts";
import { PagePending, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { phoneMedia, useMedia } from "../ui/media.ts";
import { boundsOf } from "./bounds.ts";
import { MapCanvas } from "./canvas.tsx";
import type { MapController, Padding } from "./controller.ts";
import { AddButton } from "./panels/add.tsx";
import { Chips } from "./panels/chips.tsx";
import { Credit, HoverName, North, ScaleBar, ZoomControls } from "./panels/furniture.tsx";
import { MeasurePanel } from "./panels/measure.tsx";
import { Ruler } from "./panels/ruler.tsx";
import { LayerTree } from "./panels/tree.tsx";
import { type MapState, useMapState } from "./state.ts";
import type { Box } from "./town-boxes.ts";
import { useMapUi } from "./ui-state.ts";
import "./page.css";

const PickLayer = part(() => import("../selection/desk.tsx").then((m) => m.PickLayer));
const PickPanel = part(() => import("../selection/desk.tsx").then((m) => m.PickPanel));
const UnsentLayer = part(() => import("../outbox/map-layer.tsx").then((m) => m.UnsentLayer));
const BulkPanel = part(() => import("../bulk/panel.tsx").then((m) => m.BulkPanel));
const UndoPair = part(() => import("../session/pair.tsx").then((m) => m.UndoPair));

const PhonePage = part(() => import("../phone/page.tsx").then((m) => m.PhonePage));

export function MapPage() {
  const state = useMapState();
  const phone = useMedia(phoneMedia);
  if (!phone) return <DeskPage state={state} />;
  return (
    <Suspense fallback={<PagePending />}>
      <PhonePage state={state} />
    </Suspense>
  );
}

/** A link that names a place but no view (from the task page, from a message) begins at that place. */
function useShowSelected(controller: MapController | null, { search, asOf }: MapState): void {
  const open = useRef(search.v === undefined);
  const view = useFeature(open.current ? search.sel : undefined, asOf).data;
  useEffect(() => {
    if (!controller || !view || !open.current) return;
    open.current = false;
    controller.fit(boundsOf(view.feature.geometry));
  }, [controller, view]);
}

/** Of the open list (45 % of the window, drawer.css) with the ruler above it, px: what is chosen must not lie under it. */
const listHeight = () => Math.round(window.innerHeight * 0.45) + 88;

/** What only an editor needs is fetched once a hand is on the page, not while the map is drawn for the first time. */
function useArmed(edits: boolean): boolean {
  // Ctrl+Z may be the first key: what can be taken back is there from the beginning.
  const [armed, setArmed] = useState(() => edits && hasDeeds());
  useEffect(() => {
    if (!edits) return;
    const arm = () => setArmed(true);
    const signs = ["pointermove", "pointerdown", "keydown"];
    for (const sign of signs) window.addEventListener(sign, arm, { once: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, arm);
    };
  }, [edits]);
  return armed;
}

/** The planner's sheet: panels float on it and never frame it (design brief §4). */
function DeskPage({ state }: { state: MapState }) {
  const { who } = useWho();
  const [controller, setController] = useState<MapController | null>(null);
  const wide = useMedia("(min-width: 1200px)");
  const treeOpen = useMapUi((s) => s.treeOpen);
  const openTree = useMapUi((s) => s.openTree);
  const listOpen = useMapUi((s) => s.listOpen);
  const bulk = useSelection((s) => s.acting === "bulk");
  const unsent = useOutbox((s) => s.entries.length > 0);
  const hasDetail = bulk || state.search.sel !== undefined;
  const armed = useArmed(roleRights[who.role].edit);
  useEffect(() => openTree(wide), [wide, openTree]);
  const padding = useMemo<Padding>(
    () => ({
      top: 44,
      right: hasDetail ? 388 : 0,
      bottom: listOpen ? listHeight() : 120,
      left: treeOpen ? 304 : 60,
    }),
    [hasDetail, treeOpen, listOpen],
  );
  const locate = useCallback(
    (view: FeatureView) => controller?.fit(boundsOf(view.feature.geometry)),
    [controller],
  );
  const go = useCallback((at: readonly [number, number]) => controller?.reveal(at), [controller]);
  const showBox = useCallback((box: Box) => controller?.fit(box, 16), [controller]);
  useShowSelected(controller, state);
  const dark = state.search.base === "dark";
  return (
    <main className="sheet" data-dark={dark || undefined}>
      <div className="sheet-map" data-theme={dark ? "dark" : undefined}>
        <MapCanvas state={state} padding={padding} onController={setController} />
        <HoverName />
        {unsent && controller && !state.search.at && (
          <Suspense fallback={null}>
            <UnsentLayer controller={controller} />
          </Suspense>
        )}
        {armed && controller && maySelect(state) && (
          <Suspense fallback={null}>
            <PickLayer state={state} controller={controller} />
          </Suspense>
        )}
      </div>
      <div className={`sheet-panels${hasDetail ? " has-detail" : ""}${treeOpen ? "" : " no-tree"}`}>
        <div className="sheet-left">
          {treeOpen ? (
            <LayerTree state={state} />
          ) : (
            <button type="button" className="rail card" aria-label="打开图层" onClick={() => openTree(true)}>
              <IconStack2 size={20} stroke={1.75} />
              <span>图层</span>
              <b className="figure">{state.shown.length}</b>
            </button>
          )}
        </div>
        <div className="sheet-middle">
          <div className="sheet-top">
            <Chips state={state} />
            <MeasurePanel />
          </div>
          <div className="sheet-furniture" data-theme={dark ? "dark" : undefined}>
            <div className="sheet-deeds">
              {armed && (
                <Suspense fallback={null}>
                  <UndoPair />
                  {maySelect(state) && <PickPanel state={state} />}
                </Suspense>
              )}
            </div>
            <ScaleBar />
            <div className="sheet-corner">
              <SelectButton state={state} />
              <AddButton state={state} />
              <North />
              <ZoomControls controller={controller} />
            </div>
            <Credit />
          </div>
          <Ruler state={state} />
          <ListDrawer state={state} onGo={go} onShow={showBox} />
        </div>
        {hasDetail && (
          <div className="sheet-right">
            {bulk ? (
              <Suspense fallback={<Skeleton rows={12} height={22} />}>
                <BulkPanel />
              </Suspense>
            ) : (
              <DetailPanel state={state} onLocate={locate} />
            )}
          </div>
        )}
      </div>
    </main>
  );
}
