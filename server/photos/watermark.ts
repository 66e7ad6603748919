import sharp from "sharp";
import { lettering } from "./lettering.ts";

/** Lines of the mark, first above; at most as wide as the picture. */
export async function watermarked(picture: Buffer, lines: readonly string[]): Promise<Buffer> {
  const image = sharp(picture);
  const { width, height } = await image.metadata();
  const size = Math.max(11, Math.min(width, height) * 0.028);
  const band = await bandOf(lines, width, size);
  if (band.height > height) return picture;
  return image
    .composite([{ input: Buffer.from(band.svg), gravity: "south" }])
    .jpeg({ quality: 84 })
    .toBuffer();
}

/** A dark band along the lower edge with light letters: readable on sky and on asphalt. */
async function bandOf(lines: readonly string[], width: number, size: number) {
  const pad = size * 0.6;
  const step = size * 1.45;
  const drawn = await Promise.all(lines.map(lettering));
  const height = Math.ceil(step * drawn.length + pad);
  const rows = drawn.map((line, i) => {
    const scale = Math.min(size / 1000, (width - 2 * pad) / line.width);
    return `<g transform="translate(${pad} ${pad / 2 + step * i + size}) scale(${scale})">${line.svg}</g>`;
  });
  return {
    height,
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<rect width="100%" height="100%" fill="black" fill-opacity="0.5"/>` +
      `<g fill="white" stroke="white" stroke-width="34" stroke-linejoin="round">${rows.join("")}</g></svg>`,
  };
}
