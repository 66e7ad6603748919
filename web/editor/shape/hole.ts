import type { Parts, Path } from "#data/domain/paths.ts";
import { crossing, inside, toPlane } from "#data/domain/plane.ts";

/** The parts with a hole where it lies wholly in one of them; `null` when it touches a boundary or covers one. */
export function withHole(parts: Parts, hole: Path): Parts | null {
  const plane = hole.map(toPlane);
  const home = parts.findIndex((part) => {
    const rings = part.map((ring) => ring.map(toPlane));
    if (!plane.every((point) => inside(point, rings))) return false;
    return rings.every(
      (ring, r) =>
        !ring.some((a, i) =>
          plane.some((c, j) => crossing(a, ring[(i + 1) % ring.length]!, c, plane[(j + 1) % plane.length]!)),
        ) &&
        (r === 0 || !inside(ring[0]!, [plane])),
    );
  });
  return home < 0 ? null : parts.map((part, p) => (p === home ? [...part, hole] : part));
}

/** Without one of the holes. `ring` 0 is the shell and stays. */
export const withoutHole = (parts: Parts, part: number, ring: number): Parts =>
  parts.map((rings, p) => (p === part && ring > 0 ? rings.toSpliced(ring, 1) : rings));
