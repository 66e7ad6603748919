import { type PhotoPhase, photoPhases } from "#data/domain/photo.ts";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";

/** What a place is called beside a distance. */
export const placeWord = (layer: LayerDef | undefined): string =>
  layer?.geometry === "Polygon" ? "区域" : layer?.geometry === "LineString" ? "线路" : "点位";

export const pictureOf = (uid: string, size: "thumb" | "full"): string => `/api/photos/${uid}?size=${size}`;

const shortName: Record<PhotoPhase, string> = { before: "前", after: "后" };

const shanghaiDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });

/** `前 08-29`, by when it was taken, else filed. */
export const shortLabel = ({ phase, takenAt, filedAt }: PhotoView): string =>
  `${shortName[phase]} ${shanghaiDay.format(new Date(takenAt ?? filedAt)).slice(5)}`;

/** Of one task, each phase oldest first. */
export function byPhase(photos: readonly PhotoView[], target: number): Record<PhotoPhase, PhotoView[]> {
  const of = (phase: PhotoPhase) => photos.filter((p) => p.target === target && p.phase === phase);
  return { before: of("before"), after: of("after") };
}

/** Sides of which there is no picture yet, in order. */
export const missingOf = (of: Readonly<Record<PhotoPhase, readonly unknown[]>>): PhotoPhase[] =>
  photoPhases.filter((phase) => of[phase].length === 0);

/** The pair a picture opens in: itself and the newest of the other side; null when that side has none. */
export function pairOf(
  of: Readonly<Record<PhotoPhase, readonly PhotoView[]>>,
  uid: string,
): Record<PhotoPhase, PhotoView> | null {
  const chosen = (phase: PhotoPhase) => of[phase].find((photo) => photo.uid === uid) ?? of[phase].at(-1);
  const before = chosen("before");
  const after = chosen("after");
  return before && after ? { before, after } : null;
}
