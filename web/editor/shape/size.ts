import type { Path } from "#data/domain/paths.ts";
import { type Point, toPlane } from "#data/domain/plane.ts";

/** Square metres of a ring on the plane, positive when it runs counter-clockwise. */
export function signedArea(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    sum += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1];
  return sum / 2;
}

/** Square metres of a part: its shell less its holes. */
export const partArea = (part: readonly Path[]): number =>
  part.reduce((sum, ring, i) => {
    const size = Math.abs(signedArea(near(ring)));
    return i === 0 ? size : sum - size;
  }, 0);

/** Plane positions from the ring's first vertex: far from the origin the cross products lose their last digits. */
function near(ring: Path): Point[] {
  const [ox, oy] = toPlane(ring[0] ?? []);
  return ring.map((position) => {
    const [x, y] = toPlane(position);
    return [x - ox, y - oy];
  });
}
