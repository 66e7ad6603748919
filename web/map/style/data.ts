import ground from "#data/seed/geo/derived/ground.geojson?url&no-inline";
import labels from "#data/seed/geo/derived/labels.geojson?url&no-inline";
import network from "#data/seed/geo/derived/network.geojson?url&no-inline";
import water from "#data/seed/geo/derived/water.geojson?url&no-inline";
import townships from "#data/seed/geo/townships.geojson?url&no-inline";
import type { BaseMapData } from "./base.ts";

/** Hashed URLs of the bundled base map (24 kB compressed in all), cached for ever by the browser. */
export const baseMapUrls: BaseMapData = { ground, water, network, labels };

/** The 11 towns as they are in the seed, for names at the visible middle. */
export const townshipsUrl: string = townships;
