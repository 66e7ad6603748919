import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { create, type Font } from "fontkit";

/** A line of text as outlines, in units of the font's em (1000). */
export interface Lettering {
  /** SVG path groups, baseline at 0, y downwards. */
  readonly svg: string;
  readonly width: number;
}

const em = 1000;
const fontPackage = "@fontsource-variable/noto-sans-sc/package.json";

/**
 * Chinese text without any font of the machine: outlines of the web font that is installed with the product. (The picture
 * library cannot read WOFF2, and a bare server has no Chinese font.) The file's default instance is the thinnest one: whoever
 * draws it gives it a stroke.
 */
export async function lettering(text: string): Promise<Lettering> {
  let width = 0;
  const parts: string[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const font = await fontOf(code);
    const glyph = font?.glyphForCodePoint(code);
    const outline = glyph?.path.toSVG();
    if (outline) parts.push(`<path transform="translate(${width} 0) scale(1 -1)" d="${outline}"/>`);
    width += glyph?.advanceWidth ?? em / 2;
  }
  return { svg: parts.join(""), width };
}

interface Piece {
  readonly file: string;
  readonly ranges: readonly (readonly [number, number])[];
}

let pieces: Promise<readonly Piece[]> | undefined;
const fonts = new Map<string, Promise<Font>>();

/** The font is cut into a hundred pieces by characters; those that were needed stay open. */
async function fontOf(code: number): Promise<Font | undefined> {
  pieces ??= readPieces();
  const piece = (await pieces).find(({ ranges }) => ranges.some(([from, to]) => from <= code && code <= to));
  if (!piece) return undefined;
  const open = fonts.get(piece.file) ?? readFile(piece.file).then((bytes) => create(bytes) as Font);
  fonts.set(piece.file, open);
  return open;
}

async function readPieces(): Promise<readonly Piece[]> {
  const folder = path.dirname(createRequire(import.meta.url).resolve(fontPackage));
  const table = JSON.parse(await readFile(path.join(folder, "unicode.json"), "utf8")) as Record<
    string,
    string
  >;
  return Object.entries(table).map(([name, ranges]) => ({
    file: path.join(folder, "files", `noto-sans-sc-${name.replace(/[[\]]/g, "")}-wght-normal.woff2`),
    ranges: ranges.split(",").map((range) => {
      const [from = "0", to = from] = range.trim().replace(/^U\+/i, "").split("-");
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    }),
  }));
}
