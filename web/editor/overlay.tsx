import type { Map as MapLibre } from "maplibre-gl";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { partsOf, type Shape as ShapeKind } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { distance } from "../map/measure.ts";
import type { Aim } from "./aim.ts";
import { AimHint, FaultCallout } from "./callouts.tsx";
import type { Fault } from "./checks.ts";
import { useParts } from "./derived.ts";
import { Handles } from "./drawing/handles.tsx";
import {
  EdgeLabel,
  EdgeLengths,
  Faults,
  KeyCross,
  PointMark,
  Shape,
  SnapRing,
  Square,
} from "./drawing/marks.tsx";
import { lineOf, pathOf, pixelsOf } from "./drawing/paths.ts";
import { useGestures } from "./gestures.ts";
import { pick } from "./merging.ts";
import { type Pixel, type Projection, useProjection } from "./projection.ts";
import { useMove } from "./sharing.ts";
import { isSketch, sketchShape } from "./sketching.ts";
import type { SnapTarget } from "./snap.ts";
import { useEditor } from "./store.ts";

interface Props {
  readonly map: MapLibre;
  readonly layer: LayerDef;
  readonly targets: readonly SnapTarget[];
  readonly faults: readonly Fault[];
  /** The stored shape when it differs from what is shown: dotted grey. */
  readonly original: Geometry | null;
  readonly editable: boolean;
}

/** The drawing itself, above the map: violet is mine and not yet saved. */
export function Overlay({ map, layer, targets, faults, original, editable }: Props) {
  const projection = useProjection(map);
  const onPick = usePicking(map, layer);
  const move = useMove(layer);
  const { aim, grip } = useGestures(map, projection, targets, move, onPick);
  const tool = useEditor((s) => s.tool);
  const proposed = useEditor((s) => s.proposal !== null);
  const pieces = useEditor((s) => s.sketch?.doc.pieces);
  const along = useEditor((s) => s.sketch?.doc.along);
  const picked = useEditor((s) => s.picked);
  const parts = useParts();
  const { project, width, height } = projection;
  const shape = layer.geometry;
  const pixels = useMemo(() => pixelsOf(parts, project), [parts, project]);
  const d = useMemo(() => pathOf(shape, pixels), [shape, pixels]);
  const before = useMemo(
    () => original && pathOf(shape, pixelsOf(partsOf(original), project)),
    [shape, original, project],
  );
  const lit = aim?.snapped?.edge;
  const handles = editable && tool === "select" && !proposed;
  const others = [
    ...[...(pieces ?? []), ...(along ?? [])].map(({ geometry }) => geometry),
    ...picked.map((each) => each.feature.geometry),
  ];
  const touch = useHeldTouch();
  useChosenInView(map, projection);
  return (
    <>
      <svg ref={touch} className="edit-overlay" width={width} height={height} aria-label="正在编辑的图形">
        <title>正在编辑的图形</title>
        {before && <path className="edit-original" d={before} />}
        {shape !== "Point" && parts.length > 0 && tool !== "draw" && (
          <Shape d={d} area={shape === "Polygon"}>
            {editable && tool === "shift" && (
              <path
                className="edit-grip-whole"
                data-area={shape === "Polygon"}
                d={d}
                {...grip({ kind: "whole" })}
              />
            )}
          </Shape>
        )}
        {others.map((geometry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they only come and go at the end
          <path key={i} className="edit-other" d={pathOf(shape, pixelsOf(partsOf(geometry), project))} />
        ))}
        {lit && <path className="edit-lit" d={lineOf(lit.map(project))} />}
        <Faults faults={faults} parts={parts} project={project} />
        {tool !== "draw" && shape !== "Point" && (
          <EdgeLengths shape={shape} parts={parts} pixels={pixels} projection={projection} />
        )}
        {(handles || shape === "Point") && tool !== "draw" && (
          <Handles shape={shape} pixels={pixels} projection={projection} grip={grip} editable={editable} />
        )}
        {isSketch(tool) && <Drawing shape={sketchShape(tool, layer)} project={project} aim={aim} />}
        {aim?.snapped && <SnapRing at={project(aim.snapped.position)} />}
        {aim?.keys && <KeyCross at={project(aim.position)} />}
      </svg>
      <FaultCallout fault={faults[0]} projection={projection} />
      <AimHint aim={aim} projection={projection} />
      <ChosenSaid />
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

/** Margin to the edge of the sheet within which a vertex chosen by key may stay where it is, px. */
const marginPx = 110;

/** The sheet follows a vertex that was chosen by a key. */
function useChosenInView(map: MapLibre, projection: Projection): void {
  const selected = useEditor((s) => s.selected);
  const latest = useRef(projection);
  latest.current = projection;
  useEffect(() => {
    const { sketch } = useEditor.getState();
    if (!selected || !sketch?.doc.geometry) return;
    const at = partsOf(sketch.doc.geometry)[selected.part]?.[selected.ring]?.[selected.index];
    if (!at) return;
    const { project, width, height } = latest.current;
    const [x, y] = project(at);
    const seen = x > marginPx && y > 20 && x < width - 20 && y < height - 20;
    if (!seen) map.easeTo({ center: [at[0] ?? 0, at[1] ?? 0], duration: 0 });
  }, [map, selected]);
}

/** For who does not see the sheet: which vertex the arrow keys move. */
function ChosenSaid() {
  const selected = useEditor((s) => s.selected);
  return (
    <p className="edit-said" aria-live="polite">
      {selected
        ? `第 ${selected.part + 1} 块${selected.ring > 0 ? `洞 ${selected.ring}` : ""}顶点 ${selected.index + 1}`
        : ""}
    </p>
  );
}

function Drawing({
  shape,
  project,
  aim,
}: {
  shape: ShapeKind;
  project: Projection["project"];
  aim: Aim | null;
}) {
  const drawing = useEditor((s) => s.drawing);
  const to = aim?.position ?? null;
  const path = to ? [...drawing, to] : drawing;
  const d = lineOf(path.map(project)) + (shape === "Polygon" && path.length > 2 ? "Z" : "");
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
