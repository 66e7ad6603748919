import type { Parts, Path, Position, Shape } from "#data/domain/paths.ts";
import { type Point, roundPosition, toDegrees, toPlane } from "#data/domain/plane.ts";

const rounded = (point: Point): Position => {
  const [lon = 0, lat = 0] = toDegrees(point);
  return roundPosition(lon, lat);
};

/** Turned clockwise by degrees round the middle of its vertices; lengths and areas stay. */
export function rotated(parts: Parts, degrees: number): Parts {
  const all = parts.flat(2).map(toPlane);
  const [cx, cy] = [0, 1].map((k) => all.reduce((sum, point) => sum + point[k]!, 0) / all.length) as [
    number,
    number,
  ];
  const [sin, cos] = [Math.sin((-degrees * Math.PI) / 180), Math.cos((-degrees * Math.PI) / 180)];
  return parts.map((part) =>
    part.map((path) =>
      path.map((position) => {
        const [x, y] = toPlane(position);
        const [dx, dy] = [x - cx, y - cy];
        return rounded([cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]);
      }),
    ),
  );
}

/** A corner within so many degrees of a right angle, or of none, is meant to be one. */
const meantDegrees = 20;
const lower = Math.sin((meantDegrees * Math.PI) / 180);
const upper = Math.cos((meantDegrees * Math.PI) / 180);
const rounds = 1000;
const enough = 1e-6;

/** Corners that are nearly right made right, nearly straight ones straight; the others are left. Lines keep their ends. */
export const squared = (shape: Shape, parts: Parts): Parts =>
  shape === "Point" ? parts : parts.map((part) => part.map((path) => squaredPath(path, shape === "Polygon")));

function squaredPath(path: Path, closed: boolean): Path {
  const [ox, oy] = toPlane(path[0] ?? []);
  let points = path.map((position): Point => {
    const [x, y] = toPlane(position);
    return [x - ox, y - oy];
  });
  let best = points;
  let least = offness(points, closed);
  for (let round = 0; round < rounds && least > enough; round++) {
    const pulls = points.map((_, i) => pull(points, i, closed));
    points = points.map(([x, y], i): Point => [x + pulls[i]![0], y + pulls[i]![1]]);
    const off = offness(points, closed);
    if (off < least) [best, least] = [points, off];
  }
  return best.map(([x, y], i) => {
    const was = path[i]!;
    const at = rounded([x + ox, y + oy]);
    // What has not moved keeps its digits.
    const [[ax, ay], [bx, by]] = [toPlane(was), toPlane(at)];
    return Math.hypot(ax - bx, ay - by) < 0.01 ? was : at;
  });
}

interface Corner {
  /** Unit vectors to the neighbours, and the shorter leg in metres. */
  readonly p: Point;
  readonly q: Point;
  readonly leg: number;
}

function cornerAt(points: readonly Point[], i: number, closed: boolean): Corner | null {
  const n = points.length;
  if (n < 3 || (!closed && (i === 0 || i === n - 1))) return null;
  const [a, b, c] = [points[(i + n - 1) % n]!, points[i]!, points[(i + 1) % n]!];
  const [p, q]: readonly [Point, Point] = [
    [a[0] - b[0], a[1] - b[1]],
    [c[0] - b[0], c[1] - b[1]],
  ];
  const [lp, lq] = [Math.hypot(...p), Math.hypot(...q)];
  if (lp === 0 || lq === 0) return null;
  return { p: [p[0] / lp, p[1] / lp], q: [q[0] / lq, q[1] / lq], leg: Math.min(lp, lq) };
}

const cosine = ({ p, q }: Corner) => p[0] * q[0] + p[1] * q[1];

/** A step towards a right angle, or towards the straight line between the neighbours. */
function pull(points: readonly Point[], i: number, closed: boolean): Point {
  const corner = cornerAt(points, i, closed);
  if (!corner) return [0, 0];
  const { p, q, leg } = corner;
  const cos = cosine(corner);
  const off = Math.abs(cos);
  if (off >= lower && !(cos <= -upper)) return [0, 0];
  const sum: Point = [p[0] + q[0], p[1] + q[1]];
  const far = Math.hypot(...sum);
  if (far < 1e-12) return [0, 0];
  const step = off < lower ? 0.2 * cos * leg : 0.2 * far * leg * 0.5;
  return [(sum[0] / far) * step, (sum[1] / far) * step];
}

/** How far the corners that are meant are from right and straight. */
const offness = (points: readonly Point[], closed: boolean): number =>
  points.reduce((sum, _, i) => {
    const corner = cornerAt(points, i, closed);
    if (!corner) return sum;
    const cos = cosine(corner);
    if (Math.abs(cos) < lower) return sum + Math.abs(cos);
    return cos <= -upper ? sum + 1 + cos : sum;
  }, 0);
