import { type GeoJSONSource, Map as MapLibre, type MapOptions, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { bringsFaces, facesKnown } from "../theme/fonts.ts";
import { townshipsUrl } from "./style/data.ts";
import { type Towns, townMiddles } from "./style/town-middle.ts";
import { installImages } from "./symbols/images.ts";

setWorkerUrl(workerUrl);

/**
 * Loads the self-hosted faces for some text before the map rasterises it: MapLibre keeps the glyph it drew first,
 * which would be a fallback font's while a unicode-range subset is still on its way. `water` is what is written in
 * the serif face. Never rejects.
 */
export async function loadMapFonts(text: string, water = ""): Promise<void> {
  await facesKnown;
  if (!bringsFaces)
    return void (await document.fonts.load('600 24px "Barlow Semi Condensed"').catch(() => []));
  const faces = ["400 24px", "500 24px", "700 24px"].map((face) => `${face} "Noto Sans SC Variable"`);
  const loads = [...faces, '600 24px "Barlow Semi Condensed"'].map((face) => document.fonts.load(face, text));
  const serif = water === "" ? [] : [document.fonts.load('600 24px "Noto Serif SC Variable"', water)];
  await Promise.allSettled([...loads, ...serif]);
}

/** A town whose label point is off screen or under a panel is named at the middle of what is seen of it. */
function installTownNames(map: MapLibre): void {
  let towns: Towns | null = null;
  const write = () => {
    const source = map.getSource<GeoJSONSource>("town-middle");
    if (!towns || !source) return;
    const { clientWidth, clientHeight } = map.getContainer();
    const { left = 0, right = 0, top = 0, bottom = 0 } = map.getPadding();
    const southWest = map.unproject([left, clientHeight - bottom]);
    const northEast = map.unproject([clientWidth - right, top]);
    source.setData(townMiddles(towns, [southWest.lng, southWest.lat, northEast.lng, northEast.lat]));
  };
  map.on("moveend", write);
  map.once("load", async () => {
    // Without the towns the map only lacks these names: no reason to disturb anyone.
    towns = await fetch(townshipsUrl).then(
      (reply) => (reply.ok ? (reply.json() as Promise<Towns>) : null),
      () => null,
    );
    write();
  });
}

function drawn(options: MapOptions): MapLibre | null {
  try {
    return new MapLibre({
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: 120,
      ...options,
    });
  } catch (error) {
    if (document.createElement("canvas").getContext("webgl2")) throw error;
    return null;
  }
}

/**
 * A map that draws our generated images. North stays up and the sheet stays flat: it is a 挂图. `null` where the browser cannot
 * draw one (no WebGL2: remote desktops, hardware acceleration switched off).
 */
export function createMap(options: MapOptions): MapLibre | null {
  const map = drawn(options);
  if (!map) return null;
  installImages(map);
  installTownNames(map);
  return map;
}
