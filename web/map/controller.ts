import type { FeatureCollection } from "geojson";
import type {
  GeoJSONSource,
  MapGeoJSONFeature,
  Map as MapLibre,
  MapMouseEvent,
  StyleSpecification,
} from "maplibre-gl";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import {
  clusterLayer,
  composeStyle,
  countLayer,
  deepestTile,
  looseId,
  type MapModel,
  pointSource,
  splitZoom,
} from "./compose.ts";
import { framing } from "./framing.ts";
import { createMap } from "./maplibre.ts";
import { Marked } from "./marked.ts";
import { type Held, listenToRest } from "./resting.ts";
import type { View } from "./search-params.ts";
import { hitLayers } from "./style/layers.ts";
import { tilesOfBoxes } from "./tiles.ts";
import { type Box, districtBox } from "./town-boxes.ts";

export interface Padding {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where the pointer is over a feature, in CSS px of the map. */
export interface Hover {
  readonly id: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface ControllerEvents {
  select(id: number | null): void;
  hover(hover: Hover | null): void;
  /** While the map moves, for the furniture; `settled` once it rests, for the address. */
  view(view: View, settled: boolean): void;
  /** Ctrl+click: into the selection, or out of it. */
  toggle(ids: readonly number[]): void;
  /** A finger rests on the map; null once the map moves under it or is tapped. */
  press(held: Held | null): void;
  /** A click while measuring. */
  mark(position: readonly [number, number], last: boolean): void;
}

export interface ControllerOptions {
  readonly container: HTMLElement;
  /** Where to begin; `home` when null. */
  readonly view: View | null;
  /** The whole district when left out. */
  readonly home?: Box;
  readonly padding: Padding;
  readonly model: MapModel;
  /** Least changeset number a tile must show. */
  readonly seq: () => number;
  readonly events: ControllerEvents;
}

const flyMs = 900;

/** The one place that talks to MapLibre. The page says what the map is (`update`), the map says what the person did (`events`). */
export class MapController {
  readonly #map: MapLibre;
  readonly #events: ControllerEvents;
  readonly #marked: Marked;
  #model: MapModel;
  #padding: Padding;
  #measuring = false;
  #styled = false;
  #silent = false;
  #rested = false;

  /** `null` where the browser cannot draw a map. */
  static over(options: ControllerOptions): MapController | null {
    const { container, view, model, seq } = options;
    const map = createMap({
      container,
      style: composeStyle(model, window.location.origin),
      ...(view ? { center: [view.lon, view.lat], zoom: view.zoom } : {}),
      minZoom: 9,
      maxZoom: 19,
      maxBounds: [120.4, 30.7, 121.8, 31.6],
      // Tiles out of view are asked for again (and answered 304): a change meanwhile can never show its old shape.
      maxTileCacheSize: 0,
      transformRequest: (url) =>
        url.includes("/tiles/") && seq() > 0 ? { url, headers: { "X-Guatu-Seq": String(seq()) } } : { url },
    });
    return map && new MapController(map, options);
  }

  private constructor(map: MapLibre, { view, home, padding, model, events }: ControllerOptions) {
    this.#map = map;
    this.#events = events;
    this.#model = model;
    this.#padding = padding;
    this.#marked = new Marked(map, () => this.#model.layers);
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.setPadding({ ...padding });
    if (!view) this.home(0, home);
    this.#map.getCanvas().setAttribute("aria-label", "青浦地图。方向键移动，加减号缩放；点位也在列表里。");
    this.#listen();
  }

  /** Draws another model; only the differences reach the screen. */
  update(model: MapModel): void {
    const before = this.#model;
    this.#model = model;
    if (this.#styled && model !== before) this.#map.setStyle(this.#keepingTownNames(model), { diff: true });
    this.#marked.select(model.selected?.id ?? null);
    if (model.layers !== before.layers || !this.#styled) this.#marked.pickAgain();
  }

  /** Marks what is chosen together: feature → layer. */
  setPicked(picked: ReadonlyMap<number, string>): void {
    this.#marked.pick(picked);
  }

  /** Longitude and latitude at a px of the map. */
  placeAt(x: number, y: number): [number, number] {
    const { lng, lat } = this.#map.unproject([x, y]);
    return [lng, lat];
  }

  /** Where a place is, px of the map. */
  spotOf([lon, lat]: readonly [number, number]): [number, number] {
    const { x, y } = this.#map.project([lon, lat]);
    return [x, y];
  }

  /** Calls `moved` whenever places come to lie elsewhere on the screen; returns the way to stop. */
  onMove(moved: () => void): () => void {
    this.#map.on("move", moved);
    return () => void this.#map.off("move", moved);
  }

  /** The place at a px of the map, or all places of the cluster there. */
  async idsAt(x: number, y: number): Promise<number[]> {
    const hit = this.#hit({ x, y }, 5);
    if (!hit || hit.layer.id === countLayer) return [];
    if (hit.layer.id !== clusterLayer) return [Number(hit.id)];
    const source = this.#map.getSource<GeoJSONSource>(pointSource);
    const { cluster_id, point_count } = hit.properties;
    const leaves = await source?.getClusterLeaves(Number(cluster_id), Number(point_count), 0);
    return (leaves ?? []).map(({ id }) => Number(id));
  }

  /** Zooms by a wheel that turned over something in front of the map. */
  wheel(event: WheelEvent): void {
    this.#map.getCanvas().dispatchEvent(new WheelEvent(event.type, event));
  }

  /** Everything a committed change touched is asked for again, and only that. `null`: everything. */
  refresh(changes: readonly ChangeEvent[] | null): void {
    const zoom = Math.floor(this.#map.getZoom());
    const zooms = [zoom - 2, zoom - 1, zoom, zoom + 1].map((z) => Math.max(8, Math.min(deepestTile, z)));
    for (const def of this.#model.layers) {
      if (!this.#map.getSource(def.id)) continue;
      const own = changes?.filter((change) => change.layer === def.id || change.layer === null);
      if (own && own.length === 0) continue;
      const boxes = own?.flatMap(({ before, after }) => [before, after].filter((box) => box !== null));
      const tiles = boxes && boxes.length > 0 ? tilesOfBoxes(boxes, [...new Set(zooms)]) : null;
      this.#map.refreshTiles(def.id, tiles ?? undefined);
    }
  }

  view(): View {
    const { lng, lat } = this.#map.getCenter();
    return { lon: lng, lat, zoom: this.#map.getZoom() };
  }

  fly({ lon, lat, zoom }: View): void {
    this.#go(() => this.#map.flyTo({ center: [lon, lat], zoom, ...this.#travel() }));
  }

  /** Shows a box between the panels. */
  fit([west, south, east, north]: Box, maxZoom = 15.5): void {
    this.#go(() =>
      this.#map.fitBounds([west, south, east, north], { padding: 48, maxZoom, ...this.#travel() }),
    );
  }

  /** The whole district between the panels. */
  home(duration = this.#travel().duration, box: Box = districtBox): void {
    const [west, south, east, north] = box;
    this.#go(() => this.#map.fitBounds([west, south, east, north], { padding: 12, duration }));
  }

  /** Moves only if the point hides under a panel. */
  reveal([lon, lat]: readonly [number, number]): void {
    const { x, y } = this.#map.project([lon, lat]);
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const { top, right, bottom, left } = this.#padding;
    const free =
      x > left + 40 && x < clientWidth - right - 40 && y > top + 40 && y < clientHeight - bottom - 40;
    if (!free) this.#go(() => this.#map.easeTo({ center: [lon, lat], ...this.#travel() }));
  }

  /** Shows a box in what another padding leaves free: both in one journey, so that nothing jumps under a moving sheet. */
  frame(box: Box, padding: Padding, maxZoom = 16): void {
    this.#padding = padding;
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const free = {
      width: clientWidth - padding.left - padding.right,
      height: clientHeight - padding.top - padding.bottom,
    };
    this.#go(() =>
      this.#map.easeTo({ ...framing(box, free, maxZoom), padding: { ...padding }, ...this.#travel() }),
    );
  }

  /** The same middle in what another padding leaves free. */
  pad(padding: Padding): void {
    this.#padding = padding;
    this.#go(() => this.#map.easeTo({ padding: { ...padding }, ...this.#travel() }));
  }

  zoomBy(step: 1 | -1): void {
    if (step > 0) this.#map.zoomIn();
    else this.#map.zoomOut();
  }

  setPadding(padding: Padding): void {
    this.#padding = padding;
    // A journey under way is not cut short by a panel that opens.
    if (this.#map.isMoving()) return void this.#map.once("moveend", () => this.setPadding(this.#padding));
    this.#silent = true;
    this.#map.easeTo({ padding: { ...padding }, duration: 0 });
    this.#silent = false;
  }

  setHover(id: number | null): void {
    this.#marked.hover(id);
  }

  setMeasuring(on: boolean): void {
    this.#measuring = on;
    this.#map.getCanvas().style.cursor = on ? "crosshair" : "";
    if (on) this.#map.doubleClickZoom.disable();
    else this.#map.doubleClickZoom.enable();
  }

  destroy(): void {
    this.#map.remove();
  }

  /** The names at the visible middle are the map's own doing (maplibre.ts), not the model's. */
  #keepingTownNames(model: MapModel): StyleSpecification {
    const style = composeStyle(model, window.location.origin);
    const middle = this.#map.getSource<GeoJSONSource>("town-middle")?.serialize();
    return middle ? { ...style, sources: { ...style.sources, "town-middle": middle } } : style;
  }

  /** A new journey ends the one under way where it is: that place is nobody's view and must not reach the address. */
  #go(journey: () => void): void {
    this.#silent = true;
    journey();
    this.#silent = false;
    if (this.#styled && !this.#map.isMoving()) this.#events.view(this.view(), true);
  }

  #travel() {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    return { duration: still ? 0 : flyMs, essential: false };
  }

  #listen(): void {
    const map = this.#map;
    map.on("load", () => {
      this.#styled = true;
      this.update({ ...this.#model });
      this.#events.view(this.view(), true);
    });
    map.on("move", () => this.#events.view(this.view(), false));
    this.#tellIdle();
    map.on("moveend", () => {
      if (!this.#silent) this.#events.view(this.view(), true);
    });
    map.on("mousemove", (event) => this.#onMove(event));
    map.on("mouseout", () => this.#tellHover(null));
    map.on("click", (event) => void this.#onClick(event));
    listenToRest(map, (held) => {
      if (held && this.#measuring) return;
      if (held) this.#rested = true;
      this.#events.press(held);
    });
    map.on("dblclick", ({ lngLat }) => {
      if (this.#measuring) this.#events.mark([lngLat.lng, lngLat.lat], true);
    });
  }

  /** `data-map-idle`: drawn and at rest. `data-map-middle`: where the view's centre is between the panels, px. Tests wait on it. */
  #tellIdle(): void {
    const { dataset } = this.#map.getContainer();
    this.#map.on("render", () => {
      dataset.mapIdle = "false";
    });
    this.#map.on("idle", () => {
      const { x, y } = this.#map.project(this.#map.getCenter());
      dataset.mapMiddle = `${Math.round(x)},${Math.round(y)}`;
      dataset.mapIdle = "true";
    });
  }

  #onMove(event: MapMouseEvent): void {
    if (this.#measuring) return;
    const hit = this.#hit(event.point, 4);
    this.#map.getCanvas().style.cursor = hit ? "pointer" : "";
    const id = hit && isFeature(hit) ? Number(hit.id) : null;
    this.setHover(id);
    this.#tellHover(
      id === null
        ? null
        : { id, name: String(hit?.properties.name ?? ""), x: event.point.x, y: event.point.y },
    );
  }

  #tellHover(hover: Hover | null): void {
    if (hover === null) this.setHover(null);
    this.#events.hover(hover);
  }

  async #onClick(event: MapMouseEvent): Promise<void> {
    const { lng, lat } = event.lngLat;
    // The finger that rested is lifted: that was no tap.
    const rested = this.#rested;
    this.#rested = false;
    if (rested) return;
    if (this.#measuring) return this.#events.mark([lng, lat], false);
    const coarse = window.matchMedia("(pointer: coarse)").matches;
    const { ctrlKey, metaKey } = event.originalEvent;
    if (ctrlKey || metaKey) return this.#events.toggle(await this.idsAt(event.point.x, event.point.y));
    const hit = this.#hit(event.point, coarse ? 14 : 5);
    if (!hit) return this.#events.select(null);
    if (hit.layer.id === clusterLayer) return this.#open(hit);
    if (hit.layer.id === countLayer) return;
    this.#events.select(Number(hit.id));
  }

  /** Zooms until a cluster splits. */
  async #open(cluster: MapGeoJSONFeature): Promise<void> {
    const source = this.#map.getSource<GeoJSONSource>(pointSource);
    const zoom = (await source?.getClusterExpansionZoom(Number(cluster.properties.cluster_id))) ?? splitZoom;
    if (cluster.geometry.type !== "Point") return;
    const [lon = 0, lat = 0] = cluster.geometry.coordinates;
    this.fly({ lon, lat, zoom: Math.min(zoom + 0.4, splitZoom + 0.6) });
  }

  /** Topmost thing within `reach` px; points and clusters win over the areas they stand in. */
  #hit({ x, y }: { readonly x: number; readonly y: number }, reach: number): MapGeoJSONFeature | undefined {
    const ids = this.#model.layers.flatMap((def) => {
      const own = hitLayers(def);
      return def.geometry === "Point" ? [...own, ...own.map(looseId)] : own;
    });
    const layers = [clusterLayer, countLayer, ...ids].filter((id) => this.#map.getLayer(id));
    const found = this.#map.queryRenderedFeatures(
      [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ],
      { layers },
    );
    return found.find((feature) => feature.layer.type === "symbol") ?? found[0];
  }
}

const isFeature = ({ layer, id }: MapGeoJSONFeature): boolean =>
  layer.id !== clusterLayer && layer.id !== countLayer && id !== undefined;

/** A geometry as a one-feature collection that keeps its number. */
export const collectionOf = (feature: FeatureCollection["features"][number]): FeatureCollection => ({
  type: "FeatureCollection",
  features: [feature],
});
