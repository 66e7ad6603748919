import type { Point } from "./simplify.ts";

/** How far the district is tipped back, in degrees above the horizon: 90 is straight from above. */
export const tilt = 58;
const sine = Math.sin((tilt * Math.PI) / 180);
const cosine = Math.cos((tilt * Math.PI) / 180);

/** [west, south, east, north] in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** Puts degrees on the wall: `plane` for what deck.gl draws (px from the middle, y up), `screen` for what lies over it. */
export interface Projection {
  readonly plane: (lonLat: Point) => Point;
  /** `height` in px above the ground. */
  readonly screen: (lonLat: Point, height?: number) => Point;
  /** Px of one metre, before the tilt. */
  readonly scale: number;
}

const metresPerDegree = 111_320;

/** Fits a box of degrees, with slabs of a height, into width × height px. */
export function fitted(box: Box, width: number, height: number, slab: number): Projection {
  const [west, south, east, north] = box;
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  const across = metresPerDegree * Math.cos((lat * Math.PI) / 180);
  const scale = Math.min(
    width / ((east - west) * across),
    (height - slab * cosine) / ((north - south) * metresPerDegree * sine),
  );
  const plane = ([x, y]: Point): Point => [
    (x - lon) * across * scale,
    (y - lat) * metresPerDegree * scale - (slab * cosine) / 2 / sine,
  ];
  return {
    plane,
    scale,
    screen: (at, up = 0) => {
      const [x, y] = plane(at);
      return [width / 2 + x, height / 2 - y * sine - up * cosine];
    },
  };
}
