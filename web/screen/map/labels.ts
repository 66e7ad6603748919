/** A label's box by its left upper corner; `x`, `y` of the input are where its middle would like to be. */
export interface Wanted {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Placed {
  readonly key: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const gap = 10;
const step = 14;
const reach = 12;

/** Puts every label as near to its place as can be without touching another. Few labels: the nearest free place is looked for. */
export function placeLabels(wanted: readonly Wanted[]): Placed[] {
  const placed: Placed[] = [];
  for (const label of [...wanted].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const tries = offsets.map(([dx, dy]) => boxOf(label, dx * step, dy * step));
    placed.push(tries.find((box) => placed.every((other) => !touches(box, other))) ?? (tries[0] as Placed));
  }
  return placed;
}

const boxOf = ({ key, x, y, width, height }: Wanted, dx: number, dy: number): Placed => ({
  key,
  left: x - width / 2 + dx,
  top: y - height / 2 + dy,
  width,
  height,
});

export const touches = (a: Placed, b: Placed): boolean =>
  a.left < b.left + b.width + gap &&
  b.left < a.left + a.width + gap &&
  a.top < b.top + b.height + gap &&
  b.top < a.top + a.height + gap;

const span = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
/** All steps round a place, nearest first. */
const offsets: readonly (readonly [number, number])[] = span
  .flatMap((dx) => span.map((dy) => [dx, dy] as const))
  .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
