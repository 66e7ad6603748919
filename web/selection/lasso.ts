/** A drawn outline in px of the map. */
export type Spot = readonly [x: number, y: number];

/** Corners of the box between two corners of it. */
export const boxSpots = ([x1, y1]: Spot, [x2, y2]: Spot): Spot[] => [
  [x1, y1],
  [x2, y1],
  [x2, y2],
  [x1, y2],
];

/** How far `p` lies from the line a–b. */
function off([px, py]: Spot, [ax, ay]: Spot, [bx, by]: Spot): number {
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  const t = long === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / long));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** The outline without what `tolerance` px do not show (Douglas–Peucker); first and last stay. */
export function thinned(path: readonly Spot[], tolerance: number): Spot[] {
  const keep = new Set([0, path.length - 1]);
  const left: [number, number][] = [[0, path.length - 1]];
  for (let span = left.pop(); span; span = left.pop()) {
    const [from, to] = span;
    let [far, most] = [-1, tolerance];
    for (let i = from + 1; i < to; i++) {
      const distance = off(path[i]!, path[from]!, path[to]!);
      if (distance > most) [far, most] = [i, distance];
    }
    if (far < 0) continue;
    keep.add(far);
    left.push([from, far], [far, to]);
  }
  return path.filter((_, i) => keep.has(i));
}

/** What is sent of a freehand lasso: as exact as the screen, with at most `most` corners. */
export function outlineOf(path: readonly Spot[], most: number): Spot[] {
  let tolerance = 1;
  let outline = thinned(path, tolerance);
  while (outline.length > most) {
    tolerance *= 2;
    outline = thinned(path, tolerance);
  }
  return outline;
}
