import { difference, featureCollection, intersect, multiPolygon, union } from "@turf/turf";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { type Parts, type Path, type Position, partsOf } from "#data/domain/paths.ts";
import { type Point, roundPosition, toDegrees, toPlane } from "#data/domain/plane.ts";
import { type Border, covers, justInside } from "../border.ts";
import { cleaned } from "./clean.ts";
import { cutLine } from "./cut.ts";
import { partArea, signedArea } from "./size.ts";

type Area = Feature<Polygon | MultiPolygon>;

const areaOf = (parts: Parts): Area =>
  multiPolygon(parts.map((part) => part.map((ring) => [...ring, ring[0]!].map((p) => [...p]))));

/** Parts of a result, rounded as they are stored, largest first; slivers under a square metre are dropped. */
function partsIn(area: Area | null): Parts {
  if (!area) return [];
  const parts = partsOf(area.geometry).map((part) =>
    part.map((ring) => ring.map(([lon = 0, lat = 0]) => roundPosition(lon, lat))),
  );
  return cleaned("Polygon", parts)
    .map(([shell = [], ...holes]) => [shell, ...holes.filter((hole) => partArea([hole]) > 1)])
    .filter((part) => partArea(part) > 1)
    .toSorted((a, b) => partArea(b) - partArea(a));
}

/** One area of several parts; touching ones become one. */
export function united(parts: Parts): Parts {
  const areas = parts.map((part) => areaOf([part]));
  return areas.length < 2 ? parts : partsIn(union(featureCollection(areas)));
}

/** What is left of an area without another. */
export const without = (parts: Parts, taken: Parts): Parts =>
  partsIn(difference(featureCollection([areaOf(parts), areaOf(taken)])));

/** The ground two areas share, slivers included. */
export function shared(parts: Parts, others: Parts): Parts {
  const area = intersect(featureCollection([areaOf(parts), areaOf(others)]));
  return area ? partsOf(area.geometry) : [];
}

/** Pieces smaller than this part of the largest are what a slip of the hand made. */
const slip = 0.1;

/** A self-crossing area taken apart at its crossings; small by-products are left out. */
export function untangled(parts: Parts): Parts {
  const area = areaOf(cleaned("Polygon", parts));
  const pieces = partsIn(intersect(featureCollection([area, area])));
  return pieces.filter((piece) => partArea(piece) > slip * partArea(pieces[0]!));
}

/** Far enough inside that the database's arithmetic and the rounding of coordinates agree. */
const insetMetres = 0.05;

/** Every edge moved outwards by so many metres (inwards when negative): a hand's breadth, not a buffer. */
export function grown(parts: Parts, metres: number): Parts {
  return parts.map((part) =>
    part.map((ring, r) => {
      const plane = ring.map(toPlane);
      const left = signedArea(plane) > 0 === (r === 0) ? 1 : -1;
      return plane.map((_, i) => toDegrees(movedIn(plane, i, -left * metres)));
    }),
  );
}

/** A ring's vertex moved to the left by `by` metres, along the bisector. */
function movedIn(ring: readonly Point[], i: number, by: number): Point {
  const n = ring.length;
  const normal = (a: Point, b: Point): Point => {
    const far = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return [-(b[1] - a[1]) / far, (b[0] - a[0]) / far];
  };
  const here = ring[i]!;
  const [p, q] = [normal(ring[(i + n - 1) % n]!, here), normal(here, ring[(i + 1) % n]!)];
  const both: Point = [p[0] + q[0], p[1] + q[1]];
  // Sharp corners would run away: at most three times as far.
  const scale = Math.min(3, 2 / Math.max(1e-6, both[0] ** 2 + both[1] ** 2));
  return [here[0] + both[0] * by * scale, here[1] + both[1] * by * scale];
}

/** The part of an area inside the town; empty when there is none. */
export const clippedArea = (parts: Parts, border: Border): Parts =>
  // Where the border folds back on itself within a hand's breadth, drawing it in turns it over.
  partsIn(
    intersect(featureCollection([areaOf(parts), areaOf(grown(partsOf(border.geometry), -insetMetres))])),
  ).map((part) => part.map((ring) => ring.map((at) => (covers(border, at) ? at : justInside(border, at)))));

/** The stretches of a line inside the town. */
export function clippedLine(parts: Parts, border: Border): Parts {
  const pieces = parts.flatMap(([line = []]) =>
    border.rings.reduce<readonly Path[]>(
      (open, ring) => open.flatMap((piece) => cutLine(piece, [...ring, ring[0]!])),
      [line],
    ),
  );
  return pieces
    .filter((piece) => covers(border, middleOf(piece)))
    .map((piece) => [
      piece.map((at, i) => (i === 0 || i === piece.length - 1 ? justInside(border, at) : at)),
    ]);
}

/** A place on the middle edge. */
function middleOf(path: Path): Position {
  const i = Math.floor((path.length - 1) / 2);
  const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [path[i]!, path[i + 1] ?? path[i]!];
  return [(ax + bx) / 2, (ay + by) / 2];
}

/** Lines as one: ends that meet within a metre are joined, the rest stay parts. */
export function joined(lines: readonly Path[]): readonly Path[] {
  const open = lines.map((line) => [...line]);
  const out: Position[][] = [];
  for (let line = open.shift(); line; line = open.shift()) {
    let now: Position[] = line;
    for (let k = 0; k < open.length; k++) {
      const next = tied(now, open[k]!);
      if (!next) continue;
      now = next;
      open.splice(k, 1);
      k = -1;
    }
    out.push(now);
  }
  return out;
}

const endMetres = 1;

function tied(a: Position[], b: Position[]): Position[] | null {
  const near = (p: Position | undefined, q: Position | undefined) => {
    const [[px, py], [qx, qy]] = [toPlane(p ?? []), toPlane(q ?? [])];
    return Math.hypot(px - qx, py - qy) < endMetres;
  };
  if (near(a.at(-1), b[0])) return [...a, ...b.slice(1)];
  if (near(a.at(-1), b.at(-1))) return [...a, ...b.toReversed().slice(1)];
  if (near(a[0], b.at(-1))) return [...b, ...a.slice(1)];
  if (near(a[0], b[0])) return [...b.toReversed(), ...a.slice(1)];
  return null;
}
