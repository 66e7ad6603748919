import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from "maplibre-gl";
import { colorsOf, type Theme, tokens } from "../../theme/tokens.ts";
import { byZoom, fonts } from "./paint.ts";

const kind = (value: string): ExpressionSpecification => ["==", ["get", "kind"], value];
const haloPx = tokens.map.labelHaloPx;
/** 示意 below the name, smaller: what is not exact says so. */
const nameWithNote: ExpressionSpecification = [
  "case",
  ["==", ["get", "schematic"], true],
  ["format", ["get", "name"], {}, "\n", {}, "示意", { "font-scale": 0.78 }],
  ["format", ["get", "name"], {}],
];

/** Base labels. Later layers win a collision: landmarks give way to roads, roads to stations, all to towns. */
export function labelLayers(theme: Theme): LayerSpecification[] {
  const { map } = colorsOf(theme);
  const label = (
    id: string,
    of: { filter: ExpressionSpecification; minzoom?: number; maxzoom?: number },
    layout: NonNullable<SymbolLayerSpecification["layout"]>,
    color: string,
    halo: string = map.halo,
    width: number = haloPx[theme],
  ): LayerSpecification => ({
    id,
    type: "symbol",
    source: "labels",
    ...of,
    layout: { "text-font": fonts.text, "text-size": 12, "text-max-width": 20, ...layout },
    paint: { "text-color": color, "text-halo-color": halo, "text-halo-width": width },
  });
  const small = byZoom([
    [11, 11.5],
    [14, 13],
  ]);
  return [
    label(
      "landmark-label",
      { filter: kind("landmark"), minzoom: 12.3 },
      {
        "icon-image": `mark:landmark:${theme}`,
        "icon-padding": 1,
        "text-field": nameWithNote,
        "text-size": small,
        "text-variable-anchor": ["left", "right"],
        "text-radial-offset": 0.7,
        "text-justify": "auto",
        "symbol-sort-key": ["get", "rank"],
      },
      map.labelRoad,
    ),
    label(
      "road-label",
      { filter: kind("road"), minzoom: 11.2 },
      {
        "text-field": nameWithNote,
        "text-size": small,
        "symbol-sort-key": ["get", "rank"],
        "text-padding": 12,
      },
      map.labelRoad,
    ),
    label(
      "station-label",
      { filter: kind("station"), minzoom: 11.6 },
      {
        "text-field": ["get", "name"],
        "text-font": fonts.medium,
        "text-size": byZoom([
          [11.6, 12],
          [14, 13.5],
        ]),
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.7,
        "text-justify": "auto",
      },
      map.labelMetro,
    ),
    ...shields(theme),
    label(
      "river-label",
      {
        filter: ["all", kind("river"), ["any", ["==", ["get", "rank"], 0], [">=", ["zoom"], 12]]],
        maxzoom: 14,
      },
      {
        "text-field": nameWithNote,
        "text-font": fonts.water,
        "text-size": byZoom([
          [10, 11.5],
          [13, 13.5],
        ]),
        "text-letter-spacing": 0.08,
        // Beside the river: half-way along it stands the mark of the reach.
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 1.3,
      },
      map.labelWater,
    ),
    {
      id: "river-label-along",
      type: "symbol",
      source: "water",
      minzoom: 14,
      filter: kind("river"),
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 420,
        "text-field": ["get", "name"],
        "text-font": fonts.water,
        "text-size": 14,
        "text-letter-spacing": 0.3,
      },
      paint: { "text-color": map.labelWater, "text-halo-color": map.river, "text-halo-width": haloPx[theme] },
    },
    label(
      "lake-label-far",
      { filter: ["all", kind("lake"), [">", ["get", "km2"], 1]], maxzoom: 12.3 },
      { "text-field": ["get", "name"], ...lakeText },
      map.labelWater,
      map.water,
    ),
    label(
      "lake-label",
      { filter: kind("lake"), minzoom: 12.3 },
      { "text-field": nameWithNote, ...lakeText },
      map.labelWater,
      map.water,
    ),
    // The second source holds towns whose own label point is off screen, see town-middle.ts.
    ...(["labels", "town-middle"] as const).map(
      (source): LayerSpecification => ({
        ...(label(
          source === "labels" ? "town-label" : "town-label-middle",
          { filter: kind("town") },
          townText,
          map.labelTown,
          map.halo,
          haloPx.town,
        ) as SymbolLayerSpecification),
        source,
      }),
    ),
  ];
}

const townText: NonNullable<SymbolLayerSpecification["layout"]> = {
  "text-field": ["get", "name"],
  "text-font": fonts.medium,
  "text-size": byZoom([
    [9.5, 13],
    [10.5, 14.5],
    [12.8, 18],
    [15, 22],
  ]),
  "text-letter-spacing": byZoom([
    [10, 0.08],
    [12, 0.18],
    [14, 0.36],
  ]),
  "text-padding": 4,
  // Where a cluster or a symbol stands on the middle, the name stands beside it.
  "text-variable-anchor": ["center", "bottom", "top", "left", "right"],
  "text-radial-offset": 1.9,
  "text-justify": "auto",
};

/** 淀山湖 is written wide; a 荡 is written small. */
const lakeText: NonNullable<SymbolLayerSpecification["layout"]> = {
  "text-font": fonts.water,
  "text-size": byZoom([
    [10, ["case", [">", ["get", "km2"], 20], 15, 11.5]],
    [13, ["case", [">", ["get", "km2"], 20], 22, 14]],
  ]),
  "text-letter-spacing": ["case", [">", ["get", "km2"], 20], 0.5, 0.06],
};

/** Road numbers on neutral paper tags, so that red and green stay for state. One a road below z11. */
function shields(theme: Theme): LayerSpecification[] {
  const { map } = colorsOf(theme);
  const layer = (id: string, minzoom: number, maxzoom: number, lead: boolean): LayerSpecification => ({
    id,
    type: "symbol",
    source: "labels",
    minzoom,
    maxzoom,
    filter: lead ? ["all", kind("shield"), ["==", ["get", "rank"], 0]] : kind("shield"),
    layout: {
      "icon-image": `mark:shield:${theme}`,
      "icon-text-fit": "both",
      "icon-text-fit-padding": [1, 5, 1, 5],
      "text-field": ["get", "ref"],
      "text-font": fonts.figure,
      "text-size": byZoom([
        [10, 11.5],
        [13, 12.5],
      ]),
      "symbol-sort-key": ["get", "rank"],
      // Tags of one road keep their distance; below z11 there is only one.
      "icon-padding": lead ? 2 : 30,
    },
    paint: { "text-color": map.labelRoad },
  });
  return [layer("shield-far", 9, 11, true), layer("shield", 11, 24, false)];
}
