import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { colorsOf, type Theme } from "../../theme/tokens.ts";
import { widthOf } from "./paint.ts";

const lake: ExpressionSpecification = ["==", ["get", "kind"], "lake"];
const river: ExpressionSpecification = ["==", ["get", "kind"], "river"];
const schematic: ExpressionSpecification = ["get", "schematic"];

/** 水纹: three lines inside the shore, at 1, 2 and 3.1 units, fading inwards. */
const ripples = [
  [1, 1],
  [2, 0.75],
  [3.1, 0.5],
] as const;

/** Rivers, then lakes with 水纹. What is 示意 has a dashed edge or is a dashed line without casing. */
export function waterLayers(theme: Theme): LayerSpecification[] {
  const { map } = colorsOf(theme);
  return [
    {
      id: "river-edge",
      type: "line",
      source: "water",
      filter: ["all", river, ["!", schematic]],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": map.riverEdge, "line-width": widthOf("river", (w) => w + 1) },
    },
    {
      id: "river",
      type: "line",
      source: "water",
      filter: ["all", river, ["!", schematic]],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": map.river, "line-width": widthOf("river") },
    },
    {
      id: "river-schematic",
      type: "line",
      source: "water",
      filter: ["all", river, schematic],
      paint: {
        "line-color": map.river,
        "line-width": widthOf("river", (w) => w * 0.55),
        "line-dasharray": [3, 1],
      },
    },
    { id: "lake", type: "fill", source: "water", filter: lake, paint: { "fill-color": map.water } },
    ...ripples.map(
      ([step, opacity]): LayerSpecification => ({
        id: `lake-ripple-${step}`,
        type: "line",
        source: "water",
        filter: ["all", lake, [">=", ["zoom"], ["get", "rippleFrom"]]],
        layout: { "line-join": "round" },
        paint: {
          "line-color": map.waterRipple,
          "line-width": 0.9,
          "line-opacity": opacity,
          // On polygons a positive offset is an inset, whatever the winding.
          "line-offset": widthOf("lakeRipple", (unit) => ["*", unit * step, ["get", "ripple"]]),
        },
      }),
    ),
    {
      id: "lake-edge",
      type: "line",
      source: "water",
      filter: ["all", lake, ["!", schematic]],
      layout: { "line-join": "round" },
      paint: { "line-color": map.waterEdge, "line-width": 1 },
    },
    {
      id: "lake-edge-schematic",
      type: "line",
      source: "water",
      filter: ["all", lake, schematic],
      paint: { "line-color": map.waterEdge, "line-width": 1.2, "line-dasharray": [4 / 1.2, 3 / 1.2] },
    },
  ];
}
