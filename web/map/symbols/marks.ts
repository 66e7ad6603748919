import type { Light } from "#data/domain/light.ts";
import { colorsOf, type Theme, tokens } from "../../theme/tokens.ts";
import { glyphPath } from "./glyphs.ts";

/** One painted path, centred on 0,0, in CSS px. Canvas and SVG draw the same list. */
export interface Shape {
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Scale about the origin first, then move. */
  readonly place?: { readonly scale: number; readonly x: number; readonly y: number };
}

/** Colours of a mark: hex on the map, `var(--…)` in React. */
export interface MarkPaint {
  readonly fill: string;
  readonly edge: string;
  readonly onFill: string;
  /** Also the inside of the hollow marks. */
  readonly halo: string;
}

/** White on light, the outside colour on dark (design brief §3, point symbols). */
export const haloColor = (theme: Theme): string =>
  theme === "light" ? colorsOf(theme).ui.bg : colorsOf(theme).map.outside;

export function markPaint(light: Light, theme: Theme): MarkPaint {
  const { fill, edge, onFill } = colorsOf(theme).state[light];
  return { fill, edge, onFill, halo: haloColor(theme) };
}

export const cssPaint = (light: Light): MarkPaint => ({
  fill: `var(--state-${light}-fill)`,
  edge: `var(--state-${light}-edge)`,
  onFill: `var(--state-${light}-on-fill)`,
  halo: "var(--ui-bg)",
});

const haloWidth = (size: number): number =>
  Math.max(size * tokens.map.symbol.halo, tokens.map.symbol.minHalo);

/** Side of the square that holds a mark with its halo, badge and the larger triangle. */
export const markBox = (size: number): number => Math.ceil(size * 1.42 + 2 * haloWidth(size));

const circle = (r: number, x = 0, y = 0) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

function square(side: number): string {
  const h = side / 2;
  const r = side * 0.1;
  const s = side - 2 * r;
  const corner = (x: number, y: number) => `a${r} ${r} 0 0 1 ${x * r} ${y * r}`;
  return `M${-h + r} ${-h}h${s}${corner(1, 1)}v${s}${corner(-1, 1)}h${-s}${corner(-1, -1)}v${-s}${corner(1, -1)}Z`;
}

/** Wider than its size: a triangle needs it to look as large as a disc. */
const triangle = (size: number) => `M0 ${-size * 0.68}L${size * 0.68} ${size * 0.48}H${-size * 0.68}Z`;

const outline: Record<Light, (size: number) => string> = {
  done: (size) => circle(size / 2),
  normal: (size) => circle(size / 2),
  warn: triangle,
  late: square,
  none: (size) => circle(size / 2),
};

const glyphShare: Record<Light, number> = { done: 0.56, normal: 0.6, warn: 0.52, late: 0.62, none: 0.54 };

/** Shape says state, glyph says layer, colour repeats it. Without `glyph` (dots, lists) only the silhouette is drawn. */
export function markShapes(light: Light, size: number, paint: MarkPaint, glyph?: string): Shape[] {
  const ring = Math.max(size * 0.075, 1.5);
  const d = outline[light](size);
  const halo = { d, fill: paint.halo, stroke: paint.halo, width: 2 * haloWidth(size) };
  const inner = outline[light](size - ring);
  const body: Record<Light, Shape> = {
    done: { d: inner, fill: paint.halo, stroke: paint.fill, width: ring },
    normal: { d, fill: paint.fill },
    warn: { d, fill: paint.fill, stroke: paint.edge, width: Math.max(size * 0.05, 1) },
    late: { d, fill: paint.fill },
    none: {
      d: inner,
      fill: paint.halo,
      stroke: paint.fill,
      width: ring * 0.9,
      ...(glyph ? { dash: [size * 0.125, size * 0.105] } : {}),
    },
  };
  const shapes: Shape[] = [halo, body[light]];
  if (glyph) shapes.push(glyphShape(glyph, light, size, paint));
  if (glyph && light === "done" && size >= 18) shapes.push(...badge(size, paint));
  return shapes;
}

function glyphShape(glyph: string, light: Light, size: number, paint: MarkPaint): Shape {
  const scale = (size * glyphShare[light]) / 24;
  const hollow = light === "done" || light === "none";
  const y = light === "warn" ? size * 0.13 : 0;
  // 1.75 strokes of the 24 grid, never thinner than 1.1 px on the screen.
  const width = Math.max(1.75, 1.1 / scale);
  return {
    d: glyphPath(glyph),
    stroke: hollow ? paint.fill : paint.onFill,
    width,
    place: { scale, x: -12 * scale, y: y - 12 * scale },
  };
}

/** 完成 carries a small filled disc with a tick at the lower right. */
function badge(size: number, paint: MarkPaint): Shape[] {
  const r = size * 0.21;
  const at = size * 0.37;
  return [
    { d: circle(r + 1.2, at, at), fill: paint.halo },
    { d: circle(r, at, at), fill: paint.fill },
    tick(r, at, paint.onFill),
  ];
}

const tick = (r: number, at: number, stroke: string): Shape => ({
  d: "M-0.5 0.02L-0.13 0.4L0.52 -0.36",
  stroke,
  width: 0.3,
  place: { scale: r, x: at, y: at },
});

/** ✓ ● ▲ ■ ○ of lists and legends: the tick stands alone, without its ring. */
export function listShapes(light: Light, size: number, paint: MarkPaint): Shape[] {
  const s = size * 0.78;
  if (light === "done") {
    return [
      {
        d: "M-0.4 0.02L-0.12 0.3L0.42 -0.3",
        stroke: paint.fill,
        width: 0.17,
        place: { scale: size, x: 0, y: 0 },
      },
    ];
  }
  return markShapes(light, light === "warn" ? s * 0.85 : s, { ...paint, halo: "none" }).slice(1);
}
