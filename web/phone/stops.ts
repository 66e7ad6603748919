/** Heights of the bottom sheet (design brief §4 Phone): peek, half, full minus 44. */
export const stopsOf = (windowHeight: number): readonly [number, number, number] => [
  96,
  Math.min(542, windowHeight - 44),
  windowHeight - 44,
];

/** The stop a released sheet goes to: the next one in the direction of a flick, else the nearest. */
export function settle(height: number, velocity: number, stops: readonly number[]): number {
  const flick = 0.5;
  const nearest = stops.reduce(
    (best, stop, i) => (Math.abs(stop - height) < Math.abs(stops[best]! - height) ? i : best),
    0,
  );
  if (velocity > flick)
    return Math.max(
      nearest,
      stops.findIndex((stop) => stop >= height),
    );
  if (velocity < -flick) {
    const below = stops.filter((stop) => stop <= height).length - 1;
    return Math.max(0, Math.min(nearest, below));
  }
  return nearest;
}
