/** Photos as evidence of a task: which side of the work they show, and whether they were taken at the place. */
export const photoPhases = ["before", "after"] as const;
export type PhotoPhase = (typeof photoPhases)[number];

export const phaseName: Record<PhotoPhase, string> = { before: "整治前", after: "整治后" };

/** Where a position came from: the file, or the device at the moment of sending. */
export type PositionSource = "exif" | "device";

export const photoLimits = {
  bytes: 25 * 1024 * 1024,
  /** Sent in one go. */
  atOnce: 20,
  /** Taken at most this far from the place. */
  nearMetres: 50,
} as const;

interface Taken {
  readonly distanceM: number | null;
  readonly distanceIfGcjM: number | null;
}

export interface PlaceNote {
  /** `datum`: near only if the phone wrote GCJ-02. */
  readonly kind: "near" | "datum" | "far" | "unknown";
  readonly text: string;
}

/** 28 米, 1.3 公里: how far somebody stands from something. */
export const metres = (value: number): string =>
  value < 1000 ? `${Math.round(value)} 米` : `${(value / 1000).toFixed(1)} 公里`;

/** What the distance between a photo and its place (`点位`, `线路`, `区域`) means, and what to do about it. */
export function placeNote({ distanceM, distanceIfGcjM }: Taken, place: string): PlaceNote {
  const { nearMetres } = photoLimits;
  if (distanceM === null)
    return { kind: "unknown", text: "照片里没有位置。手机相机打开定位后重拍，或请核查人现场看。" };
  if (distanceM <= nearMetres)
    return {
      kind: "near",
      text: distanceM < 1 ? `在${place}内拍摄。` : `照片离${place} ${metres(distanceM)}。`,
    };
  const shifted = distanceIfGcjM ?? distanceM;
  if (shifted <= nearMetres)
    return {
      kind: "datum",
      text: `照片离${place} ${metres(distanceM)}；手机记的可能是 GCJ-02，按 GCJ-02 算离${place} ${metres(shifted)}。`,
    };
  // The two datums differ by about half a kilometre: farther away the difference explains nothing.
  const maybe = shifted < distanceM / 2 ? `（可能是 GCJ-02，按此算 ${metres(shifted)}）` : "";
  return {
    kind: "far",
    text: `照片离${place} ${metres(distanceM)}${maybe}，超过 ${nearMetres} 米。到现场重拍，或写明原因请核查人放行。`,
  };
}
