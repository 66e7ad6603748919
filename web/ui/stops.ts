/** Places in `stopsOf`: peek, half, full. */
export type Stop = 0 | 1 | 2;

/** Heights of the bottom sheet (design brief §4 Phone): peek, half, full minus 44. A low screen's half leaves the map 35 %. */
export function stopsOf(windowHeight: number): readonly [number, number, number] {
  const full = Math.max(96, windowHeight - 44);
  return [96, Math.min(542, Math.round(windowHeight * 0.65), full), full];
}

/** Width of the sheet that stands at the side of a lying phone, px. */
export const sheetSide = 360;

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
