import type { FeatureCollection } from "geojson";
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { dayNumber } from "#data/domain/time.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { baseStyle } from "../map/style/base.ts";
import { baseMapUrls } from "../map/style/data.ts";
import { layerStyle } from "../map/style/layers.ts";
import { type Slot, slots } from "../map/style/slots.ts";
import { colorsOf, tokens } from "../theme/tokens.ts";
import type { Border } from "./border.ts";

export const hatchImage = "editor-hatch";
const townSource = "own-town";

interface SheetModel {
  readonly layer: LayerDef;
  /** Drawn by the editor itself, so left out of its layer. */
  readonly editing: number | null;
  readonly today: string;
  readonly border: Border | null;
  readonly origin: string;
}

const world = [
  [119, 29.5],
  [123.5, 29.5],
  [123.5, 33],
  [119, 33],
  [119, 29.5],
];

/** Everything but the own town, and the town's own line. */
function townData(border: Border | null): FeatureCollection {
  if (!border) return { type: "FeatureCollection", features: [] };
  const rings = border.rings.map((ring) => [...ring, ring[0]!].map((p) => [...p]));
  const feature = (kind: string, geometry: FeatureCollection["features"][number]["geometry"]) => ({
    type: "Feature" as const,
    properties: { kind },
    geometry,
  });
  return {
    type: "FeatureCollection",
    features: [
      feature("elsewhere", { type: "Polygon", coordinates: [world, ...rings] }),
      feature("border", { type: "MultiLineString", coordinates: rings }),
    ],
  };
}

/** The editing sheet: base map, the neighbours in the same layer, and what lies outside the own town veiled. */
export function sheetStyle({ layer, editing, today, border, origin }: SheetModel): StyleSpecification {
  const style = baseStyle("light", baseMapUrls);
  const { map, ui } = colorsOf("light");
  const isKind = (kind: string): LayerSpecification["filter" & keyof LayerSpecification] =>
    ["==", ["get", "kind"], kind] as never;
  const veil: LayerSpecification[] = [
    {
      id: "elsewhere",
      source: townSource,
      type: "fill",
      filter: isKind("elsewhere"),
      paint: { "fill-color": map.label, "fill-opacity": 0.34 },
    },
    {
      id: "elsewhere-hatch",
      source: townSource,
      type: "fill",
      filter: isKind("elsewhere"),
      paint: { "fill-pattern": hatchImage, "fill-opacity": 0.5 },
    },
    {
      id: "own-border-casing",
      source: townSource,
      type: "line",
      filter: isKind("border"),
      paint: { "line-color": map.halo, "line-width": 5.5 },
    },
    {
      id: "own-border",
      source: townSource,
      type: "line",
      filter: isKind("border"),
      layout: { "line-join": "round" },
      paint: { "line-color": ui.text, "line-width": 2 },
    },
  ];
  const bySlot = new Map<Slot, LayerSpecification[]>(slots.map((slot) => [slot, []]));
  bySlot.get("slot-areas")?.push(...veil);
  const parts = layerStyle(layer, "light", {
    today: dayNumber(today),
    filter: editing === null ? undefined : ["!=", ["id"], editing],
  });
  for (const part of parts) bySlot.get(part.slot)?.push(part.layer);
  return {
    ...style,
    sources: {
      ...style.sources,
      [townSource]: { type: "geojson", data: townData(border) },
      [layer.id]: {
        type: "vector",
        tiles: [`${origin}/tiles/${layer.id}/{z}/{x}/{y}.mvt`],
        minzoom: layer.geometry === "Point" ? tokens.map.cluster.maxZoom : 8,
        maxzoom: 16,
      },
    },
    layers: style.layers.flatMap((each) => [...(bySlot.get(each.id as Slot) ?? []), each]),
  };
}

/** Diagonal hairlines; drawn once a map. */
export function hatch(): ImageData {
  const size = 16;
  const canvas = new OffscreenCanvas(size, size);
  const pen = canvas.getContext("2d")!;
  pen.strokeStyle = colorsOf("light").map.label;
  pen.lineWidth = 1.4;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
