import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

/** `31/1 6/1 36/1`, as EXIF writes an angle. */
function angle(degrees: number): string {
  const whole = Math.floor(degrees);
  const minutes = Math.floor((degrees - whole) * 60);
  const seconds = Math.round(((degrees - whole) * 60 - minutes) * 60 * 10_000);
  return `${whole}/1 ${minutes}/1 ${seconds}/10000`;
}

interface Shot {
  readonly format?: "jpeg" | "png" | "webp";
  readonly width?: number;
  readonly height?: number;
  /** Two shots of different colours are different pictures. */
  readonly colour?: string;
  readonly takenAt?: string;
  readonly position?: readonly [number, number];
  /** EXIF orientation, 1 to 8. */
  readonly orientation?: number;
}

/** A picture as a phone makes it: red in its upper left quarter. */
export function shot({
  format = "jpeg",
  width = 400,
  height = 300,
  colour = "#77aa99",
  takenAt,
  position,
  orientation = 1,
}: Shot = {}): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${colour}"/><rect width="50%" height="50%" fill="#cc0000"/></svg>`;
  return sharp(Buffer.from(drawing))
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Make: "Phone" },
      ...(takenAt ? { IFD2: { DateTimeOriginal: takenAt } } : {}),
      ...(position
        ? {
            IFD3: {
              GPSLatitudeRef: "N",
              GPSLatitude: angle(position[1]),
              GPSLongitudeRef: "E",
              GPSLongitude: angle(position[0]),
            },
          }
        : {}),
    })
    .toFormat(format)
    .toBuffer();
}

/** A HEIC file (320 × 240, taken 2025-08-29 10:20:30 at 121.05, 31.11), made with heif-enc. */
export const heicShot = (): Buffer => readFileSync(path.resolve("tests/support/files/phone.heic"));
