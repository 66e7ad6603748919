import type { ExpressionSpecification } from "maplibre-gl";
import { type WidthId, widthStops } from "../../theme/tokens.ts";

/** A width of the tokens as an expression over zoom; `px` maps each stop (casing, share of the width). */
export function widthOf(id: WidthId, px: (width: number) => number | ExpressionSpecification = (w) => w) {
  return byZoom(widthStops(id).map(([zoom, width]) => [zoom, px(width)]));
}

/** Linear between `[zoom, value]` stops. */
export function byZoom(
  stops: readonly (readonly [number, number | ExpressionSpecification])[],
): ExpressionSpecification {
  const [first, ...rest] = stops.flat();
  return ["interpolate", ["linear"], ["zoom"], first as number, ...rest] as ExpressionSpecification;
}

/** A width that differs by road class: `road` against motorway and elevated. */
export function roadWidth(px: (width: number) => number): ExpressionSpecification {
  const motorway = new Map(widthStops("motorway"));
  return byZoom(
    widthStops("road").map(([zoom, width]) => [
      zoom,
      [
        "match",
        ["get", "class"],
        "road",
        px(width),
        px(motorway.get(zoom) ?? width),
      ] as ExpressionSpecification,
    ]),
  );
}

/**
 * Local fonts, no glyph server. MapLibre reads the weight from the first name of a stack, which therefore is only a
 * weight; the browser skips it as an unknown family.
 */
const text = ["Noto Sans SC Variable", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei"];
const serif = [
  "Noto Serif SC Variable",
  "Noto Serif SC",
  "Noto Serif CJK SC",
  "Songti SC",
  "SimSun",
  "serif",
];
export const fonts = {
  text: ["Regular", ...text],
  medium: ["Medium", ...text],
  bold: ["Bold", ...text],
  water: ["Semibold", ...serif],
  figure: ["Semibold", "Barlow Semi Condensed", ...text],
};
