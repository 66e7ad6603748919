import exifr from "exifr";

export interface Taken {
  readonly takenAt: string | null;
  /** [lon, lat] as the file says; its datum is what the phone wrote. */
  readonly position: readonly [number, number] | null;
}

interface Tags {
  readonly DateTimeOriginal?: unknown;
  readonly OffsetTimeOriginal?: unknown;
  readonly latitude?: unknown;
  readonly longitude?: unknown;
}

const nothing: Taken = { takenAt: null, position: null };

/** Time and place of a raw EXIF block. A broken block is no reason to refuse a photo: it then says nothing. */
export async function takenOf(exif: Buffer | undefined): Promise<Taken> {
  if (!exif) return nothing;
  const named = exif.subarray(0, 6).toString("latin1") === "Exif\0\0";
  try {
    const tags: Tags | undefined = await exifr.parse(named ? exif.subarray(6) : exif, {
      reviveValues: false,
      gps: true,
    });
    return tags ? { takenAt: timeOf(tags), position: positionOf(tags) } : nothing;
  } catch {
    return nothing;
  }
}

/** `2025:08:29 10:20:30` of a camera's own clock: Shanghai unless it names its zone. */
export function timeOf({ DateTimeOriginal, OffsetTimeOriginal }: Tags): string | null {
  const text = typeof DateTimeOriginal === "string" ? DateTimeOriginal : "";
  const [, year, month, day, time] = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text) ?? [];
  if (!year || year < "2000") return null;
  const zone =
    typeof OffsetTimeOriginal === "string" && /^[+-]\d\d:\d\d$/.test(OffsetTimeOriginal)
      ? OffsetTimeOriginal
      : "+08:00";
  const taken = new Date(`${year}-${month}-${day}T${time}${zone}`);
  return Number.isNaN(taken.getTime()) ? null : taken.toISOString();
}

/** Zero, zero is what phones write that do not know. */
export function positionOf({ latitude, longitude }: Tags): readonly [number, number] | null {
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  if (Math.abs(latitude) < 1e-6 && Math.abs(longitude) < 1e-6) return null;
  return [+longitude.toFixed(7), +latitude.toFixed(7)];
}
