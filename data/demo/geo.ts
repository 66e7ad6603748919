/** Plane geometry good enough for placing demo features: a district is small, so a degree is a fixed number of metres. */
export type At = readonly [number, number];
export type Ring = readonly At[];

const metresPerDegree = 111_320;
const cosLatitude = Math.cos((31.13 * Math.PI) / 180);

/** `at` moved by metres east and north, rounded to 6 decimals (0.1 m). */
export const moved = (at: At, east: number, north: number): At => [
  round6(at[0] + east / (metresPerDegree * cosLatitude)),
  round6(at[1] + north / metresPerDegree),
];

const round6 = (value: number) => Math.round(value * 1e6) / 1e6;

const east = (a: At, b: At) => (b[0] - a[0]) * metresPerDegree * cosLatitude;
const north = (a: At, b: At) => (b[1] - a[1]) * metresPerDegree;
export const distance = (a: At, b: At): number => Math.hypot(east(a, b), north(a, b));

/** Even-odd rule over all rings, so holes and parts need no telling apart. */
export function inRings(at: At, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const ring of rings) {
    let previous = ring[ring.length - 1];
    for (const vertex of ring) {
      if (
        previous &&
        vertex[1] > at[1] !== previous[1] > at[1] &&
        at[0] < ((previous[0] - vertex[0]) * (at[1] - vertex[1])) / (previous[1] - vertex[1]) + vertex[0]
      )
        inside = !inside;
      previous = vertex;
    }
  }
  return inside;
}

/** Metres from `at` to the nearest edge. */
export function edgeDistance(at: At, rings: readonly Ring[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const from = ring[i - 1] as At;
      const to = ring[i] as At;
      const dx = east(from, to);
      const dy = north(from, to);
      const px = east(from, at);
      const py = north(from, at);
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, Math.hypot(px - along * dx, py - along * dy));
    }
  }
  return nearest;
}

export const lineLength = (line: Ring): number =>
  line.reduce((sum, at, i) => sum + (i === 0 ? 0 : distance(line[i - 1] as At, at)), 0);

/** The point `metres` along the line from its first vertex, and the direction there in radians from east. */
export function alongLine(line: Ring, metres: number): { at: At; bearing: number } {
  let left = metres;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1] as At;
    const to = line[i] as At;
    const step = distance(from, to);
    if (left <= step || i === line.length - 1) {
      const bearing = Math.atan2(north(from, to), east(from, to));
      return { at: moved(from, left * Math.cos(bearing), left * Math.sin(bearing)), bearing };
    }
    left -= step;
  }
  throw new RangeError("a line needs two points");
}

/** `at` moved `aside` metres to the left of a direction and `ahead` metres along it. */
export const beside = (at: At, bearing: number, aside: number, ahead = 0): At =>
  moved(
    at,
    ahead * Math.cos(bearing) - aside * Math.sin(bearing),
    ahead * Math.sin(bearing) + aside * Math.cos(bearing),
  );

/** Closed counter-clockwise rectangle of `width` × `depth` metres around its centre, turned by `turn` radians. */
export const rectangle = (centre: At, width: number, depth: number, turn: number): At[] => {
  const corner = (x: number, y: number) => beside(centre, turn, y, x);
  const first = corner(-width / 2, -depth / 2);
  return [
    first,
    corner(width / 2, -depth / 2),
    corner(width / 2, depth / 2),
    corner(-width / 2, depth / 2),
    first,
  ];
};
