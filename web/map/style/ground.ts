import type { FeatureCollection } from "geojson";
import type { LayerSpecification } from "maplibre-gl";
import { colorsOf, type Theme } from "../../theme/tokens.ts";
import { byZoom, widthOf } from "./paint.ts";

const minutes = [5, 2, 1] as const;

/** Lines of longitude and latitude round the district, every 5, 2 and 1 minutes of arc. */
export function graticule(): FeatureCollection {
  const box = { west: 120.5, east: 121.7, south: 30.7, north: 31.6 };
  const steps = (from: number, to: number, step: number) =>
    Array.from({ length: Math.round(((to - from) * 60) / step) + 1 }, (_, i) => from + (i * step) / 60);
  const line = (step: number, coordinates: [number, number][]) => ({
    type: "Feature" as const,
    properties: { step },
    geometry: { type: "LineString" as const, coordinates },
  });
  return {
    type: "FeatureCollection",
    features: minutes.flatMap((step) => [
      ...steps(box.west, box.east, step).map((lon) =>
        line(step, [
          [lon, box.south],
          [lon, box.north],
        ]),
      ),
      ...steps(box.south, box.north, step).map((lat) =>
        line(step, [
          [box.west, lat],
          [box.east, lat],
        ]),
      ),
    ]),
  };
}

const graticuleZooms: Record<(typeof minutes)[number], [from: number, to: number]> = {
  5: [0, 11.8],
  2: [11.8, 13.6],
  1: [13.6, 24],
};

/** Outside, 界边色带, district line, land, graticule. The land fill covers the inner half of bands and line. */
export function groundLayers(theme: Theme): LayerSpecification[] {
  const { map } = colorsOf(theme);
  const band = (id: string, color: string, share: number): LayerSpecification => ({
    id,
    type: "line",
    source: "ground",
    filter: ["==", ["get", "kind"], "district"],
    layout: { "line-join": "round" },
    paint: { "line-color": color, "line-width": widthOf("districtBand", (w) => w * share), "line-blur": 1 },
  });
  return [
    { id: "outside", type: "background", paint: { "background-color": map.outside } },
    band("district-band-outer", map.districtBandOuter, 2.6),
    band("district-band-inner", map.districtBandInner, 1.3),
    {
      id: "district-line",
      type: "line",
      source: "ground",
      filter: ["==", ["get", "kind"], "district"],
      layout: { "line-join": "round" },
      paint: {
        "line-color": map.districtLine,
        "line-width": byZoom([
          [9, 1.8],
          [13, 2.8],
          [16, 3.6],
        ]),
      },
    },
    {
      id: "land",
      type: "fill",
      source: "ground",
      filter: ["==", ["get", "kind"], "district"],
      paint: { "fill-color": map.land },
    },
    {
      id: "urban",
      type: "fill",
      source: "ground",
      filter: ["all", ["==", ["get", "kind"], "urban"], ["!", ["get", "wide"]]],
      paint: { "fill-color": map.urban, "fill-opacity": 0.8 },
    },
    {
      id: "urban-wide",
      type: "fill",
      source: "ground",
      maxzoom: 12.4,
      filter: ["all", ["==", ["get", "kind"], "urban"], ["get", "wide"]],
      paint: {
        "fill-color": map.urban,
        "fill-opacity": byZoom([
          [11.4, 0.8],
          [12.3, 0],
        ]),
      },
    },
    ...minutes.map((step): LayerSpecification => {
      const [minzoom, maxzoom] = graticuleZooms[step];
      return {
        id: `graticule-${step}`,
        type: "line",
        source: "graticule",
        minzoom,
        maxzoom,
        filter: ["==", ["get", "step"], step],
        paint: { "line-color": map.graticule, "line-width": 1 },
      };
    }),
  ];
}

/** Town borders, dash-dot: above water, below roads. */
export function borderLayers(theme: Theme): LayerSpecification[] {
  return [
    {
      id: "town-border",
      type: "line",
      source: "ground",
      filter: ["==", ["get", "kind"], "border"],
      layout: { "line-join": "round" },
      paint: {
        "line-color": colorsOf(theme).map.townLine,
        "line-width": byZoom([
          [9, 0.8],
          [13, 1.2],
          [16, 1.8],
        ]),
        "line-dasharray": [9, 3.5, 2, 3.5],
      },
    },
  ];
}
