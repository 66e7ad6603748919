import type { FeatureCollection } from "geojson";
import type { GeoJSONSourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Theme } from "../../theme/tokens.ts";
import type { BaseMapFiles } from "./derive.ts";
import { borderLayers, graticule, groundLayers } from "./ground.ts";
import { labelLayers } from "./labels.ts";
import { networkLayers } from "./network.ts";
import { anchor } from "./slots.ts";
import { waterLayers } from "./water.ts";

/** Each file as a URL (the product) or as GeoJSON (tests, print). */
export type BaseMapData = Readonly<Record<keyof BaseMapFiles, string | FeatureCollection>>;

const attribution = "© OpenStreetMap contributors";

/**
 * Our base map, drawn by us (design brief §3). Without `glyphs`: text comes from local and self-hosted fonts.
 * Images named `mark:…`, `sym:…`, `pat:…` and `clu:…` are drawn when asked for, see `symbols/images.ts`.
 */
export function baseStyle(theme: Theme, base: BaseMapData): StyleSpecification {
  const source = (data: string | FeatureCollection): GeoJSONSourceSpecification => ({
    type: "geojson",
    data,
    attribution,
  });
  return {
    version: 8,
    name: `青浦挂图 ${theme}`,
    center: [121.085, 31.117],
    zoom: 10.5,
    sources: {
      ground: source(base.ground),
      water: source(base.water),
      network: source(base.network),
      labels: source(base.labels),
      "town-middle": { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      graticule: { type: "geojson", data: graticule() },
    },
    layers: [
      ...groundLayers(theme),
      ...waterLayers(theme),
      ...borderLayers(theme),
      ...networkLayers(theme),
      anchor("slot-areas"),
      anchor("slot-lines"),
      anchor("slot-clusters"),
      anchor("slot-points"),
      ...labelLayers(theme),
      anchor("slot-labels"),
      anchor("slot-selection"),
      anchor("slot-drawing"),
    ],
  };
}
