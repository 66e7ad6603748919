import { useMemo } from "react";
import type { Shape } from "#data/domain/paths.ts";
import type { VertexAt } from "../document.ts";
import type { Grip } from "../gestures.ts";
import type { Pixel, Projection } from "../projection.ts";
import { useEditor } from "../store.ts";
import { PointMark, Square } from "./marks.tsx";
import { inView, longEdges, type PixelParts } from "./paths.ts";

interface Props {
  readonly shape: Shape;
  readonly pixels: PixelParts;
  readonly projection: Projection;
  readonly editable: boolean;
  grip(grip: Grip): Record<string, unknown>;
}

interface Vertex {
  readonly at: VertexAt;
  readonly pixel: Pixel;
}

/** More vertices than this in view are not offered at once: some, and all those near the pointer. */
const mostHandles = 260;
const sampled = 120;
/** All vertices this near the pointer are offered, px, nearest first. */
const nearPx = 90;
const mostNear = 60;

/** Squares to drag vertices by, and round ones in the middle of edges that make new ones. */
export function Handles({ shape, pixels, projection, grip, editable }: Props) {
  const selected = useEditor((s) => s.selected);
  const seen = useMemo(() => countInView(pixels, projection), [pixels, projection]);
  const crowded = seen > mostHandles;
  const pointer = useEditor((s) => (crowded ? s.pointer : null));
  const shown = useMemo(
    () =>
      crowded
        ? offered(pixels, projection, seen, selected, pointer && projection.project(pointer))
        : offered(pixels, projection, 1, null, null),
    [crowded, pixels, projection, seen, selected, pointer],
  );
  const middles = useMemo(
    () => (shape === "Point" || !editable || crowded ? [] : middlesOf(shape, pixels, projection)),
    [shape, editable, crowded, pixels, projection],
  );
  return (
    <>
      {crowded && (
        <text className="edit-length" x={projection.width / 2} y={96}>
          这里有 {seen} 个顶点，指到哪里显示哪里的；放大后全部显示
        </text>
      )}
      {middles.map(({ at, pixel: [x, y] }) => (
        <g key={`m${at.part}/${at.ring}/${at.index}`} className="edit-grip" {...grip({ kind: "middle", at })}>
          <circle className="edit-hit" cx={x} cy={y} r={11} />
          <circle className="edit-middle" cx={x} cy={y} r={3.5} />
        </g>
      ))}
      {shown.map(({ at, pixel: [x, y] }) => (
        // biome-ignore lint/a11y/useSemanticElements: no button inside SVG
        <g
          key={`${at.part}/${at.ring}/${at.index}`}
          className={editable ? "edit-grip" : "edit-inert"}
          role="button"
          tabIndex={editable ? 0 : -1}
          aria-label={
            shape === "Point" ? "点位，方向键移动" : `顶点 ${at.index + 1}，方向键移动，Delete 删除`
          }
          onFocus={() => useEditor.getState().put({ selected: at })}
          {...(editable ? grip({ kind: "vertex", at }) : {})}
        >
          <circle className="edit-hit edit-hit-vertex" cx={x} cy={y} r={crowded ? 8 : 16} />
          {shape === "Point" ? <PointMark at={[x, y]} /> : <Square x={x} y={y} solid={same(at, selected)} />}
        </g>
      ))}
    </>
  );
}

const same = (a: VertexAt, b: VertexAt | null): boolean =>
  a.part === b?.part && a.ring === b.ring && a.index === b.index;

/** Calls `take` with every vertex in view; an object for each of 10,000 would be made anew with every move of the map. */
function eachInView(
  pixels: PixelParts,
  projection: Projection,
  take: (pixel: Pixel, part: number, ring: number, index: number) => void,
): void {
  for (const [part, rings] of pixels.entries())
    for (const [ring, path] of rings.entries())
      for (let index = 0; index < path.length; index++)
        if (inView(path[index]!, projection)) take(path[index]!, part, ring, index);
}

function countInView(pixels: PixelParts, projection: Projection): number {
  let count = 0;
  eachInView(pixels, projection, () => {
    count++;
  });
  return count;
}

/** Of `count` in view, where they are too many: the chosen one, those round the pointer, and every so-manieth for whoever has no pointer. */
function offered(
  pixels: PixelParts,
  projection: Projection,
  count: number,
  selected: VertexAt | null,
  pointer: Pixel | null,
): readonly Vertex[] {
  const every = Math.ceil(count / sampled);
  const near = pointer ? nearest(pixels, projection, pointer) : null;
  const found: Vertex[] = [];
  let nth = 0;
  eachInView(pixels, projection, (pixel, part, ring, index) => {
    const chosen = selected?.index === index && selected.ring === ring && selected.part === part;
    if (nth++ % every === 0 || chosen || near?.has(pixel)) found.push({ at: { part, ring, index }, pixel });
  });
  return found;
}

/** Those round the pointer, told by their pixels. */
function nearest(pixels: PixelParts, projection: Projection, [x, y]: Pixel): ReadonlySet<Pixel> {
  const near: { readonly pixel: Pixel; readonly far: number }[] = [];
  eachInView(pixels, projection, (pixel) => {
    const far = Math.hypot(pixel[0] - x, pixel[1] - y);
    if (far < nearPx) near.push({ pixel, far });
  });
  near.sort((a, b) => a.far - b.far);
  return new Set(near.slice(0, mostNear).map(({ pixel }) => pixel));
}

/** Middles of edges with room for one. The index is the new vertex's. */
const middlesOf = (shape: Shape, pixels: PixelParts, projection: Projection): readonly Vertex[] =>
  longEdges(shape, pixels, 36)
    .map(({ part, ring, index, a, b }) => ({
      at: { part, ring, index: index + 1 },
      pixel: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const,
    }))
    .filter(({ pixel }) => inView(pixel, projection));
