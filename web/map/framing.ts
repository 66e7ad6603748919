import type { Box } from "./town-boxes.ts";

const tilePx = 512;
const rad = Math.PI / 180;
const mercator = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * rad) / 2)) / (2 * Math.PI);

/** Air round a box, px: less where there is little room. */
const airOf = (room: number): number => Math.min(40, room * 0.16);

/** Middle and zoom at which a box fits into `free` px with some air, not nearer than `maxZoom`. */
export function framing(
  [west, south, east, north]: Box,
  free: { readonly width: number; readonly height: number },
  maxZoom: number,
): { center: [number, number]; zoom: number } {
  const width = ((east - west) / 360) * tilePx;
  const height = (mercator(north) - mercator(south)) * tilePx;
  const room = (px: number) => Math.max(4, px - 2 * airOf(px));
  const scale = Math.min(room(free.width) / width, room(free.height) / height);
  const middle = (mercator(south) + mercator(north)) / 2;
  const lat = (2 * Math.atan(Math.exp(middle * 2 * Math.PI)) - Math.PI / 2) / rad;
  return { center: [(west + east) / 2, lat], zoom: Math.max(0, Math.min(maxZoom, Math.log2(scale))) };
}
