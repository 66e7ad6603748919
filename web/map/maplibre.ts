import { Map as MapLibre, type MapOptions, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { installImages } from "./symbols/images.ts";

setWorkerUrl(workerUrl);

/**
 * Loads the self-hosted faces for some text before the map rasterises it: MapLibre keeps the glyph it drew first,
 * which would be a fallback font's while a unicode-range subset is still on its way. Never rejects.
 */
export async function loadMapFonts(text: string): Promise<void> {
  const faces = ["400 24px", "500 24px", "700 24px"].map((face) => `${face} "Noto Sans SC Variable"`);
  const all = [...faces, '600 24px "Noto Serif SC Variable"', '600 24px "Barlow Semi Condensed"'];
  await Promise.allSettled(all.map((face) => document.fonts.load(face, text)));
}

/** A map that draws our generated images. North stays up and the sheet stays flat: it is a 挂图. */
export function createMap(options: MapOptions): MapLibre {
  const map = new MapLibre({
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    fadeDuration: 120,
    ...options,
  });
  installImages(map);
  return map;
}
