import type { Parts, Path, Shape } from "#data/domain/paths.ts";
import { type Point, roundPosition, toDegrees, toPlane } from "#data/domain/plane.ts";
import { type Meeting, meetings } from "./cut.ts";
import { partArea } from "./size.ts";

/** A line drawn from the boundary itself may begin a centimetre short of it: its ends reach this much further. */
const reachMetres = 0.3;

/**
 * The shape with a stretch of one boundary (or line) replaced by `line`, from where it first meets that boundary to where it
 * last does. Of an area's two possible outcomes the larger is meant. `null` when the line does not meet one path twice.
 */
export function reshaped(shape: Shape, parts: Parts, line: Path): Parts | null {
  if (shape === "Point" || line.length < 2) return null;
  const cutter = longer(line).map(toPlane);
  const closed = shape === "Polygon";
  for (const [p, part] of parts.entries())
    for (const [r, path] of part.entries()) {
      const found = meetings(path.map(toPlane), closed, cutter).toSorted((a, b) => a.cut - b.cut);
      const [first, last] = [found[0], found.at(-1)];
      if (!first || !last || first.edge === last.edge) continue;
      const between = line.filter((_, i) => i + 1 > first.cut && i + 1 < last.cut);
      const next = closed ? newRing(path, first, last, between) : newLine(path, first, last, between);
      return parts.map((each, i) => (i === p ? each.map((one, j) => (j === r ? next : one)) : each));
    }
  return null;
}

/** The line with a short piece before its first and after its last vertex; its own vertices move up by one. */
function longer(line: Path): Path {
  const stretched = (from: Point, to: Point): Point => {
    const far = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
    return [to[0] + ((to[0] - from[0]) / far) * reachMetres, to[1] + ((to[1] - from[1]) / far) * reachMetres];
  };
  const plane = line.map(toPlane);
  return [
    toDegrees(stretched(plane[1]!, plane[0]!)),
    ...line,
    toDegrees(stretched(plane.at(-2)!, plane.at(-1)!)),
  ];
}

const same = (a: readonly number[] | undefined, b: readonly number[] | undefined) =>
  a?.[0] === b?.[0] && a?.[1] === b?.[1];
const tidy = (path: Path): Path =>
  path
    .map(([lon = 0, lat = 0]) => roundPosition(lon, lat))
    .filter((at, i, all) => i === 0 || !same(at, all[i - 1]));

function newLine(path: Path, first: Meeting, last: Meeting, between: Path): Path {
  const turned = first.edge > last.edge;
  const [from, to] = turned ? [last, first] : [first, last];
  return tidy([
    ...path.slice(0, Math.floor(from.edge) + 1),
    from.at,
    ...(turned ? between.toReversed() : between),
    to.at,
    ...path.slice(Math.floor(to.edge) + 1),
  ]);
}

function newRing(ring: Path, first: Meeting, last: Meeting, between: Path): Path {
  /** Vertices of the ring after `from` and up to `to`, going forward. */
  const along = (from: Meeting, to: Meeting): Path => {
    const out = [];
    const n = ring.length;
    const count = (Math.floor(to.edge) - Math.floor(from.edge) + n) % n;
    const steps = count === 0 && to.edge < from.edge ? n : count;
    for (let k = 1; k <= steps; k++) out.push(ring[(Math.floor(from.edge) + k) % n]!);
    return out;
  };
  const forward = tidy([first.at, ...between, last.at, ...along(last, first)]);
  const backward = tidy([last.at, ...between.toReversed(), first.at, ...along(first, last)]);
  const [a, b] = [opened(forward), opened(backward)];
  return partArea([a]) >= partArea([b]) ? a : b;
}

const opened = (ring: Path): Path => (same(ring[0], ring.at(-1)) ? ring.slice(0, -1) : ring);
