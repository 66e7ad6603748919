import type { Feature, FeatureCollection } from "geojson";
import { create } from "zustand";

/** Where the device says it is: WGS84, as browsers tell it. */
export type Here =
  | { readonly kind: "off" }
  | { readonly kind: "asking" }
  | { readonly kind: "known"; readonly at: readonly [number, number]; readonly accuracyM: number }
  /** The person said no. */
  | { readonly kind: "refused" }
  /** The device cannot tell: no receiver, no sky, or no https. */
  | { readonly kind: "unavailable" };

export const useHere = create<{ readonly here: Here }>()(() => ({ here: { kind: "off" } }));

let watch: number | null = null;

/** Begins to follow the device; the browser asks the person the first time, so only a tap may call it. */
export function followHere(): void {
  if (!navigator.geolocation) {
    useHere.setState({ here: { kind: "unavailable" } });
    return;
  }
  if (watch !== null) return;
  if (useHere.getState().here.kind !== "known") useHere.setState({ here: { kind: "asking" } });
  watch = navigator.geolocation.watchPosition(
    ({ coords }) =>
      useHere.setState({
        here: { kind: "known", at: [coords.longitude, coords.latitude], accuracyM: coords.accuracy },
      }),
    ({ code, PERMISSION_DENIED }) => {
      // What is known stays: under a roof the next position takes its time.
      if (code === PERMISSION_DENIED || useHere.getState().here.kind !== "known")
        useHere.setState({ here: { kind: code === PERMISSION_DENIED ? "refused" : "unavailable" } });
      if (code === PERMISSION_DENIED) leaveHere();
    },
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: 20_000 },
  );
}

/** Follows without a question where the person has said yes before. */
export async function followIfAllowed(): Promise<void> {
  const said = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (said?.state === "granted") followHere();
}

/** The receiver costs battery: nobody looks, nobody asks. */
export function leaveHere(): void {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  watch = null;
}

const corners = 48;

/** The place itself and the ring it may be in, for the map. */
export function hereFeatures(here: Here): FeatureCollection {
  if (here.kind !== "known") return { type: "FeatureCollection", features: [] };
  const [lon, lat] = here.at;
  const [dy, dx] = [here.accuracyM / 111_320, here.accuracyM / (111_320 * Math.cos((lat * Math.PI) / 180))];
  const ring = Array.from({ length: corners + 1 }, (_, i) => {
    const turn = (2 * Math.PI * i) / corners;
    return [lon + dx * Math.cos(turn), lat + dy * Math.sin(turn)];
  });
  const dot: Feature = {
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: [lon, lat] },
  };
  const round: Feature = {
    type: "Feature",
    properties: {},
    geometry: { type: "Polygon", coordinates: [ring] },
  };
  return { type: "FeatureCollection", features: [round, dot] };
}
