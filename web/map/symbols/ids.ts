import { type Light, lights } from "#data/domain/light.ts";
import { type SymbolSize, symbolSizes, type Theme, themes } from "../../theme/tokens.ts";

/**
 * The names of generated images. The theme is part of the name: a theme switch keeps the images of the other one.
 *
 * - `sym:{glyph}:{light}:{size}:{theme}` a mark; size is dot, small, normal or large; a dot has no glyph
 * - `pat:{light}:{theme}` the pattern of an area
 * - `clu:{late},{warn},{normal},{none},{done}:{px}:{theme}` a cluster's ring in shares; the number is text
 * - `mark:{shield|landmark}:{theme}` base map furniture
 */
export type ImageId =
  | { kind: "sym"; glyph: string; light: Light; size: SymbolSize; theme: Theme }
  | { kind: "pat"; light: Light; theme: Theme }
  | { kind: "clu"; shares: number[]; px: number; theme: Theme }
  | { kind: "mark"; name: "shield" | "landmark"; theme: Theme };

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((candidate) => candidate === value);

/** Reads an image name; `null` when it is none of ours. */
export function parseImageId(id: string): ImageId | null {
  const parts = id.split(":");
  const theme = oneOf(themes, parts[parts.length - 1]);
  if (!theme) return null;
  const [kind, a = "", b, c] = parts;
  if (kind === "sym") {
    const light = oneOf(lights, b);
    const size = oneOf(Object.keys(symbolSizes) as SymbolSize[], c);
    return light && size ? { kind, glyph: a, light, size, theme } : null;
  }
  if (kind === "pat") {
    const light = oneOf(lights, a);
    return light ? { kind, light, theme } : null;
  }
  if (kind === "clu") {
    const shares = a.split(",").map(Number);
    const px = Number(b);
    const sound = shares.length === lights.length && shares.every((n) => n >= 0) && px >= 16 && px <= 200;
    return sound ? { kind, shares, px, theme } : null;
  }
  const name = oneOf(["shield", "landmark"], a);
  return kind === "mark" && name ? { kind, name, theme } : null;
}

export const symbolId = (glyph: string, light: Light, size: SymbolSize, theme: Theme): string =>
  `sym:${glyph}:${light}:${size}:${theme}`;
export const patternId = (light: Light, theme: Theme): string => `pat:${light}:${theme}`;
export const shareId = (shares: readonly number[], px: number, theme: Theme): string =>
  `clu:${shares.join(",")}:${px}:${theme}`;
