import type { Path, Position } from "./paths.ts";

/** Flat geometry for checks and snapping: degrees scaled to metres round a place; good to 0.1 % inside a town. */
export type Point = readonly [x: number, y: number];

const metresPerDegree = 111_320;
/** Metres per degree of longitude at Qingpu's latitude. */
const eastScale = metresPerDegree * Math.cos((31.13 * Math.PI) / 180);

export const toPlane = ([lon = 0, lat = 0]: Position): Point => [lon * eastScale, lat * metresPerDegree];
export const toDegrees = ([x, y]: Point): Position => [x / eastScale, y / metresPerDegree];

/** About a centimetre: what is stored. */
const round7 = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
export const roundPosition = (lon: number, lat: number): Position => [round7(lon), round7(lat)];

export const between = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

/** Metres of a line. */
export function pathLength(path: Path): number {
  let sum = 0;
  for (let i = 1; i < path.length; i++) sum += between(toPlane(path[i - 1]!), toPlane(path[i]!));
  return sum;
}

/** The nearest point of a segment. */
export function nearestOn(p: Point, a: Point, b: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  return [a[0] + t * dx, a[1] + t * dy];
}

/** Where two segments cross or touch; `null` when they do not, and for parallel ones. */
export function crossing(a: Point, b: Point, c: Point, d: Point): Point | null {
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
  const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  return t < 0 || t > 1 || u < 0 || u > 1 ? null : [a[0] + t * rx, a[1] + t * ry];
}

/** Even-odd rule over shell and holes alike. Points on the line may fall either way. */
export function inside(p: Point, rings: readonly (readonly Point[])[]): boolean {
  let odd = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > p[1] !== yj > p[1] && p[0] < ((xj - xi) * (p[1] - yi)) / (yj - yi) + xi) odd = !odd;
    }
  return odd;
}
