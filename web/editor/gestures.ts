import type { Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Position } from "#data/domain/paths.ts";
import type { Aim } from "./aim.ts";
import { apply, docParts, type Edit, type VertexAt } from "./document.ts";
import { useMapKeys } from "./map-keys.ts";
import { type Pixel, type Projection, projectionOf } from "./projection.ts";
import { finishSketch } from "./shaping.ts";
import { isSketch, sketchShape } from "./sketching.ts";
import { type SnapTarget, snap } from "./snap.ts";
import { nearView } from "./snapping.ts";
import { useEditor } from "./store.ts";

/** What a hand has hold of. */
export type Grip =
  | { readonly kind: "vertex"; readonly at: VertexAt }
  /** The middle of the edge before this index: dragging it makes a vertex. */
  | { readonly kind: "middle"; readonly at: VertexAt }
  | { readonly kind: "whole" };

/** A hand that shakes less than this is a click. */
const stillPx = 4;

/** Pointer work on the sheet: aiming while drawing, dragging grips, clicks that draw. */
export function useGestures(
  map: MapLibre,
  projection: Projection,
  targets: readonly SnapTarget[],
  move: (edit: Extract<Edit, { kind: "move" }>) => void,
  onPick: (pixel: Pixel) => void,
) {
  const [aim, setAim] = useState<Aim | null>(null);
  const near = useMemo(() => {
    void projection;
    return nearView(targets, map);
  }, [targets, map, projection]);

  const aimAt = useCallback(
    (pixel: Pixel, alt: boolean): Aim => {
      const on = useEditor.getState().snapping && !alt;
      const snapped = on ? snap(pixel, near, projection.project, projection.unproject) : null;
      return { pixel, snapped, position: snapped?.position ?? projection.unproject(pixel) };
    },
    [near, projection],
  );
  useMapPointer(map, aimAt, setAim, projection, onPick);
  useMapKeys(map, projection, aimAt, aim, setAim, move);
  const grip = useDrag(map, aimAt, setAim, move);
  return { aim, grip };
}

function useMapPointer(
  map: MapLibre,
  aimAt: (pixel: Pixel, alt: boolean) => Aim,
  setAim: (aim: Aim | null) => void,
  projection: Projection,
  onPick: (pixel: Pixel) => void,
): void {
  const tool = useEditor((s) => s.tool);
  useEffect(() => {
    void tool;
    return () => setAim(null);
  }, [tool, setAim]);
  useEffect(() => {
    const draws = isSketch(tool);
    map.getCanvas().style.cursor = draws ? "crosshair" : "";
    const over = ({ point, lngLat, originalEvent }: MapMouseEvent) => {
      useEditor.getState().aim([lngLat.lng, lngLat.lat]);
      setAim(draws ? aimAt([point.x, point.y], originalEvent.altKey) : null);
    };
    const out = () => {
      useEditor.getState().aim(null);
      setAim(null);
    };
    const click = ({ point, originalEvent }: MapMouseEvent) => {
      const state = useEditor.getState();
      if (tool === "merge") return onPick([point.x, point.y]);
      if (!draws) return state.put({ selected: null });
      const pixel: Pixel = [point.x, point.y];
      const close = (position: Position | undefined, reach: number) => {
        if (!position) return false;
        const [x, y] = projection.project(position);
        return Math.hypot(x - pixel[0], y - pixel[1]) <= reach;
      };
      // A second click on the last vertex ends a line; one on the first closes an area.
      const closes =
        state.layer !== null &&
        sketchShape(tool, state.layer) === "Polygon" &&
        state.drawing.length >= 3 &&
        close(state.drawing[0], 12);
      if (closes || close(state.drawing.at(-1), 6)) return finishSketch();
      state.drawTo(aimAt(pixel, originalEvent.altKey).position);
    };
    map.on("mousemove", over);
    map.on("mouseout", out);
    map.on("click", click);
    return () => {
      map.off("mousemove", over);
      map.off("mouseout", out);
      map.off("click", click);
    };
  }, [map, tool, aimAt, setAim, projection, onPick]);
}

interface Held {
  readonly grip: Grip;
  readonly from: Pixel;
  /** From the vertex to where it was taken hold of: it must not jump under the finger. */
  readonly off: Pixel;
  readonly start: Position;
  moved: boolean;
  edit: Edit | null;
}

/** Where vertices lie close, grips lie over each other: the hand has the vertex it is nearest to, not the grip drawn last. */
function takenAt(grip: Grip, [x, y]: Pixel, map: MapLibre): Grip {
  const { sketch } = useEditor.getState();
  if (grip.kind !== "vertex" || !sketch) return grip;
  const { project } = projectionOf(map);
  let [at, least] = [grip.at, Number.POSITIVE_INFINITY];
  for (const [part, rings] of docParts(sketch.doc).entries())
    for (const [ring, path] of rings.entries())
      for (const [index, position] of path.entries()) {
        const [px, py] = project(position);
        const far = Math.hypot(px - x, py - y);
        if (far < least) [at, least] = [{ part, ring, index }, far];
      }
  return { kind: "vertex", at };
}

function editOf(grip: Grip, start: Position, { position, snapped }: Aim): Edit {
  if (grip.kind === "whole")
    return { kind: "shift", by: [position[0]! - start[0]!, position[1]! - start[1]!] };
  const label = snapped ? { snapped: snapped.label } : {};
  return grip.kind === "vertex"
    ? { kind: "move", at: grip.at, to: position, ...label }
    : { kind: "insert", at: grip.at, to: position };
}

function useDrag(
  map: MapLibre,
  aimAt: (pixel: Pixel, alt: boolean) => Aim,
  setAim: (aim: Aim | null) => void,
  move: (edit: Extract<Edit, { kind: "move" }>) => void,
) {
  const held = useRef<Held | null>(null);
  return useCallback(
    (grip: Grip) => {
      const pixelOf = (event: PointerEvent): Pixel => {
        const box = map.getContainer().getBoundingClientRect();
        return [event.clientX - box.left, event.clientY - box.top];
      };
      const offOf = (taken: Grip, [x, y]: Pixel): Pixel => {
        const { sketch } = useEditor.getState();
        if (taken.kind !== "vertex" || !sketch) return [0, 0];
        const { part, ring, index } = taken.at;
        const [lon, lat] = docParts(sketch.doc)[part]?.[ring]?.[index] ?? [];
        if (lon === undefined || lat === undefined) return [0, 0];
        const at = map.project([lon, lat]);
        return [x - at.x, y - at.y];
      };
      return {
        onPointerDown: (event: PointerEvent) => {
          if (event.button !== 0) return;
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          const from = pixelOf(event);
          const start = aimAt(from, true).position;
          const taken = takenAt(grip, from, map);
          held.current = { grip: taken, from, off: offOf(taken, from), start, moved: false, edit: null };
        },
        onPointerMove: (event: PointerEvent) => {
          const now = held.current;
          const { layer, sketch, saving } = useEditor.getState();
          if (!now || !layer || !sketch || saving.kind === "sending") return;
          const pixel = pixelOf(event);
          now.moved ||= Math.hypot(pixel[0] - now.from[0], pixel[1] - now.from[1]) > stillPx;
          if (!now.moved) return;
          const tip: Pixel = [pixel[0] - now.off[0], pixel[1] - now.off[1]];
          const aim = aimAt(tip, event.altKey || now.grip.kind === "whole");
          now.edit = editOf(now.grip, now.start, aim);
          setAim(aim);
          useEditor.getState().aim(aim.position);
          useEditor.getState().put({
            preview: apply(layer, sketch.doc, now.edit).doc.geometry,
            dragged: now.grip.kind === "whole" ? null : now.grip.at,
          });
        },
        onPointerUp: () => {
          const now = held.current;
          held.current = null;
          setAim(null);
          if (!now) return;
          const state = useEditor.getState();
          const { grip: taken } = now;
          const edit =
            now.edit ??
            (taken.kind === "middle" ? ({ kind: "insert", at: taken.at, to: now.start } as const) : null);
          if (edit?.kind === "move") move(edit);
          else if (edit) state.edit(edit);
          if (edit?.kind === "insert") state.put({ selected: edit.at });
          // The focus went to the grip that lay on top.
          if (taken.kind === "vertex") state.put({ selected: taken.at });
        },
        onPointerCancel: () => {
          held.current = null;
          setAim(null);
          useEditor.getState().put({ preview: null });
        },
      };
    },
    [map, aimAt, setAim, move],
  );
}
