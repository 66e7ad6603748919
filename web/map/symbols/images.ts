import type { Map as MapLibre, StyleImageMetadata } from "maplibre-gl";
import { type Light, lights } from "#data/domain/light.ts";
import { colorsOf, symbolSizes, type Theme, tokens } from "../../theme/tokens.ts";
import { parseImageId } from "./ids.ts";
import { haloColor, markBox, markPaint, markShapes, type Shape } from "./marks.ts";

/** Twice the CSS size on every screen: at ratio 1 the halving gives each pixel four samples. */
const ratio = 2;

interface DrawnImage {
  readonly image: ImageData;
  readonly options: Partial<StyleImageMetadata>;
}

type Canvas2d = CanvasRenderingContext2D;

function canvas(width: number, height: number): Canvas2d {
  const element = document.createElement("canvas");
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  const context = element.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("canvas 2D is not available");
  context.scale(ratio, ratio);
  return context;
}

const finish = (context: Canvas2d, options: Partial<StyleImageMetadata> = {}): DrawnImage => ({
  image: context.getImageData(0, 0, context.canvas.width, context.canvas.height),
  options: { pixelRatio: ratio, ...options },
});

/** Paints shapes round the origin of the context. */
function paintShapes(context: Canvas2d, shapes: readonly Shape[]): void {
  for (const { d, fill, stroke, width = 1, dash = [], place } of shapes) {
    context.save();
    if (place) {
      context.translate(place.x, place.y);
      context.scale(place.scale, place.scale);
    }
    const path = new Path2D(d);
    if (fill && fill !== "none") {
      context.fillStyle = fill;
      context.fill(path);
    }
    if (stroke && stroke !== "none") {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.lineJoin = "round";
      context.lineCap = dash.length > 0 ? "butt" : "round";
      context.setLineDash([...dash]);
      context.stroke(path);
    }
    context.restore();
  }
}

function mark(shapes: readonly Shape[], size: number): DrawnImage {
  const box = markBox(size);
  const context = canvas(box, box);
  context.translate(box / 2, box / 2);
  paintShapes(context, shapes);
  return finish(context);
}

/** Seamless tiles; sides are whole pixels next to pitch × √2 (design tokens `areaPattern`). */
function pattern(light: Light, theme: Theme): DrawnImage {
  const { fill } = colorsOf(theme).state[light];
  const side = { done: 8, normal: 8, warn: 13, late: 10, none: 8 }[light];
  const ground = { done: 0.16, normal: 0.16, warn: 0.24, late: 0.18, none: 0 }[light];
  const context = canvas(side, side);
  context.globalAlpha = ground;
  context.fillStyle = fill;
  context.fillRect(0, 0, side, side);
  context.globalAlpha = light === "late" ? 0.72 : 0.85;
  context.strokeStyle = fill;
  context.beginPath();
  const stripes = (direction: 1 | -1) => {
    for (const offset of [-side, 0, side]) {
      context.moveTo(offset - 2, direction === 1 ? side + 2 : -2);
      context.lineTo(offset + side + 2, direction === 1 ? -2 : side + 2);
    }
  };
  if (light === "normal") {
    context.arc(side / 2, side / 2, 1.05, 0, 2 * Math.PI);
    context.fill();
  }
  if (light === "warn" || light === "late") {
    context.lineWidth = light === "warn" ? 2 : 1.3;
    stripes(1);
    if (light === "late") stripes(-1);
    context.stroke();
  }
  return finish(context);
}

/** White disc with a 5 px ring, split by light in sort order clockwise from 12. 未开始 stays hollow. */
function cluster(shares: readonly number[], px: number, theme: Theme): DrawnImage {
  const { ring } = tokens.map.cluster;
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  const edge = 2;
  const box = px + 2 * edge;
  const context = canvas(box, box);
  context.translate(box / 2, box / 2);
  context.fillStyle = haloColor(theme);
  context.beginPath();
  context.arc(0, 0, px / 2 + 1, 0, 2 * Math.PI);
  context.fill();
  const radius = px / 2 - ring / 2 - 1;
  const parts = shares.filter((share) => share > 0).length;
  let from = -Math.PI / 2;
  lights.forEach((light, i) => {
    const share = shares[i] ?? 0;
    if (share === 0) return;
    const to = from + (share / total) * 2 * Math.PI;
    const slit = parts > 1 ? 0.6 / radius : 0;
    context.strokeStyle = colorsOf(theme).state[light].fill;
    context.beginPath();
    if (light === "none") {
      context.lineWidth = 1;
      context.arc(0, 0, radius + ring / 2 - 0.5, from + slit, to - slit);
      if (parts === 1) context.moveTo(0, -radius + ring / 2 - 0.5);
      context.arc(0, 0, radius - ring / 2 + 0.5, to - slit, from + slit, true);
      if (parts > 1) context.closePath();
    } else {
      context.lineWidth = ring;
      context.arc(0, 0, radius, from + slit, to - slit);
    }
    context.stroke();
    from = to;
  });
  return finish(context);
}

/** A paper tag that stretches to its text. */
function shield(theme: Theme): DrawnImage {
  const { map } = colorsOf(theme);
  const context = canvas(20, 16);
  context.fillStyle = map.shieldBg;
  context.strokeStyle = map.shieldLine;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(1, 1, 18, 14, 3.5);
  context.fill();
  context.stroke();
  return finish(context, { stretchX: [[12, 28]], stretchY: [[12, 20]], content: [4, 4, 36, 28] });
}

function landmark(theme: Theme): DrawnImage {
  const { map } = colorsOf(theme);
  const context = canvas(8, 8);
  context.fillStyle = map.halo;
  context.fillRect(1, 1, 6, 6);
  context.fillStyle = map.labelRoad;
  context.fillRect(2, 2, 4, 4);
  return finish(context);
}

/** Draws the image a name asks for; `null` when the name is none of ours. */
function drawImage(id: string): DrawnImage | null {
  const image = parseImageId(id);
  if (!image) return null;
  const { theme } = image;
  switch (image.kind) {
    case "sym": {
      const size = symbolSizes[image.size];
      const glyph = image.size === "dot" ? undefined : image.glyph;
      return mark(markShapes(image.light, size, markPaint(image.light, theme), glyph), size);
    }
    case "pat":
      return pattern(image.light, theme);
    case "clu":
      return cluster(image.shares, image.px, theme);
    case "mark":
      return image.name === "shield" ? shield(theme) : landmark(theme);
  }
}

/** Draws images when the map first needs them: nothing is made for layers nobody opens. */
export function installImages(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    const drawn = map.hasImage(id) ? null : drawImage(id);
    if (drawn) map.addImage(id, drawn.image, drawn.options);
  });
}
