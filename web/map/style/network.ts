import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { colorsOf, type Theme } from "../../theme/tokens.ts";
import { byZoom, roadWidth, widthOf } from "./paint.ts";

const road: ExpressionSpecification = ["==", ["get", "kind"], "road"];
const gap: ExpressionSpecification = ["get", "gap"];
const metro: ExpressionSpecification = ["==", ["get", "kind"], "metro"];

const byClass = (motorway: string, elevated: string, other: string): ExpressionSpecification => [
  "match",
  ["get", "class"],
  "motorway",
  motorway,
  "elevated",
  elevated,
  other,
];
/** Motorways over roads, elevated over motorways. */
const rank: ExpressionSpecification = ["match", ["get", "class"], "road", 0, "motorway", 1, 2];

/** Schematic gaps, casings, fills, Line 17, stations. */
export function networkLayers(theme: Theme): LayerSpecification[] {
  const { map } = colorsOf(theme);
  // The dark casing is darker than the land: a gap drawn in it would vanish.
  const motorwayGap = theme === "light" ? map.motorwayCasing : map.roadSchematic;
  return [
    {
      id: "road-gap",
      type: "line",
      source: "network",
      filter: ["all", road, gap],
      paint: {
        "line-color": byClass(motorwayGap, motorwayGap, map.roadSchematic),
        "line-width": roadWidth((w) => Math.max(w * 0.55, 1)),
        "line-dasharray": [3, 1.6],
      },
    },
    {
      id: "road-casing",
      type: "line",
      source: "network",
      filter: ["all", road, ["!", gap]],
      layout: { "line-cap": "round", "line-join": "round", "line-sort-key": rank },
      paint: {
        "line-color": byClass(map.motorwayCasing, map.motorwayCasing, map.roadCasing),
        "line-width": roadWidth((w) => w + 1.6),
      },
    },
    {
      id: "road",
      type: "line",
      source: "network",
      filter: ["all", road, ["!", gap]],
      layout: { "line-cap": "round", "line-join": "round", "line-sort-key": rank },
      paint: {
        "line-color": byClass(map.motorway, map.elevated, map.road),
        "line-width": roadWidth((w) => w),
      },
    },
    {
      id: "metro",
      type: "line",
      source: "network",
      filter: metro,
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": map.metro17, "line-width": widthOf("metro") },
    },
    {
      id: "metro-core",
      type: "line",
      source: "network",
      minzoom: 11.4,
      filter: metro,
      layout: { "line-join": "round" },
      paint: {
        "line-color": map.metro17Core,
        "line-width": widthOf("metro", (w) => w * 0.5),
        "line-dasharray": [9, 5],
      },
    },
    {
      id: "station",
      type: "circle",
      source: "labels",
      filter: ["==", ["get", "kind"], "station"],
      paint: {
        "circle-radius": byZoom([
          [10, 1.6],
          [12, 2.8],
          [14, 4],
          [16, 5.5],
        ]),
        "circle-color": map.metro17Core,
        "circle-stroke-color": map.metro17,
        "circle-stroke-width": byZoom([
          [10, 1.1],
          [13, 1.5],
          [16, 2],
        ]),
      },
    },
  ];
}
