import type { Parts, Position } from "#data/domain/paths.ts";
import { grown, shared, without } from "./clip.ts";
import { partArea } from "./size.ts";

/** Another place of the layer, as far as geometry goes. */
export interface Neighbour {
  readonly id: number;
  readonly name: string;
  readonly parts: Parts;
}

export interface Overlap {
  readonly name: string;
  /** The ground both cover, and its square metres. */
  readonly ground: Parts;
  readonly metres: number;
}

type Box = readonly [west: number, south: number, east: number, north: number];

/** Degrees; of nothing: an empty box. */
export function boxOf(parts: Parts): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of parts.flat(2) as Position[]) {
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}

const meets = (a: Box, b: Box) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** Neighbours that an area covers by more than `most` square metres, largest first. */
export function overlapsOf(parts: Parts, neighbours: readonly Neighbour[], most: number): readonly Overlap[] {
  const box = boxOf(parts);
  return neighbours
    .filter((other) => meets(box, boxOf(other.parts)))
    .map(({ name, parts: theirs }) => {
      const ground = shared(parts, theirs);
      return { name, ground, metres: ground.reduce((sum, part) => sum + partArea(part), 0) };
    })
    .filter(({ metres }) => metres > most)
    .toSorted((a, b) => b.metres - a.metres);
}

/** A hand's breadth: rounding a corner to a centimetre must not lay a long edge over the neighbour again. */
const gapMetres = 0.03;

/** What is left of an area beside its neighbours; edges are shared where rounding allows it. */
export function beside(parts: Parts, neighbours: readonly Neighbour[], most: number): Parts {
  const over = neighbours.filter((other) => overlapsOf(parts, [other], most).length > 0);
  const cut = over.reduce((left, other) => without(left, other.parts), parts);
  const still = overlapsOf(cut, over, most / 2).length > 0;
  return still ? over.reduce((left, other) => without(left, grown(other.parts, gapMetres)), parts) : cut;
}
