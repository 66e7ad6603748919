import { formatView } from "./search-params.ts";

/** [west, south, east, north] in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** Extents of the towns of data/seed/geo/townships.geojson, rounded outwards: where to look before any answer is there. */
const boxes: Readonly<Record<string, Box>> = {
  "310118001": [121.076, 31.092, 121.164, 31.169],
  "310118002": [121.063, 31.127, 121.117, 31.185],
  "310118003": [121.056, 31.141, 121.189, 31.236],
  "310118102": [120.902, 31.008, 121.124, 31.157],
  "310118103": [120.973, 30.941, 121.1, 31.058],
  "310118104": [120.85, 31.011, 121.037, 31.144],
  "310118105": [121.134, 31.108, 121.259, 31.182],
  "310118106": [121.222, 31.134, 121.32, 31.213],
  "310118107": [121.179, 31.171, 121.258, 31.265],
  "310118109": [121.132, 31.169, 121.208, 31.241],
  "310118110": [121.052, 31.222, 121.187, 31.295],
};

/** All of them together. */
export const districtBox: Box = [120.85, 30.941, 121.32, 31.295];

/** Where the town's name stands (label_lon, label_lat of the same file). */
const labelPoints: Readonly<Record<string, readonly [lon: number, lat: number]>> = {
  "310118001": [121.1146, 31.1298],
  "310118002": [121.0903, 31.1561],
  "310118003": [121.109, 31.1879],
  "310118102": [121.0476, 31.0825],
  "310118103": [121.0439, 31.0021],
  "310118104": [120.9726, 31.0784],
  "310118105": [121.216, 31.1497],
  "310118106": [121.2736, 31.1741],
  "310118107": [121.2276, 31.2188],
  "310118109": [121.1767, 31.2044],
  "310118110": [121.1103, 31.2586],
};

export const labelPointOf = (code: string): readonly [lon: number, lat: number] | undefined =>
  labelPoints[code];

export const boxOfTown = (code: string): Box | undefined => boxes[code];

/** The view that shows a box on an office screen between the panels (about 600 × 560 px). */
export function viewOfBox([west, south, east, north]: Box): string {
  const across = Math.log2((600 * 360) / (512 * (east - west)));
  const down = Math.log2((560 * 360 * Math.cos((31 * Math.PI) / 180)) / (512 * (north - south)));
  const zoom = Math.max(9, Math.min(15, across, down));
  return formatView({ lon: (west + east) / 2, lat: (south + north) / 2, zoom });
}
