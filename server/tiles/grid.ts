/** Web Mercator tile grid. Boxes are [west, south, east, north] in degrees (WGS84). */
export type Box = readonly [number, number, number, number];

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export const maxTileZoom = 20;
export const tileExtent = 4096;
/** Units beyond the tile's edge that are drawn with it, so that symbols and lines on the edge are not cut. */
export const tileBuffer = 64;

const longitude = (x: number, z: number): number => (x / 2 ** z) * 360 - 180;
const latitude = (y: number, z: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;

/** The tile's own box, without margin. */
export const tileBox = ({ z, x, y }: TileAddress): Box => boxWithMargin(z, x, y, 0);

/** The tile's box with the drawing margin of 64/4096: everything that shows in the tile meets it. */
export const drawnBox = ({ z, x, y }: TileAddress): Box => boxWithMargin(z, x, y, tileBuffer / tileExtent);

const boxWithMargin = (z: number, x: number, y: number, margin: number): Box => [
  longitude(x - margin, z),
  latitude(y + 1 + margin, z),
  longitude(x + 1 + margin, z),
  latitude(y - margin, z),
];

export const boxesMeet = (a: readonly number[], b: readonly number[]): boolean =>
  (a[0] ?? 0) <= (b[2] ?? 0) &&
  (b[0] ?? 0) <= (a[2] ?? 0) &&
  (a[1] ?? 0) <= (b[3] ?? 0) &&
  (b[1] ?? 0) <= (a[3] ?? 0);

/** `null` when the text is not a tile of the grid: zoom 0–20, x and y inside that zoom's grid. */
export function parseTile(z: string, x: string, y: string): TileAddress | null {
  if (![z, x, y].every((part) => /^\d{1,7}$/.test(part))) return null;
  const tile = { z: Number(z), x: Number(x), y: Number(y) };
  if (tile.z > maxTileZoom || tile.x >= 2 ** tile.z || tile.y >= 2 ** tile.z) return null;
  return tile;
}

/** The tile that holds a point at a zoom. */
export function tileAt(lon: number, lat: number, z: number): TileAddress {
  const rad = (lat * Math.PI) / 180;
  return {
    z,
    x: Math.floor(((lon + 180) / 360) * 2 ** z),
    y: Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * 2 ** z),
  };
}
