import type { Parts, Path, Shape } from "#data/domain/paths.ts";
import { between, nearestOn, type Point, toPlane } from "#data/domain/plane.ts";

/** Vertices nearer than this are one. */
const sameMetres = 0.02;
/** A corner narrower than this, with legs longer than a metre, is a slip of the hand. */
const spikeCosine = Math.cos((2 * Math.PI) / 180);
const legMetres = 1;

/** Indices of vertices that repeat the one before them. `closed`: the first may repeat the last. */
export function duplicatesOf(path: Path, closed: boolean): readonly number[] {
  const points = path.map(toPlane);
  return points.flatMap((point, i) => {
    const before = i > 0 ? points[i - 1] : closed && points.length > 1 ? points.at(-1) : undefined;
    return before && between(point, before) < sameMetres ? [i] : [];
  });
}

function isSpike(a: Point, b: Point, c: Point): boolean {
  const [p, q] = [between(a, b), between(c, b)];
  if (Math.min(p, q) < legMetres) return false;
  return ((a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1])) / (p * q) > spikeCosine;
}

/** Indices of the tips of spikes in a ring. */
export function spikesOf(ring: Path): readonly number[] {
  const points = ring.map(toPlane);
  const n = points.length;
  if (n < 4) return [];
  return points.flatMap((point, i) =>
    isSpike(points[(i + n - 1) % n]!, point, points[(i + 1) % n]!) ? [i] : [],
  );
}

/** The parts without repeated vertices and spikes; a ring that would not stay a ring is left as it is. */
export function cleaned(shape: Shape, parts: Parts): Parts {
  if (shape === "Point") return parts;
  const least = shape === "Polygon" ? 3 : 2;
  return parts.map((part) =>
    part.map((path) => {
      let now = path;
      // Taking a tip away may leave another one, or its two feet on one place.
      for (let round = 0; round < 50; round++) {
        const bad = new Set([
          ...duplicatesOf(now, shape === "Polygon"),
          ...(shape === "Polygon" ? spikesOf(now).slice(0, 1) : []),
        ]);
        if (bad.size === 0) break;
        now = now.filter((_, i) => !bad.has(i));
      }
      return now.length < least ? path : now;
    }),
  );
}

/** Fewer vertices, none of the dropped ones further than `metres` from the new line; rings keep at least three. */
export function simplified(shape: Shape, parts: Parts, metres: number): Parts {
  if (shape === "Point") return parts;
  return parts.map((part) =>
    part.map((path) => (shape === "Polygon" ? simplerRing(path, metres) : simplerLine(path, metres))),
  );
}

function simplerRing(ring: Path, metres: number): Path {
  if (ring.length < 5) return ring;
  const points = ring.map(toPlane);
  const far = points.reduce(
    (best, point, i) => (between(point, points[0]!) > between(points[best]!, points[0]!) ? i : best),
    0,
  );
  const there = simplerLine(ring.slice(0, far + 1), metres);
  const back = simplerLine([...ring.slice(far), ring[0]!], metres);
  const out = [...there, ...back.slice(1, -1)];
  return out.length < 3 ? ring : out;
}

/** Douglas and Peucker, with a stack of its own: 10,000 vertices must not go 10,000 calls deep. */
function simplerLine(path: Path, metres: number): Path {
  const points = path.map(toPlane);
  const keep = new Set([0, path.length - 1]);
  const open: [number, number][] = [[0, path.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    let [most, at] = [metres, -1];
    for (let i = from + 1; i < to; i++) {
      const off = between(points[i]!, nearestOn(points[i]!, points[from]!, points[to]!));
      if (off > most) [most, at] = [off, i];
    }
    if (at < 0) continue;
    keep.add(at);
    open.push([from, at], [at, to]);
  }
  return path.filter((_, i) => keep.has(i));
}
