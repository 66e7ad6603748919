import raw from "./tokens.json";

/** `tokens.json` is the one source of every colour, size and duration; this module only types it. */
export const tokens = raw;

export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

export type WidthId = keyof typeof raw.map.widths;
export type SymbolSize = keyof typeof symbolSizes;

/** All colours of one theme: `colorsOf("dark").map.water`. */
export const colorsOf = (theme: Theme) => raw.color[theme];

/** Size classes of the map marks in CSS px (design brief §3): dot below z11.5, small to z13, normal, large from z15. */
export const symbolSizes = {
  dot: raw.map.symbol.dot.size,
  small: raw.map.symbol.small.size,
  normal: raw.map.symbol.normal.size,
  large: raw.map.symbol.large.size,
} as const;

/** `[zoom, px]` stops of a map width. */
export const widthStops = (id: WidthId): [zoom: number, px: number][] =>
  raw.map.widths[id].map(([zoom = 0, px = 0]) => [zoom, px]);
