import type { FeatureCollection } from "geojson";
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import { type Light, lights } from "#data/domain/light.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { colorsOf, type Theme, tokens } from "../theme/tokens.ts";
import { type MapFilter, tileFilter } from "./filter.ts";
import type { Points } from "./points.ts";
import { type BaseMapData, baseStyle } from "./style/base.ts";
import { type LayerView, layerStyle, type SlottedLayer, selectedLabel } from "./style/layers.ts";
import { lightExpression } from "./style/light.ts";
import { fonts } from "./style/paint.ts";
import { type Slot, slots } from "./style/slots.ts";

/** Below this zoom points come from one clustering source; from it on from tiles. */
export const splitZoom = tokens.map.cluster.maxZoom;
/** Tiles are asked for up to here and enlarged beyond. */
export const deepestTile = 16;

export const pointSource = "points";
const countSource = "counts";
export const selectionSource = "selection";
const pickedSource = "picked";
const measureSource = "measure";
const comparedSource = "compared";
const hereSource = "here";

export interface MapModel {
  readonly theme: Theme;
  readonly base: BaseMapData;
  /** Shown layers in draw order. */
  readonly layers: readonly LayerDef[];
  readonly opacity: Readonly<Record<string, number>>;
  readonly filter: MapFilter;
  /** Day number that lights are computed for. */
  readonly day: number;
  /** `?at=…&known=…` or empty. */
  readonly tileQuery: string;
  readonly points: Points;
  readonly counts: Points;
  readonly selected: {
    readonly layer: LayerDef;
    readonly id: number;
    readonly feature: FeatureCollection;
  } | null;
  /** Chosen points, for the zooms at which they stand in clusters. */
  readonly picked: FeatureCollection;
  readonly measure: FeatureCollection;
  /** Two shapes of one place, `side` before or after, over everything else. */
  readonly compared: FeatureCollection;
  /** Where the reader stands, and the ring it may be in. */
  readonly here: FeatureCollection;
}

/** The whole map as one value: MapLibre finds the differences itself. `origin` makes tile addresses absolute, as its worker wants. */
export function composeStyle(model: MapModel, origin: string): StyleSpecification {
  const style = baseStyle(model.theme, model.base);
  const business: SlottedLayer[] = [
    ...model.layers.flatMap((def) => layerParts(def, model)),
    ...clusterParts(model.theme),
    pickedPart(model.theme),
    ...measureParts(model.theme),
    ...hereParts(model.theme),
    ...comparedParts(model.theme),
    ...selectionParts(model),
  ];
  const bySlot = new Map<string, LayerSpecification[]>(slots.map((slot) => [slot, []]));
  for (const { slot, layer } of business) bySlot.get(slot)?.push(layer);
  return {
    ...style,
    sources: { ...style.sources, ...sources(model, origin) },
    layers: style.layers.map(givingWay).flatMap((layer) => [...(bySlot.get(layer.id) ?? []), layer]),
  };
}

/** Business marks displace base labels, never the reverse: a town's name steps aside of a ring over it. */
function givingWay(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== "symbol" || !layer.id.startsWith("town-label")) return layer;
  const layout: SymbolLayerSpecification["layout"] = {
    ...layer.layout,
    "text-variable-anchor": ["center", "bottom", "top", "left", "right", "bottom-left", "bottom-right"],
    "text-radial-offset": 1.9,
  };
  return { ...layer, layout };
}

function sources(model: MapModel, origin: string): Record<string, SourceSpecification> {
  const tiles = Object.fromEntries(
    model.layers.map((def) => [
      def.id,
      {
        type: "vector",
        tiles: [`${origin}/tiles/${def.id}/{z}/{x}/{y}.mvt${model.tileQuery}`],
        minzoom: def.geometry === "Point" ? splitZoom : 8,
        maxzoom: deepestTile,
      } satisfies SourceSpecification,
    ]),
  );
  return {
    ...tiles,
    [pointSource]: {
      type: "geojson",
      data: model.points,
      cluster: true,
      clusterRadius: 40,
      clusterMaxZoom: splitZoom - 1,
      clusterProperties: Object.fromEntries(
        lights.map((light) => [light, ["+", ["case", ["==", ["get", "light"], light], 1, 0]]]),
      ),
    },
    [countSource]: { type: "geojson", data: model.counts },
    [selectionSource]: { type: "geojson", data: model.selected?.feature ?? empty },
    [pickedSource]: { type: "geojson", data: model.picked },
    [measureSource]: { type: "geojson", data: model.measure },
    [comparedSource]: { type: "geojson", data: model.compared },
    [hereSource]: { type: "geojson", data: model.here },
  };
}

export const empty: FeatureCollection = { type: "FeatureCollection", features: [] };

/** A layer's parts over its tiles; for points also the same marks over the clustering source, below the split. */
function layerParts(def: LayerDef, model: MapModel): SlottedLayer[] {
  const view: LayerView = {
    today: model.day,
    opacity: model.opacity[def.id] ?? 1,
    filter: tileFilter(def, model.filter, model.day, lightExpression(model.day)) ?? undefined,
  };
  const parts = layerStyle(def, model.theme, view);
  if (def.geometry !== "Point") return parts;
  const own: ExpressionSpecification = ["==", ["get", "layer"], def.id];
  const single: ExpressionSpecification = ["!", ["has", "point_count"]];
  const loose = layerStyle(def, model.theme, { ...view, source: pointSource, filter: ["all", own, single] })
    .filter(({ layer }) => /-(dot|point|halo)$/.test(layer.id))
    .flatMap(({ slot, layer }): SlottedLayer[] => {
      if (layer.type === "background" || !("source" in layer)) return [];
      const { "source-layer": _, ...rest } = layer;
      const maxzoom = Math.min(rest.maxzoom ?? splitZoom, splitZoom);
      return [{ slot, layer: { ...rest, id: looseId(layer.id), maxzoom } as LayerSpecification }];
    });
  return [...loose, ...parts.flatMap(({ slot, layer }) => fromSplit(slot, layer))];
}

const fromSplit = (slot: Slot, layer: LayerSpecification): SlottedLayer[] =>
  layer.maxzoom !== undefined && layer.maxzoom <= splitZoom
    ? []
    : [{ slot, layer: { ...layer, minzoom: Math.max(layer.minzoom ?? 0, splitZoom) } }];

export const looseId = (id: string): string => `loose-${id}`;
export const clusterLayer = "clusters";
export const countLayer = "town-counts";

/** Shares of a ring in twelfths, so that a few hundred images serve all clusters; what occurs keeps a sliver. */
function ringImage(total: ExpressionSpecification, px: number, theme: Theme): ExpressionSpecification {
  const share = (light: Light): ExpressionSpecification => {
    const n: ExpressionSpecification = ["coalesce", ["get", light], 0];
    return [
      "to-string",
      ["case", [">", n, 0], ["max", 1, ["round", ["/", ["*", n, 12], ["max", total, 1]]]], 0],
    ] as ExpressionSpecification;
  };
  const shares = lights.flatMap((light, i) => (i === 0 ? [share(light)] : [",", share(light)]));
  return ["concat", "clu:", ...shares, `:${px}:${theme}`] as ExpressionSpecification;
}

function ring(id: string, source: string, count: string, theme: Theme): SymbolLayerSpecification {
  const { sizes, number } = tokens.map.cluster;
  const total: ExpressionSpecification = ["get", count];
  const [first, ...rest] = sizes.map(([from = 1, px = 32]) => ({ from, px }));
  const steps = rest.flatMap(({ from, px }) => [from, ringImage(total, px, theme)]);
  return {
    id,
    source,
    type: "symbol",
    filter: ["has", count],
    layout: {
      "icon-image": ["step", total, ringImage(total, first!.px, theme), ...steps] as ExpressionSpecification,
      "icon-allow-overlap": true,
      "text-field": ["to-string", total],
      "text-font": fonts.figure,
      "text-size": number,
      "text-allow-overlap": true,
    },
    paint: { "text-color": colorsOf(theme).ui.text },
  };
}

function clusterParts(theme: Theme): SlottedLayer[] {
  const counts = ring(countLayer, countSource, "total", theme);
  const offset: [number, number] = [0, 44];
  return [
    {
      // Above the base labels, so that those are placed after it and give way.
      slot: "slot-labels",
      layer: { ...ring(clusterLayer, pointSource, "point_count", theme), maxzoom: splitZoom },
    },
    {
      slot: "slot-labels",
      layer: {
        ...counts,
        layout: {
          ...counts.layout,
          "icon-offset": offset,
          "text-offset": [0, offset[1] / tokens.map.cluster.number],
        },
      },
    },
  ];
}

/** The chosen place; drawn whole where its layer is not shown, so that it is never a name without a place. */
function selectionParts({ selected, theme, day, layers }: MapModel): SlottedLayer[] {
  if (!selected) return [];
  const alone = layers.includes(selected.layer)
    ? []
    : layerStyle(selected.layer, theme, { today: day, source: selectionSource }).flatMap(
        ({ slot, layer: part }): SlottedLayer[] => {
          const { "source-layer": _, ...drawn } = part as SymbolLayerSpecification;
          return [{ slot, layer: { ...drawn, id: `chosen-${drawn.id}` } as LayerSpecification }];
        },
      );
  const { slot, layer } = selectedLabel(
    selected.layer,
    theme,
    { today: day, source: selectionSource },
    selected.id,
  );
  const { "source-layer": _, ...rest } = layer as SymbolLayerSpecification;
  return [...alone, { slot, layer: rest }];
}

/** Below the split a chosen point shows through its cluster: white and ink, as a selected mark is. */
function pickedPart(theme: Theme): SlottedLayer {
  const { map, ui } = colorsOf(theme);
  return {
    slot: "slot-selection",
    layer: {
      id: "picked",
      source: pickedSource,
      type: "circle",
      maxzoom: splitZoom,
      paint: {
        "circle-radius": 4.5,
        "circle-color": ui.accent,
        "circle-stroke-color": map.halo,
        "circle-stroke-width": 2,
      },
    },
  };
}

/** Before dotted grey, after solid violet, as the conflict dialog draws base and mine. */
function comparedParts(theme: Theme): SlottedLayer[] {
  const { map } = colorsOf(theme);
  const { base, mine } = tokens.color.conflict;
  const source = comparedSource;
  const lineOf = (side: "before" | "after", color: string, width: number): SlottedLayer["layer"] => ({
    id: `compared-${side}`,
    source,
    type: "line",
    filter: ["all", ["==", ["get", "side"], side], ["!=", ["geometry-type"], "Point"]],
    layout: { "line-cap": side === "before" ? "round" : "butt", "line-join": "round" },
    paint: {
      "line-color": color,
      "line-width": width,
      ...(side === "before" ? { "line-dasharray": [0.1, 2] } : {}),
    },
  });
  return [
    {
      slot: "slot-drawing",
      layer: {
        id: "compared-fill",
        source,
        type: "fill",
        filter: ["all", ["==", ["get", "side"], "after"], ["==", ["geometry-type"], "Polygon"]],
        paint: { "fill-color": mine.color, "fill-opacity": 0.15 },
      },
    },
    {
      slot: "slot-drawing",
      layer: {
        id: "compared-casing",
        source,
        type: "line",
        filter: ["!=", ["geometry-type"], "Point"],
        paint: { "line-color": map.halo, "line-width": 5 },
      },
    },
    { slot: "slot-drawing", layer: lineOf("after", mine.color, 2.5) },
    { slot: "slot-drawing", layer: lineOf("before", base.color, 3) },
    {
      slot: "slot-drawing",
      layer: {
        id: "compared-point",
        source,
        type: "circle",
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": ["match", ["get", "side"], "after", 9, 7],
          "circle-color": ["match", ["get", "side"], "after", mine.color, map.halo],
          "circle-opacity": ["match", ["get", "side"], "after", 0.9, 0.7],
          "circle-stroke-color": ["match", ["get", "side"], "after", map.halo, base.color],
          "circle-stroke-width": 2.5,
        },
      },
    },
  ];
}

/** The reader's own place: a dot that no mark of the map looks like, in a ring as wide as the doubt. */
function hereParts(theme: Theme): SlottedLayer[] {
  const { map, ui } = colorsOf(theme);
  return [
    {
      slot: "slot-drawing",
      layer: {
        id: "here-doubt",
        source: hereSource,
        type: "fill",
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": ui.accent, "fill-opacity": 0.14 },
      },
    },
    {
      slot: "slot-drawing",
      layer: {
        id: "here-dot",
        source: hereSource,
        type: "circle",
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": 7,
          "circle-color": ui.accent,
          "circle-stroke-color": map.halo,
          "circle-stroke-width": 3,
        },
      },
    },
  ];
}

function measureParts(theme: Theme): SlottedLayer[] {
  const { ui, map } = colorsOf(theme);
  const source = measureSource;
  return [
    {
      slot: "slot-drawing",
      layer: {
        id: "measure-fill",
        source,
        type: "fill",
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": ui.accent, "fill-opacity": 0.12 },
      },
    },
    {
      slot: "slot-drawing",
      layer: {
        id: "measure-casing",
        source,
        type: "line",
        filter: ["!=", ["geometry-type"], "Point"],
        paint: { "line-color": map.halo, "line-width": 5 },
      },
    },
    {
      slot: "slot-drawing",
      layer: {
        id: "measure-line",
        source,
        type: "line",
        filter: ["!=", ["geometry-type"], "Point"],
        paint: { "line-color": ui.accent, "line-width": 2.2 },
      },
    },
    {
      slot: "slot-drawing",
      layer: {
        id: "measure-point",
        source,
        type: "circle",
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": 4,
          "circle-color": map.halo,
          "circle-stroke-color": ui.accent,
          "circle-stroke-width": 2,
        },
      },
    },
  ];
}
