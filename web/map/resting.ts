import type { Map as MapLibre } from "maplibre-gl";

/** A finger that stays this long within this many px rests. */
const restMs = 550;
const restPx = 8;

/** Where a finger rests: longitude and latitude, and px of the map. */
export interface Held {
  readonly at: readonly [number, number];
  readonly x: number;
  readonly y: number;
}

/** Tells when one finger rests on the map, and with `null` when it touches anew or the map moves: not every phone does so by itself. */
export function listenToRest(map: MapLibre, tell: (held: Held | null) => void): void {
  let timer = 0;
  let from = { x: 0, y: 0 };
  const stop = () => window.clearTimeout(timer);
  map.on("touchstart", ({ points, point, lngLat }) => {
    stop();
    tell(null);
    if (points.length > 1) return;
    from = point;
    timer = window.setTimeout(() => tell({ at: [lngLat.lng, lngLat.lat], x: point.x, y: point.y }), restMs);
  });
  map.on("touchmove", ({ point }) => {
    if (Math.hypot(point.x - from.x, point.y - from.y) > restPx) stop();
  });
  map.on("touchend", stop);
  map.on("touchcancel", stop);
  map.on("movestart", () => tell(null));
}
