import type { FeatureCollection } from "geojson";
import { useEffect, useMemo, useRef, useState } from "react";
import { stateCode } from "#data/domain/task.ts";
import { dayNumber } from "#data/domain/time.ts";
import { layerById, layers } from "#data/layers/registry.ts";
import { address } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { useFeature, useLayers, usePoints, useSummary } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { leadingTaskOf } from "../detail/light-card.tsx";
import { maySelect, pickedPoints, useSelection } from "../selection/store.ts";
import { boundsOfAll } from "./bounds.ts";
import { comparedFeatures, useComparing } from "./comparing.ts";
import { type MapModel, splitZoom } from "./compose.ts";
import { collectionOf, MapController, type Padding } from "./controller.ts";
import { useHeld } from "./held.ts";
import { hereFeatures, useHere } from "./here.ts";
import { loadMapFonts } from "./maplibre.ts";
import { measureFeatures, useMeasure } from "./measuring.ts";
import { NoMap } from "./no-map.tsx";
import { type Points, pointFeatures, townCounts } from "./points.ts";
import { formatView, parseView } from "./search-params.ts";
import type { MapState } from "./state.ts";
import { baseMapUrls } from "./style/data.ts";
import { boxOfTown } from "./town-boxes.ts";
import { useMapUi } from "./ui-state.ts";
import { useView } from "./view-store.ts";

const nothing: Points = { type: "FeatureCollection", features: [] };

interface CanvasProps {
  readonly state: MapState;
  readonly padding: Padding;
  /** Hands the controller to the page once it lives, `null` when it is gone. */
  readonly onController: (controller: MapController | null) => void;
}

/** The sheet itself: turns address, answers and preferences into one model and hands it to the controller. */
export function MapCanvas({ state, padding, onController }: CanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const controller = useRef<MapController | null>(null);
  const [blind, setBlind] = useState(false);
  const model = useModel(state);
  const latest = useRef({ state, model, padding });
  latest.current = { state, model, padding };

  useEffect(() => {
    let gone = false;
    let made: MapController | null = null;
    void fontsOfBaseMap().then(() => {
      if (gone) return;
      made = MapController.over({
        container: container.current!,
        view: parseView(latest.current.state.search.v),
        home: boxOfTown(latest.current.state.search.town ?? ""),
        padding: latest.current.padding,
        model: latest.current.model,
        seq: () => useSession.getState().seq,
        events: {
          select: (id) => latest.current.state.patch({ sel: id === null ? undefined : String(id) }),
          hover: (hover) => {
            useView.setState({ hover });
            useMapUi.getState().point(hover?.id ?? null);
          },
          view: (view, settled) => {
            useView.setState({ view });
            const v = formatView(view);
            if (settled && v !== latest.current.state.search.v) latest.current.state.patch({ v });
          },
          toggle: (ids) => {
            if (maySelect(latest.current.state))
              void import("../selection/picking.ts").then(({ toggle }) => toggle(ids));
          },
          press: (held) => useHeld.setState({ held }),
          mark: (position, last) => useMeasure.getState().add(position, last),
        },
      });
      controller.current = made;
      onController(made);
      setBlind(made === null);
    });
    return () => {
      gone = true;
      onController(null);
      controller.current = null;
      made?.destroy();
    };
  }, [onController]);

  useEffect(() => controller.current?.update(model), [model]);
  useEffect(() => controller.current?.setPadding(padding), [padding]);
  useFollow(controller, state);
  return (
    <>
      <div ref={container} className="map-canvas" />
      {blind && <NoMap padding={padding}>列表、搜索和详情照常可用。</NoMap>}
    </>
  );
}

const patienceMs = 1200;

/** The faces of the names on the base map: a machine without a Chinese font would keep empty boxes. Waits a moment, no longer. */
async function fontsOfBaseMap(): Promise<void> {
  const late = new Promise<void>((done) => setTimeout(done, patienceMs));
  const load = async () => {
    if (typeof baseMapUrls.labels !== "string") return;
    const labels: FeatureCollection = await (await fetch(baseMapUrls.labels)).json();
    const text = (water: boolean) =>
      labels.features
        .filter(({ properties }) => water === ["lake", "river"].includes(properties?.kind))
        .map(({ properties }) => properties?.name ?? "")
        .join("");
    await loadMapFonts(`${text(false)}示意`, text(true));
  };
  await Promise.race([late, load().catch(() => undefined)]);
}

/** Address, list and feed move the map too. */
function useFollow(
  controller: { readonly current: MapController | null },
  { search, patch }: MapState,
): void {
  const hover = useMapUi((s) => s.hover);
  const measuring = useMapUi((s) => s.measuring);
  const news = useLive((s) => s.news);
  const compared = useComparing((s) => s.shown);
  useEffect(() => {
    const shapes = [compared?.before, compared?.after].flatMap((shape) => shape ?? []);
    if (shapes.length > 0) controller.current?.fit(boundsOfAll(shapes), 17.5);
  }, [controller, compared]);
  useEffect(() => controller.current?.setHover(hover), [controller, hover]);
  const picked = useSelection((s) => s.picked);
  useEffect(() => {
    controller.current?.setPicked(new Map([...picked].map(([id, { layer }]) => [id, layer])));
  }, [controller, picked]);
  useEffect(() => controller.current?.setMeasuring(measuring !== null), [controller, measuring]);
  useEffect(() => {
    if (news) controller.current?.refresh(news.changes);
  }, [controller, news]);
  useEffect(() => {
    const wanted = parseView(search.v);
    const now = controller.current;
    if (!now) return;
    if (!wanted) patch({ v: formatView(now.view()) });
    else if (formatView(now.view()) !== search.v) now.fly(wanted);
  }, [controller, search.v, patch]);
}

function useModel(state: MapState): MapModel {
  const { search, asOf, filter, shown, day } = state;
  const opacity = useMapUi((s) => s.opacity);
  const marks = useMeasure((s) => s.points);
  const compared = useComparing((s) => s.shown);
  const here = useHere((s) => s.here);
  const measuring = useMapUi((s) => s.measuring);
  const summaries = useLayers(asOf).data?.layers;
  const restricted = useMemo(
    () => shown.filter((id) => summaries?.find((row) => row.id === id)?.countsOnly),
    [shown, summaries],
  );
  const pointLayers = shown.filter((id) => layerById(id)?.geometry === "Point" && !restricted.includes(id));
  const points = usePoints(pointLayers, asOf).data;
  const counted = useSummary(
    "town",
    { ...state.listQuery, layers: restricted.join(",") },
    restricted.length > 0,
  ).data;
  const selected = useFeature(search.sel, asOf).data;

  const pointData = useMemo(
    () => (points && pointLayers.length > 0 ? pointFeatures(points.rows, filter, day) : nothing),
    [points, filter, day, pointLayers.length],
  );
  const countData = useMemo(
    () => (counted && restricted.length > 0 ? townCounts(counted.rows) : nothing),
    [counted, restricted.length],
  );
  const named = useView((s) => s.view.zoom > splitZoom - 1);
  // Names of features are written from z14 on: their faces are fetched when that is near, not before.
  useEffect(() => {
    if (points && named) void loadMapFonts([...new Set(points.rows.map((row) => row[8]).join(""))].join(""));
  }, [points, named]);
  const hereData = useMemo(() => hereFeatures(here), [here]);
  const selection = useMemo(() => selectionOf(selected), [selected]);
  const picked = useSelection((s) => s.picked);
  const pickedData = useMemo(() => pickedPoints(picked), [picked]);
  return useMemo<MapModel>(
    () => ({
      theme: search.base ?? "light",
      base: baseMapUrls,
      layers: layers.filter((layer) => shown.includes(layer.id) && !restricted.includes(layer.id)),
      opacity,
      filter,
      day,
      tileQuery: address("", { ...asOf }),
      points: pointData,
      counts: countData,
      selected: selection,
      picked: pickedData,
      measure: measureFeatures(marks, measuring ?? "line"),
      compared: comparedFeatures(compared),
      here: hereData,
    }),
    [
      search.base,
      shown,
      restricted,
      opacity,
      filter,
      day,
      asOf,
      pointData,
      countData,
      selection,
      pickedData,
      marks,
      measuring,
      compared,
      hereData,
    ],
  );
}

function selectionOf(view: ReturnType<typeof useFeature>["data"]): MapModel["selected"] {
  const layer = view && layerById(view.feature.guatu.layer);
  if (!view || !layer) return null;
  const { id, geometry, properties } = view.feature;
  const task = leadingTaskOf(view);
  const drawn = {
    type: "Feature" as const,
    id,
    geometry: geometry as FeatureCollection["features"][number]["geometry"],
    properties: {
      name: properties.name,
      schematic: properties.schematic,
      light: task?.light.light,
      // As the tiles tell it: where its layer is not shown, it is drawn from here.
      ...(task ? { st: stateCode(task.state) } : {}),
      ...(task?.due ? { due: dayNumber(task.due) } : {}),
    },
  };
  return { layer, id, feature: collectionOf(drawn) };
}
