import type { Parts, Shape } from "#data/domain/paths.ts";
import type { Pixel, Projection } from "../projection.ts";

/** Parts on the screen: projected once a frame, for all that is drawn of them. */
export type PixelParts = readonly (readonly (readonly Pixel[])[])[];

type Project = Projection["project"];

export const pixelsOf = (parts: Parts, project: Project): PixelParts =>
  parts.map((part) => part.map((path) => path.map(project)));

/** Sides of a generous frame round any screen that a pixel lies beyond, as bits. */
const beyond = ([x, y]: Pixel): number =>
  (x < -200 ? 1 : x > 8000 ? 2 : 0) | (y < -200 ? 4 : y > 5000 ? 8 : 0);

/** Nearer than this to the last drawn vertex nobody sees another. */
const seenPx = 0.75;

/** What of a path can be seen: far vertices on one side and those within a pixel are left out of the drawing. */
export function lineOf(pixels: readonly Pixel[]): string {
  let d = "";
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (const [i, pixel] of pixels.entries()) {
    const [x, y] = pixel;
    const inner = i > 0 && i < pixels.length - 1;
    if (inner && Math.abs(x - lastX) < seenPx && Math.abs(y - lastY) < seenPx) continue;
    if (inner && beyond(pixel) & beyond(pixels[i - 1]!) & beyond(pixels[i + 1]!)) continue;
    d += `${d === "" ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    [lastX, lastY] = [x, y];
  }
  return d;
}

export const pathOf = (shape: Shape, parts: PixelParts): string =>
  parts
    .flat()
    .map((path) => lineOf(path) + (shape === "Polygon" ? "Z" : ""))
    .join("");

/** An edge with the index of the vertex it starts at; an area's last one closes the ring. */
export interface Edge {
  readonly part: number;
  readonly ring: number;
  readonly index: number;
  readonly a: Pixel;
  readonly b: Pixel;
}

/** Edges at least so long on the screen. */
export function longEdges(shape: Shape, parts: PixelParts, leastPx: number): Edge[] {
  const found: Edge[] = [];
  for (const [part, rings] of parts.entries())
    for (const [ring, path] of rings.entries()) {
      const count = shape === "Polygon" ? path.length : path.length - 1;
      for (let index = 0; index < count; index++) {
        const [a, b] = [path[index]!, path[(index + 1) % path.length]!];
        if (Math.hypot(b[0] - a[0], b[1] - a[1]) >= leastPx) found.push({ part, ring, index, a, b });
      }
    }
  return found;
}

export const inView = ([x, y]: Pixel, { width, height }: Pick<Projection, "width" | "height">) =>
  x > -20 && y > -20 && x < width + 20 && y < height + 20;
