/** Lengths and areas on the WGS84 ellipsoid: flat formulas are off by more than a surveyor forgives. */
type Position = readonly number[];

const a = 6_378_137;
const f = 1 / 298.257223563;
const e2 = f * (2 - f);
const e = Math.sqrt(e2);
const rad = Math.PI / 180;

/** Geodesic metres between two points (Andoyer–Lambert; better than 1 in 100,000 at the size of a district). */
export function distance([lon1 = 0, lat1 = 0]: Position, [lon2 = 0, lat2 = 0]: Position): number {
  const F = ((lat1 + lat2) / 2) * rad;
  const G = ((lat1 - lat2) / 2) * rad;
  const L = ((lon1 - lon2) / 2) * rad;
  const S = Math.sin(G) ** 2 * Math.cos(L) ** 2 + Math.cos(F) ** 2 * Math.sin(L) ** 2;
  const C = Math.cos(G) ** 2 * Math.cos(L) ** 2 + Math.sin(F) ** 2 * Math.sin(L) ** 2;
  if (S === 0) return 0;
  const w = Math.atan2(Math.sqrt(S), Math.sqrt(C));
  const R = Math.sqrt(S * C) / w;
  const H1 = (3 * R - 1) / (2 * C);
  const H2 = (3 * R + 1) / (2 * S);
  return (
    2 *
    w *
    a *
    (1 + f * (H1 * Math.sin(F) ** 2 * Math.cos(G) ** 2 - H2 * Math.cos(F) ** 2 * Math.sin(G) ** 2))
  );
}

/** Geodesic length of a line in metres. */
export const lineLength = (line: readonly Position[]): number =>
  line.slice(1).reduce((sum, point, i) => sum + distance(line[i]!, point), 0);

const authalic = (sin: number) =>
  (1 - e2) * (sin / (1 - e2 * sin * sin) - Math.log((1 - e * sin) / (1 + e * sin)) / (2 * e));

/** Area of a ring in square metres by the equal-area (authalic) projection; the ring need not be closed. */
export function ringArea(ring: readonly Position[]): number {
  const points = ring.map(
    ([lon = 0, lat = 0]) => [a * lon * rad, (a / 2) * authalic(Math.sin(lat * rad))] as const,
  );
  const [ox = 0, oy = 0] = points[0] ?? [];
  const doubled = points.reduce((sum, [x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length]!;
    return sum + (x - ox) * (ny - oy) - (nx - ox) * (y - oy);
  }, 0);
  return Math.abs(doubled) / 2;
}
