/** Metres east and north of a corner, or degrees: the functions here only want a plane. */
export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];

const keyOf = ([x, y]: Point): string => `${x},${y}`;

/**
 * Rings simplified together: a border that two rings share keeps the same points in both, so neighbours stay neighbours.
 * Rings are closed (first point repeated). `tolerance` is the largest departure, in the points' own unit.
 */
export function simplifyTogether(rings: readonly Ring[], tolerance: number): Ring[] {
  const owners = new Map<string, Set<number>>();
  rings.forEach((ring, i) => {
    for (const point of ring) {
      const key = keyOf(point);
      owners.set(key, (owners.get(key) ?? new Set()).add(i));
    }
  });
  const signature = (point: Point) => [...(owners.get(keyOf(point)) ?? [])].sort().join();
  return rings.map((ring) => simplifyRing(ring, signature, tolerance));
}

/** Cuts a ring where its neighbours change and thins each arc; ends of arcs stay. */
function simplifyRing(ring: Ring, signature: (point: Point) => string, tolerance: number): Ring {
  const open = ring.slice(0, -1);
  const n = open.length;
  const isEnd = open.map((point, i) => {
    const own = signature(point);
    const before = signature(open[(i - 1 + n) % n] as Point);
    const after = signature(open[(i + 1) % n] as Point);
    return own.split(",").length > 2 || own.length > before.length || own.length > after.length;
  });
  const first = Math.max(0, isEnd.indexOf(true));
  const turned = [...open.slice(first), ...open.slice(0, first)];
  const ends = [...isEnd.slice(first), ...isEnd.slice(0, first)];
  const kept: Point[] = [];
  let arc: Point[] = [];
  turned.forEach((point, i) => {
    if (i > 0 && ends[i]) {
      kept.push(...thinned([...arc, point], tolerance).slice(0, -1));
      arc = [];
    }
    arc.push(point);
  });
  const start = turned[0] as Point;
  kept.push(...thinned([...arc, start], tolerance));
  return kept;
}

/** The same points whichever way the arc is walked: both rings beside it must agree. */
function thinned(arc: readonly Point[], tolerance: number): Point[] {
  const first = arc[0] as Point;
  const last = arc.at(-1) as Point;
  const isForward = first[0] < last[0] || (first[0] === last[0] && first[1] <= last[1]);
  const line = isForward ? arc : [...arc].reverse();
  const kept = keyOf(first) === keyOf(last) ? loop(line, tolerance) : douglasPeucker(line, tolerance);
  return isForward ? kept : kept.reverse();
}

/** A closed arc has no chord to measure from: it is cut at its farthest point. */
function loop(line: readonly Point[], tolerance: number): Point[] {
  const start = line[0] as Point;
  const reach = line.map((point) => Math.hypot(point[0] - start[0], point[1] - start[1]));
  const far = reach.indexOf(Math.max(...reach));
  return [
    ...douglasPeucker(line.slice(0, far + 1), tolerance).slice(0, -1),
    ...douglasPeucker(line.slice(far), tolerance),
  ];
}

function douglasPeucker(line: readonly Point[], tolerance: number): Point[] {
  const first = line[0] as Point;
  const last = line.at(-1) as Point;
  let worst = 0;
  let at = -1;
  for (let i = 1; i < line.length - 1; i++) {
    const away = distance(line[i] as Point, first, last);
    if (away > worst) {
      worst = away;
      at = i;
    }
  }
  if (at < 0 || worst <= tolerance) return [first, last];
  return [
    ...douglasPeucker(line.slice(0, at + 1), tolerance).slice(0, -1),
    ...douglasPeucker(line.slice(at), tolerance),
  ];
}

/** Of a point to the segment a–b. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
