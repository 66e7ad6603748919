import type { Path, Position } from "#data/domain/paths.ts";
import { type Border, justInside } from "./border.ts";

/** Pixels on the screen. */
type Pixel = readonly [x: number, y: number];

export interface SnapTarget {
  /** 镇界, 同层, 本图形: what the hint says. */
  readonly label: string;
  readonly paths: readonly Path[];
  readonly closed: boolean;
  /** Set for the own border: a place on it is stored 2 cm inside. */
  readonly border?: Border;
}

export interface Snapped {
  readonly position: Position;
  readonly label: string;
  /** The edge that lights up; a vertex lights none. */
  readonly edge: readonly [Position, Position] | null;
}

/** Reach in px, and a vertex's precedence over an edge. */
const snapReach = 12;

/** The nearest vertex within reach, else the nearest edge; `null` when nothing is near. `project` and `unproject` are the map's. */
export function snap(
  pointer: Pixel,
  targets: readonly SnapTarget[],
  project: (position: Position) => Pixel,
  unproject: (pixel: Pixel) => Position,
): Snapped | null {
  let vertex: { far: number; target: SnapTarget; position: Position } | null = null;
  let edge: { far: number; target: SnapTarget; at: Pixel; ends: readonly [Position, Position] } | null = null;
  for (const target of targets)
    for (const path of target.paths) {
      const pixels = path.map(project);
      for (const [i, here] of pixels.entries()) {
        const far = Math.hypot(here[0] - pointer[0], here[1] - pointer[1]);
        if (far <= snapReach && far < (vertex?.far ?? Infinity)) vertex = { far, target, position: path[i]! };
        const next = pixels[i + 1] ?? (target.closed ? pixels[0] : undefined);
        if (!next || pixels.length < 2) continue;
        const at = nearestPixel(pointer, here, next);
        const off = Math.hypot(at[0] - pointer[0], at[1] - pointer[1]);
        if (off <= snapReach && off < (edge?.far ?? Infinity))
          edge = { far: off, target, at, ends: [path[i]!, path[(i + 1) % path.length]!] };
      }
    }
  if (vertex) return settled(vertex.target, vertex.position, null);
  return edge && settled(edge.target, unproject(edge.at), edge.ends);
}

const settled = (target: SnapTarget, position: Position, edge: Snapped["edge"]): Snapped => ({
  position: target.border ? justInside(target.border, position) : position,
  label: target.label,
  edge,
});

function nearestPixel(p: Pixel, a: Pixel, b: Pixel): Pixel {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  return [a[0] + t * dx, a[1] + t * dy];
}
