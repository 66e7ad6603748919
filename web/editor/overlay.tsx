import type { Map as MapLibre } from "maplibre-gl";
import { Fragment, type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Parts, type Position, partsOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { distance } from "../map/measure.ts";
import { length } from "../ui/format.ts";
import { AimHint, FaultCallout } from "./callouts.tsx";
import type { Fault } from "./checks.ts";
import { useParts } from "./derived.ts";
import type { VertexAt } from "./document.ts";
import { type Grip, useGestures } from "./gestures.ts";
import { type Pixel, type Projection, useProjection } from "./projection.ts";
import { pick } from "./shaping.ts";
import type { SnapTarget } from "./snap.ts";
import { sketches, useEditor } from "./store.ts";

interface Props {
  readonly map: MapLibre;
  readonly layer: LayerDef;
  readonly targets: readonly SnapTarget[];
  readonly faults: readonly Fault[];
  /** The stored shape when it differs from what is shown: dotted grey. */
  readonly original: Geometry | null;
  readonly editable: boolean;
}

/** More vertices than this in view are not offered one by one: zoom in first. */
const mostHandles = 260;

/** The drawing itself, above the map: violet is mine and not yet saved. */
export function Overlay({ map, layer, targets, faults, original, editable }: Props) {
  const projection = useProjection(map);
  const onPick = usePicking(map, layer);
  const { aim, grip } = useGestures(map, projection, targets, onPick);
  const tool = useEditor((s) => s.tool);
  const drawing = useEditor((s) => s.drawing);
  const proposed = useEditor((s) => s.proposal !== null);
  const pieces = useEditor((s) => s.sketch?.doc.pieces);
  const picked = useEditor((s) => s.picked);
  const parts = useParts();
  const { project, width, height } = projection;
  const shape = layer.geometry;
  const lit = aim?.snapped?.edge;
  const handles = editable && tool === "select" && !proposed;
  const others = [
    ...(pieces ?? []).map((piece) => piece.geometry),
    ...picked.map((each) => each.feature.geometry),
  ];
  const touch = useHeldTouch();
  return (
    <>
      <svg ref={touch} className="edit-overlay" width={width} height={height} aria-label="正在编辑的图形">
        <title>正在编辑的图形</title>
        {original && <path className="edit-original" d={pathOf(shape, partsOf(original), project)} />}
        {shape !== "Point" && parts.length > 0 && tool !== "draw" && (
          <Shape d={pathOf(shape, parts, project)} area={shape === "Polygon"}>
            {editable && tool === "shift" && (
              <path
                className="edit-grip-whole"
                data-area={shape === "Polygon"}
                d={pathOf(shape, parts, project)}
                {...grip({ kind: "whole" })}
              />
            )}
          </Shape>
        )}
        {others.map((geometry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they only come and go at the end
          <path key={i} className="edit-other" d={pathOf(shape, partsOf(geometry), project)} />
        ))}
        {lit && <path className="edit-lit" d={lineOf(lit, project)} />}
        <FaultEdges faults={faults} parts={parts} project={project} />
        {tool !== "draw" && shape !== "Point" && (
          <EdgeLengths shape={shape} parts={parts} projection={projection} />
        )}
        {(handles || shape === "Point") && tool !== "draw" && (
          <Handles
            shape={shape}
            parts={parts}
            projection={projection}
            grip={grip}
            editable={editable}
            still={map.isMoving()}
          />
        )}
        {sketches(tool) && (
          <Drawing
            shape={tool === "split" ? "LineString" : tool === "hole" ? "Polygon" : shape}
            drawing={drawing}
            project={project}
            to={aim?.position ?? null}
          />
        )}
        {aim?.snapped && <SnapRing at={project(aim.snapped.position)} />}
        {faults.map((fault) => fault.at && <FaultMark key={fault.title} at={project(fault.at)} />)}
      </svg>
      <FaultCallout fault={faults[0]} projection={projection} />
      <AimHint aim={aim} projection={projection} />
    </>
  );
}

/** Another place of the same layer under the pointer, for merging. */
function usePicking(map: MapLibre, layer: LayerDef) {
  return useCallback(
    ([x, y]: Pixel) => {
      const reach = 8;
      const box: [[number, number], [number, number]] = [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ];
      const own = useEditor.getState().view?.feature.id;
      const hit = map
        .queryRenderedFeatures(box)
        .find((feature) => feature.source === layer.id && Number(feature.id) !== own);
      if (hit) void pick(Number(hit.id));
      else useEditor.setState({ hint: "这里没有同图层的别的图形" });
    },
    [map, layer],
  );
}

/** A finger on a grip drags it; without this the browser takes the touch for a pan. Only grips in the drawing are hit at all. */
function useHeldTouch() {
  const drawing = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const { current } = drawing;
    const hold = (event: TouchEvent) => event.preventDefault();
    current?.addEventListener("touchstart", hold, { passive: false });
    return () => current?.removeEventListener("touchstart", hold);
  }, []);
  return drawing;
}

type Project = Projection["project"];

/** Sides of a generous frame round any screen that a pixel lies beyond, as bits. */
const beyond = ([x, y]: Pixel): number =>
  (x < -200 ? 1 : x > 8000 ? 2 : 0) | (y < -200 ? 4 : y > 5000 ? 8 : 0);

/** Nearer than this to the last drawn vertex nobody sees another. */
const seenPx = 0.75;

/** What of a path can be seen: far vertices on one side and those within a pixel are left out of the drawing. */
function lineOf(path: readonly Position[], project: Project): string {
  const pixels = path.map(project);
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

const pathOf = (shape: LayerDef["geometry"], parts: Parts, project: Project): string =>
  parts
    .flat()
    .map((path) => lineOf(path, project) + (shape === "Polygon" ? "Z" : ""))
    .join("");

function Shape({ d, area, children }: { d: string; area: boolean; children?: React.ReactNode }) {
  return (
    <g>
      {area && <path className="edit-fill" d={d} />}
      <path className="edit-casing" d={d} />
      <path className="edit-line" d={d} />
      {children}
    </g>
  );
}

function Drawing({
  shape,
  drawing,
  project,
  to,
}: {
  shape: LayerDef["geometry"];
  drawing: readonly Position[];
  project: Project;
  to: Position | null;
}) {
  const path = to ? [...drawing, to] : drawing;
  const d = lineOf(path, project) + (shape === "Polygon" && path.length > 2 ? "Z" : "");
  const last = drawing.at(-1);
  return (
    <>
      {shape !== "Point" && path.length > 0 && <Shape d={d} area={shape === "Polygon"} />}
      {drawing.map((position, i) => {
        const [x, y] = project(position);
        // biome-ignore lint/suspicious/noArrayIndexKey: a vertex is its place in the order
        return <Square key={i} x={x} y={y} solid={i === 0} />;
      })}
      {to && shape === "Point" && <PointMark at={project(to)} />}
      {to && last && <EdgeLabel a={project(last)} b={project(to)} metres={distance(last, to)} outward={1} />}
    </>
  );
}

const Square = ({ x, y, solid }: { x: number; y: number; solid: boolean }) => (
  <rect
    className="edit-vertex"
    data-selected={solid || undefined}
    x={x - 5}
    y={y - 5}
    width={10}
    height={10}
  />
);

function PointMark({ at: [x, y] }: { at: Pixel }) {
  return (
    <g className="edit-point">
      <circle cx={x} cy={y} r={13} />
      <rect x={x - 5} y={y - 5} width={10} height={10} />
    </g>
  );
}

const SnapRing = ({ at: [x, y] }: { at: Pixel }) => <circle className="edit-snap" cx={x} cy={y} r={13} />;

function FaultMark({ at: [x, y] }: { at: Pixel }) {
  return (
    <g className="edit-fault-mark">
      <circle cx={x} cy={y} r={16} />
      <path d={`M${x - 6} ${y - 6}l12 12m0-12l-12 12`} />
    </g>
  );
}

function FaultEdges({
  faults,
  parts,
  project,
}: {
  faults: readonly Fault[];
  parts: Parts;
  project: Project;
}) {
  return faults.flatMap(({ edges }) =>
    edges.map(({ part, ring, index }) => {
      const path = parts[part]?.[ring];
      const [a, b] = [path?.[index], path?.[(index + 1) % (path?.length ?? 1)]];
      return (
        a && b && <path key={`${part}/${ring}/${index}`} className="edit-fault" d={lineOf([a, b], project)} />
      );
    }),
  );
}

/** Edges with the index of the vertex they start at; an area's last one closes the ring. */
function edgesOf(shape: LayerDef["geometry"], path: readonly Position[]) {
  const count = shape === "Polygon" ? path.length : path.length - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({
    i,
    a: path[i]!,
    b: path[(i + 1) % path.length]!,
  }));
}

const inView = ([x, y]: Pixel, { width, height }: Projection) =>
  x > -20 && y > -20 && x < width + 20 && y < height + 20;

/** Lengths stand along edges long enough on the screen to carry them. */
function EdgeLengths({
  shape,
  parts,
  projection,
}: {
  shape: LayerDef["geometry"];
  parts: Parts;
  projection: Projection;
}) {
  return parts.flatMap((part, p) =>
    part.flatMap((path, r) => {
      const turn = path.reduce((sum, [x = 0, y = 0], i) => {
        const [nx = 0, ny = 0] = path[(i + 1) % path.length]!;
        return sum + x * ny - nx * y;
      }, 0);
      return edgesOf(shape, path).flatMap(({ i, a, b }) => {
        const [pa, pb] = [projection.project(a), projection.project(b)];
        const far = Math.hypot(pb[0] - pa[0], pb[1] - pa[1]);
        if (far < 64 || !(inView(pa, projection) || inView(pb, projection))) return [];
        return [
          <EdgeLabel
            // biome-ignore lint/suspicious/noArrayIndexKey: an edge is its place in the order
            key={`${p}/${r}/${i}`}
            a={pa}
            b={pb}
            metres={distance(a, b)}
            outward={turn >= 0 ? 1 : -1}
          />,
        ];
      });
    }),
  );
}

function EdgeLabel({ a, b, metres, outward }: { a: Pixel; b: Pixel; metres: number; outward: 1 | -1 }) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const far = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / far) * outward, (dx / far) * outward];
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const upright = angle > 90 || angle < -90 ? angle + 180 : angle;
  const [x, y] = [(a[0] + b[0]) / 2 + nx * 14, (a[1] + b[1]) / 2 + ny * 14];
  return (
    <text
      className="edit-length"
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${upright.toFixed(1)})`}
    >
      {length(Math.round(metres))}
    </text>
  );
}

interface HandlesProps {
  readonly shape: LayerDef["geometry"];
  readonly parts: Parts;
  readonly projection: Projection;
  readonly editable: boolean;
  readonly still: boolean;
  grip(grip: Grip): Record<string, unknown>;
}

function Handles({ shape, parts, projection, grip, editable }: HandlesProps) {
  const selected = useEditor((s) => s.selected);
  const vertices = parts.flatMap((part, p) =>
    part.flatMap((path, r) =>
      path.map((position, index) => ({
        at: { part: p, ring: r, index },
        position,
        pixel: projection.project(position),
      })),
    ),
  );
  const shown = vertices.filter(({ pixel }) => inView(pixel, projection));
  if (shown.length > mostHandles)
    return (
      <text className="edit-length" x={projection.width / 2} y={96}>
        这里有 {shown.length} 个顶点，放大后再改
      </text>
    );
  const isSelected = (at: VertexAt) =>
    selected?.part === at.part && selected.ring === at.ring && selected.index === at.index;
  const middles = shape === "Point" || !editable ? [] : middlesOf(shape, parts, projection);
  return (
    <>
      {middles.map(({ at, pixel: [x, y] }) => (
        <g key={`m${at.part}/${at.ring}/${at.index}`} className="edit-grip" {...grip({ kind: "middle", at })}>
          <circle className="edit-hit" cx={x} cy={y} r={11} />
          <circle className="edit-middle" cx={x} cy={y} r={3.5} />
        </g>
      ))}
      {shown.map(({ at, pixel: [x, y], position }) => (
        <Fragment key={`${at.part}/${at.ring}/${at.index}`}>
          {/* biome-ignore lint/a11y/useSemanticElements: no button inside SVG */}
          <g
            className={editable ? "edit-grip" : "edit-inert"}
            role="button"
            tabIndex={editable ? 0 : -1}
            aria-label={
              shape === "Point" ? "点位，方向键移动" : `顶点 ${at.index + 1}，方向键移动，Delete 删除`
            }
            onFocus={() => useEditor.getState().put({ selected: at })}
            onKeyDown={(event) => nudge(event, at, position, projection)}
            {...(editable ? grip({ kind: "vertex", at }) : {})}
          >
            <circle className="edit-hit edit-hit-vertex" cx={x} cy={y} r={16} />
            {shape === "Point" ? <PointMark at={[x, y]} /> : <Square x={x} y={y} solid={isSelected(at)} />}
          </g>
        </Fragment>
      ))}
    </>
  );
}

/** Middles of edges with room for one. The index is the new vertex's. */
function middlesOf(shape: LayerDef["geometry"], parts: Parts, projection: Projection) {
  return parts.flatMap((part, p) =>
    part.flatMap((path, r) =>
      edgesOf(shape, path).flatMap(({ i, a, b }) => {
        const [pa, pb] = [projection.project(a), projection.project(b)];
        const pixel: Pixel = [(pa[0] + pb[0]) / 2, (pa[1] + pb[1]) / 2];
        const room = Math.hypot(pb[0] - pa[0], pb[1] - pa[1]) > 36 && inView(pixel, projection);
        return room ? [{ at: { part: p, ring: r, index: i + 1 }, pixel }] : [];
      }),
    ),
  );
}

const arrows: Readonly<Record<string, Pixel>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** One pixel a press, ten with Shift. */
function nudge(
  event: KeyboardEvent,
  at: VertexAt,
  position: Position,
  { project, unproject }: Projection,
): void {
  const by = arrows[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  const far = event.shiftKey ? 10 : 1;
  const [x, y] = project(position);
  useEditor.getState().edit({ kind: "move", at, to: unproject([x + by[0] * far, y + by[1] * far]) });
}
