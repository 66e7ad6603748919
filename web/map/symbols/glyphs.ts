import table from "./glyphs.json";

/** Tabler outline icons as path data on a 24 × 24 grid: only those the layers use (`npm run seed:basemap` re-records). */
const glyphs: Readonly<Record<string, string>> = table;

/** Path of a glyph; a plain dot for a name the table lacks, so that a mark never goes missing. */
export const glyphPath = (name: string): string => glyphs[name] ?? "M12 10a2 2 0 1 0 0 4a2 2 0 1 0 0 -4";

export const hasGlyph = (name: string): boolean => Object.hasOwn(glyphs, name);
