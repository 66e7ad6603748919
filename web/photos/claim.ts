import type { Claim } from "../outbox/entry.ts";

/** A file made this shortly before it was picked comes from the camera that picked it. */
const freshMilliseconds = 5 * 60_000;
const positionPatience = 8_000;

/** Whether the picture was taken just now, as far as its file tells. */
export const isFresh = (lastModified: number, now: number): boolean =>
  now - lastModified >= -60_000 && now - lastModified < freshMilliseconds;

/**
 * What this device can say where the file is silent: phone browsers often take the position out. Only for a picture taken just
 * now: for an older one, where the device is says nothing. Asked when it is picked, for it may be sent hours later elsewhere.
 * `skew` (server − device, ms) puts the device's clock right.
 */
export async function claimOf(file: File, now: number, skew: number): Promise<Claim> {
  if (!isFresh(file.lastModified, now) || !matchMedia("(pointer: coarse)").matches) return {};
  const position = await whereAmI();
  return { takenAt: new Date(file.lastModified + skew).toISOString(), ...(position ? { position } : {}) };
}

/** Null when the person or the device will not say. */
const whereAmI = (): Promise<readonly [number, number] | null> =>
  new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve([coords.longitude, coords.latitude]),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: positionPatience, maximumAge: 60_000 },
    );
  });
