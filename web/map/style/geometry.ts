import type { Position } from "geojson";

const metresPerDegree = 111_195;

/** Flat metres round Qingpu, good to 0.1 % over the district: enough for drawing, not for figures. */
const toMetres = ([lon = 0, lat = 0]: Position): [x: number, y: number] => [
  lon * metresPerDegree * Math.cos((31.12 * Math.PI) / 180),
  lat * metresPerDegree,
];

export function distance(a: Position, b: Position): number {
  const [ax, ay] = toMetres(a);
  const [bx, by] = toMetres(b);
  return Math.hypot(ax - bx, ay - by);
}

/** Distance in metres from a point to a segment. */
export function toSegment(point: Position, a: Position, b: Position): number {
  const [px, py] = toMetres(point);
  const [ax, ay] = toMetres(a);
  const [bx, by] = toMetres(b);
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const t =
    length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length2));
  return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
}

export const segmentsOf = (line: readonly Position[]): [Position, Position][] =>
  line.slice(1).map((end, i) => [line[i]!, end]);

export const lengthOf = (line: readonly Position[]): number =>
  segmentsOf(line).reduce((sum, [a, b]) => sum + distance(a, b), 0);

export const round5 = (position: Position): Position =>
  position.map((value) => Math.round(value * 1e5) / 1e5);

/** The point `metres` along a line, clamped to its end. */
export function along(line: readonly Position[], metres: number): Position {
  let left = metres;
  for (const [a, b] of segmentsOf(line)) {
    const step = distance(a, b);
    if (step >= left && step > 0) return a.map((value, i) => value + ((b[i]! - value) * left) / step);
    left -= step;
  }
  return line[line.length - 1]!;
}

/** A curve through every vertex (centripetal Catmull-Rom): lines read as roads, and no vertex moves. */
export function smooth(line: readonly Position[], pieces = 10): Position[] {
  if (line.length < 3) return [...line];
  const curve: Position[] = [line[0]!];
  for (let i = 0; i < line.length - 1; i++) {
    const p1 = line[i]!;
    const p2 = line[i + 1]!;
    const p0 = line[i - 1] ?? mirrored(p2, p1);
    const p3 = line[i + 2] ?? mirrored(p1, p2);
    for (let k = 1; k <= pieces; k++) curve.push(catmullRom(p0, p1, p2, p3, k / pieces));
  }
  return curve;
}

const mirrored = (from: Position, over: Position): Position => over.map((value, i) => 2 * value - from[i]!);

function catmullRom(p0: Position, p1: Position, p2: Position, p3: Position, t: number): Position {
  const knot = (a: Position, b: Position) => Math.sqrt(Math.max(distance(a, b), 1e-6));
  const t1 = knot(p0, p1);
  const t2 = t1 + knot(p1, p2);
  const t3 = t2 + knot(p2, p3);
  const at = t1 + (t2 - t1) * t;
  const mix = (a: Position, b: Position, from: number, to: number): Position =>
    a.map((value, i) => (value * (to - at) + b[i]! * (at - from)) / (to - from));
  const a1 = mix(p0, p1, 0, t1);
  const a2 = mix(p1, p2, t1, t2);
  const a3 = mix(p2, p3, t2, t3);
  return mix(mix(a1, a2, 0, t2), mix(a2, a3, t1, t3), t1, t2);
}

/** Drops vertices that lie closer than `tolerance` metres to the simplified line (Douglas-Peucker). */
export function simplify(line: readonly Position[], tolerance: number): Position[] {
  const first = line[0];
  const last = line[line.length - 1];
  if (!first || !last || line.length < 3) return [...line];
  let worst = 0;
  let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const away = toSegment(line[i]!, first, last);
    if (away > worst) [worst, at] = [away, i];
  }
  if (worst <= tolerance) return [first, last];
  return [...simplify(line.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(line.slice(at), tolerance)];
}

const inside = ([x = 0, y = 0]: Position, rings: readonly Position[][]): boolean => {
  let odd = false;
  for (const ring of rings)
    for (const [[ax = 0, ay = 0], [bx = 0, by = 0]] of segmentsOf(ring))
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  return odd;
};

/** The point of a polygon farthest from its edges, and that distance in metres (a grid refined five times). */
export function innerCentre(rings: readonly Position[][]): { point: Position; radius: number } {
  const outer = rings[0] ?? [];
  const lons = outer.map(([lon = 0]) => lon);
  const lats = outer.map(([, lat = 0]) => lat);
  let best = { point: outer[0] ?? [0, 0], radius: -1 };
  let [west, east, south, north] = [
    Math.min(...lons),
    Math.max(...lons),
    Math.min(...lats),
    Math.max(...lats),
  ];
  const edges = rings.flatMap((ring) => segmentsOf(ring));
  for (let round = 0; round < 5; round++) {
    const [dx, dy] = [(east - west) / 16, (north - south) / 16];
    for (let i = 0; i <= 16; i++)
      for (let j = 0; j <= 16; j++) {
        const point = [west + i * dx, south + j * dy];
        if (!inside(point, rings)) continue;
        const radius = Math.min(...edges.map(([a, b]) => toSegment(point, a, b)));
        if (radius > best.radius) best = { point, radius };
      }
    const [lon = 0, lat = 0] = best.point;
    [west, east, south, north] = [lon - 1.5 * dx, lon + 1.5 * dx, lat - 1.5 * dy, lat + 1.5 * dy];
  }
  return best;
}

/** Joins segments that meet at exactly two ends into long lines, so that a dash pattern runs through. */
export function stitch(segments: readonly [Position, Position][]): Position[][] {
  const key = (position: Position) => position.join(",");
  const ends = new Map<string, number[]>();
  segments.forEach((segment, i) => {
    for (const end of segment) ends.set(key(end), [...(ends.get(key(end)) ?? []), i]);
  });
  const used = new Set<number>();
  const grow = (line: Position[]): void => {
    for (;;) {
      const tip = line[line.length - 1]!;
      const here = ends.get(key(tip)) ?? [];
      const next = here.length === 2 ? here.find((i) => !used.has(i)) : undefined;
      if (next === undefined) return;
      used.add(next);
      const [a, b] = segments[next]!;
      line.push(key(a) === key(tip) ? b : a);
    }
  };
  return segments.flatMap(([a, b], i) => {
    if (used.has(i)) return [];
    used.add(i);
    const line = [a, b];
    grow(line);
    line.reverse();
    grow(line);
    return [line];
  });
}
