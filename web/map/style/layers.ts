import type {
  CircleLayerSpecification,
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  LineLayerSpecification,
} from "maplibre-gl";
import { type Light, lights } from "#data/domain/light.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { colorsOf, type SymbolSize, symbolSizes, type Theme, tokens } from "../../theme/tokens.ts";
import { patternId, shareId, symbolId } from "../symbols/ids.ts";
import { haloColor } from "../symbols/marks.ts";
import { byLight, lightIn } from "./light.ts";
import { byZoom, fonts } from "./paint.ts";
import type { Slot } from "./slots.ts";

/** What a business layer is drawn for. */
export interface LayerView {
  /** Day number in Asia/Shanghai; the 截至 day when looking back. */
  readonly today: number;
  /** Id of the vector source; its source layer is the layer id. Left out: the layer id. */
  readonly source?: string;
  /** Lights the legend shows; left out: all. */
  readonly shown?: readonly Light[];
  /** 0–1, the legend's 不透明度. */
  readonly opacity?: number;
  /** More conditions of the chips (town, 期限 …). */
  readonly filter?: ExpressionSpecification;
}

export interface SlottedLayer {
  readonly slot: Slot;
  readonly layer: LayerSpecification;
}

interface Frame {
  readonly def: LayerDef;
  readonly theme: Theme;
  readonly view: LayerView;
  readonly opacity: number;
}

/**
 * The map layers of one 图层 with their slots, bottom first. Shape says state, glyph says layer, colour repeats it.
 * `hover` and `selected` are feature states of the source layer.
 */
export function layerStyle(def: LayerDef, theme: Theme, view: LayerView): SlottedLayer[] {
  const frame: Frame = { def, theme, view, opacity: view.opacity ?? 1 };
  const shapes: Record<LayerDef["geometry"], SlottedLayer[]> = {
    Point: [],
    LineString: def.geometry === "LineString" ? lines(frame) : [],
    Polygon: def.geometry === "Polygon" ? areas(frame) : [],
  };
  return [...shapes[def.geometry], clusters(frame), ...marks(frame), label(frame)];
}

/** Ids of the layers a pointer may hit, topmost first. */
export const hitLayers = ({ id, geometry }: LayerDef): string[] =>
  ({
    Point: [`${id}-point`, `${id}-dot`, `${id}-cluster`],
    LineString: [`${id}-point`, `${id}-cluster`, `${id}-casing`],
    Polygon: [`${id}-point`, `${id}-dot`, `${id}-cluster`, `${id}-area`],
  })[geometry];

const base = ({ def, view }: Frame, suffix: string, ...conditions: ExpressionSpecification[]) => {
  const shown = view.shown && view.shown.length < lights.length ? [lightIn(view.today, view.shown)] : [];
  const all = [...conditions, ...shown, ...(view.filter ? [view.filter] : [])];
  const filter: FilterSpecification = ["all", ...all];
  return { id: `${def.id}-${suffix}`, source: view.source ?? def.id, "source-layer": def.id, filter };
};

const isGrid: ExpressionSpecification = ["has", "count"];
const isFeature: ExpressionSpecification = ["!", isGrid];
/** What is too thin for its tile arrives as a point. */
const notPoint: ExpressionSpecification = ["!=", ["geometry-type"], "Point"];
/**
 * A tile cuts what is not a point, and a mark in each piece would repeat it. With `centre` it comes with a point of the same
 * id and properties, inside the area or half-way along the line: that one is marked and named. Without it the piece has to do.
 */
const marked: ExpressionSpecification = ["any", ["==", ["geometry-type"], "Point"], ["!", ["has", "centre"]]];
const selected: ExpressionSpecification = ["boolean", ["feature-state", "selected"], false];
const hover: ExpressionSpecification = ["boolean", ["feature-state", "hover"], false];
const schematic: ExpressionSpecification = ["==", ["get", "schematic"], true];
/** The note 示意 under a name; some names of the plan's own places end in it already. */
const wantsNote: ExpressionSpecification = ["all", schematic, ["!", ["in", "示意", ["get", "name"]]]];

const ink = (theme: Theme) => colorsOf(theme).ui.text;
const stateFill = (theme: Theme) => (light: Light) => colorsOf(theme).state[light].fill;
const stateEdge = (theme: Theme) => (light: Light) => colorsOf(theme).state[light].edge;

/** 滞后 on top, 完成 at the bottom, in collisions and overlaps alike. */
const lateOnTop = (today: number) => byLight(today, (light) => -tokens.state[light].sort);

function areas(frame: Frame): SlottedLayer[] {
  const { theme, view, opacity } = frame;
  const { innerHalo, outerInk } = tokens.map.selected;
  const width = 2;
  const outline = (suffix: string, paint: NonNullable<LineLayerSpecification["paint"]>): SlottedLayer => ({
    slot: "slot-areas",
    layer: {
      ...base(frame, suffix, isFeature, notPoint),
      type: "line",
      layout: { "line-join": "round" },
      paint,
    },
  });
  const dash = (light: Light): ExpressionSpecification => [
    "literal",
    light === "none" ? [5 / width, 4 / width] : [1, 0],
  ];
  return [
    {
      slot: "slot-areas",
      layer: {
        ...base(frame, "area", isFeature, notPoint),
        type: "fill",
        paint: {
          "fill-pattern": byLight(view.today, (light) => patternId(light, theme)),
          "fill-opacity": opacity,
        },
      },
    },
    outline("selected-ink", {
      "line-color": ink(theme),
      "line-width": width + 2 * (innerHalo + outerInk),
      "line-opacity": ["case", selected, 1, 0],
    }),
    outline("selected-halo", {
      "line-color": haloColor(theme),
      "line-width": width + 2 * innerHalo,
      "line-opacity": ["case", selected, 1, hover, 0.9, 0],
    }),
    outline("outline", {
      "line-color": byLight(view.today, stateEdge(theme)),
      "line-width": byZoom([
        [10, 1],
        [12.5, width],
      ]),
      "line-opacity": opacity,
      // 未开始 and 示意 are dashed; nothing schematic has a solid edge.
      "line-dasharray": ["case", schematic, ["literal", [4 / width, 3 / width]], byLight(view.today, dash)],
    }),
  ];
}

/** Full width from z13, half of it at z10. */
const lineWidth = (today: number, px: (light: Light) => number) =>
  byZoom([
    [10, byLight(today, (light) => px(light) * 0.5)],
    [13, byLight(today, px)],
    [16, byLight(today, (light) => px(light) * 1.25)],
  ]);

function lines(frame: Frame): SlottedLayer[] {
  const { theme, view, opacity } = frame;
  const { today } = view;
  const { innerHalo, outerInk } = tokens.map.selected;
  const line = (light: Light): { width: number; casing: number; core?: number } => tokens.state[light].line;
  const stroke = (
    suffix: string,
    paint: NonNullable<LineLayerSpecification["paint"]>,
    ...conditions: ExpressionSpecification[]
  ): SlottedLayer => ({
    slot: "slot-lines",
    layer: {
      ...base(frame, suffix, isFeature, notPoint, ...conditions),
      type: "line",
      layout: { "line-join": "round", "line-sort-key": lateOnTop(today) },
      paint,
    },
  });
  const { warn, late } = tokens.state;
  const solid: ExpressionSpecification = ["literal", [1, 0]];
  return [
    stroke("selected-ink", {
      "line-color": ink(theme),
      "line-width": lineWidth(today, (light) => line(light).casing + 2 * (innerHalo + outerInk) - 2),
      "line-opacity": ["case", selected, 1, 0],
    }),
    stroke("casing", {
      "line-color": haloColor(theme),
      "line-width": lineWidth(today, (light) => line(light).casing),
      "line-opacity": opacity,
    }),
    stroke("selected-halo", {
      "line-color": haloColor(theme),
      "line-width": lineWidth(today, (light) => line(light).casing + 2 * innerHalo - 2),
      "line-opacity": ["case", selected, 1, hover, 0.9, 0],
    }),
    stroke("line", {
      "line-color": byLight(today, stateEdge(theme)),
      "line-width": lineWidth(today, (light) => line(light).width),
      "line-opacity": opacity,
      "line-dasharray": ["case", schematic, ["literal", [4, 1.5]], solid],
    }),
    // 预警 bars and 未开始 hollow: the core covers all but the edge.
    stroke(
      "core",
      {
        "line-color": byLight(today, (light) =>
          light === "warn" ? stateFill(theme)(light) : haloColor(theme),
        ),
        "line-width": lineWidth(today, (light) => (light === "late" ? 0 : (line(light).core ?? 0))),
        "line-opacity": opacity,
      },
      lightIn(today, ["warn", "none"]),
    ),
    stroke(
      "bars",
      {
        // The dark edge is lighter than the fill: bars of it would not be seen.
        "line-color": theme === "light" ? stateEdge(theme)("warn") : colorsOf(theme).state.warn.onFill,
        "line-width": lineWidth(today, () => warn.line.core),
        "line-opacity": opacity,
        "line-dasharray": warn.line.dash.map((px) => px / warn.line.core),
      },
      lightIn(today, ["warn"]),
    ),
    stroke(
      "core-dashes",
      {
        "line-color": colorsOf(theme).state.late.onFill,
        "line-width": lineWidth(today, () => late.line.core),
        "line-opacity": opacity,
        "line-dasharray": late.line.coreDash.map((px) => px / late.line.core),
      },
      lightIn(today, ["late"]),
    ),
  ];
}

/** Points of a point layer; one mark at the inner centre of an area, one in the middle of a line. */
function marks(frame: Frame): SlottedLayer[] {
  const { def, theme, view, opacity } = frame;
  const { dot, small, normal, large } = tokens.map.symbol;
  const image = (size: SymbolSize) => byLight(view.today, (light) => symbolId(def.glyph, light, size, theme));
  const symbol = (
    suffix: string,
    zooms: { minzoom?: number; maxzoom?: number },
    icon: ExpressionSpecification,
  ) => ({
    slot: "slot-points" as const,
    layer: {
      ...base(frame, suffix, isFeature, marked),
      ...zooms,
      type: "symbol" as const,
      layout: {
        "icon-image": icon,
        "icon-allow-overlap": true,
        "symbol-sort-key": lateOnTop(view.today),
      },
      paint: { "icon-opacity": opacity },
    },
  });
  const bySize: ExpressionSpecification = [
    "step",
    ["zoom"],
    image("small"),
    normal.minZoom,
    image("normal"),
    large.minZoom,
    image("large"),
  ];
  // A line shows itself at any zoom; an area of a few pixels does not.
  const dots = def.geometry === "LineString" ? [] : [symbol("dot", { maxzoom: dot.maxZoom }, image("dot"))];
  const disc = def.geometry === "Point" ? [halo(frame)] : [];
  return [...disc, ...dots, symbol("point", { minzoom: small.minZoom }, bySize)];
}

/** Behind a mark: a white disc on hover, white and ink when selected. */
function halo(frame: Frame): SlottedLayer {
  const { theme } = frame;
  const { innerHalo, outerInk } = tokens.map.selected;
  // 0.71: the corners of the square 滞后 mark stay inside the disc.
  const radius = (size: number): ExpressionSpecification => [
    "case",
    selected,
    size * 0.71 + innerHalo,
    (size / 2 + innerHalo) * tokens.map.hover.scale,
  ];
  const paint: NonNullable<CircleLayerSpecification["paint"]> = {
    "circle-color": haloColor(theme),
    "circle-radius": byZoom([
      [11, radius(symbolSizes.dot)],
      [11.5, radius(symbolSizes.small)],
      [13, radius(symbolSizes.normal)],
      [15, radius(symbolSizes.large)],
    ]),
    "circle-opacity": ["case", ["any", selected, hover], 1, 0],
    "circle-stroke-color": ink(theme),
    "circle-stroke-width": ["case", selected, outerInk, 0],
  };
  return { slot: "slot-points", layer: { ...base(frame, "halo", isFeature), type: "circle", paint } };
}

/** Grid counts the server sends for crowded tiles below z12: a ring of one light, the number inside. */
function clusters(frame: Frame): SlottedLayer {
  const { theme, view, opacity } = frame;
  const { sizes, number } = tokens.map.cluster;
  const ring = (px: number) =>
    byLight(view.today, (light) =>
      shareId(
        lights.map((other) => (other === light ? 1 : 0)),
        px,
        theme,
      ),
    );
  const [first, ...rest] = sizes.map(([count = 1, px = 32]) => ({ count, px }));
  const image = [
    "step",
    ["get", "count"],
    ring(first!.px),
    ...rest.flatMap(({ count, px }) => [count, ring(px)]),
  ];
  return {
    slot: "slot-clusters",
    layer: {
      ...base(frame, "cluster", isGrid),
      type: "symbol",
      layout: {
        "icon-image": image as ExpressionSpecification,
        "text-field": ["to-string", ["get", "count"]],
        "text-font": fonts.figure,
        "text-size": number,
        "symbol-sort-key": byLight(view.today, (light) => tokens.state[light].sort),
      },
      paint: { "text-color": ink(theme), "icon-opacity": opacity },
    },
  };
}

/** Names of features from z14, below their marks; above the base labels, which give way. */
function label(frame: Frame): SlottedLayer {
  const { theme, view } = frame;
  const { map } = colorsOf(theme);
  return {
    slot: "slot-labels",
    layer: {
      ...base(frame, "label", isFeature, marked),
      type: "symbol",
      minzoom: tokens.map.cluster.maxZoom,
      layout: {
        ...nameText,
        "text-font": fonts.text,
        "text-size": 12,
        "symbol-sort-key": byLight(view.today, (light) => tokens.state[light].sort),
      },
      paint: {
        "text-color": map.label,
        // The chosen one has its name above, in bold.
        "text-opacity": ["case", selected, 0, 1],
        "text-halo-color": map.halo,
        "text-halo-width": tokens.map.labelHaloPx[theme],
      },
    },
  };
}

const nameText = {
  "text-field": [
    "case",
    wantsNote,
    ["format", ["get", "name"], {}, "\n", {}, "示意", { "font-scale": 0.8 }],
    ["format", ["get", "name"], {}],
  ] satisfies ExpressionSpecification as ExpressionSpecification,
  "text-anchor": "top" as const,
  "text-offset": [0, 1.4] as [number, number],
  "text-max-width": 12,
};

/** The name of the selected feature, above it and bold, whatever the zoom. For `slot-selection`. */
export function selectedLabel(def: LayerDef, theme: Theme, view: LayerView, featureId: number): SlottedLayer {
  const frame: Frame = { def, theme, view, opacity: 1 };
  const { map, ui } = colorsOf(theme);
  return {
    slot: "slot-selection",
    layer: {
      ...base(frame, "selected-label", isFeature, marked, ["==", ["id"], featureId]),
      type: "symbol",
      layout: {
        ...nameText,
        "text-anchor": "bottom",
        "text-offset": [0, def.geometry === "Polygon" ? -2.4 : -1.5],
        "text-font": fonts.bold,
        "text-size": 14,
        // Always there, and other names give way to it.
        "text-allow-overlap": true,
      },
      paint: { "text-color": ui.text, "text-halo-color": map.halo, "text-halo-width": 3 },
    },
  };
}
