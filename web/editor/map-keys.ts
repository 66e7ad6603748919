import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useRef } from "react";
import type { Aim } from "./aim.ts";
import { docParts, type Edit } from "./document.ts";
import { isTyping } from "./operations.ts";
import type { Pixel, Projection } from "./projection.ts";
import { isSketch } from "./sketching.ts";
import { useEditor } from "./store.ts";

const arrows: Readonly<Record<string, Pixel>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Pixels a press: of a vertex, of the cross while sketching, of the sheet. With Shift: ten, five and four times as many. */
const steps = { vertex: [1, 10], cross: [10, 50], sheet: [60, 240] } as const;

/** The sheet by keys: arrows move the chosen vertex, the cross of a sketch, or the sheet; space sets a vertex; + and − zoom. */
export function useMapKeys(
  map: MapLibre,
  projection: Projection,
  aimAt: (pixel: Pixel, alt: boolean) => Aim,
  aim: Aim | null,
  setAim: (aim: Aim | null) => void,
  move: (edit: Extract<Edit, { kind: "move" }>) => void,
): void {
  const latest = useRef({ projection, aimAt, aim });
  latest.current = { projection, aimAt, aim };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const { tool, selected } = useEditor.getState();
      if (event.key === "+" || event.key === "=") map.zoomIn({ duration: 0 });
      else if (event.key === "-" || event.key === "−") map.zoomOut({ duration: 0 });
      else if (event.key === " " && isSketch(tool)) {
        if (onControl(event)) return;
        setVertex();
      } else {
        const way = arrows[event.key];
        if (!way || inList(event)) return;
        if (isSketch(tool)) moveCross(way, event);
        else if (selected) nudge(way, event.shiftKey);
        else {
          const far = steps.sheet[event.shiftKey ? 1 : 0];
          map.panBy([way[0] * far, way[1] * far], { duration: 0 });
        }
      }
      event.preventDefault();
    };
    const moveCross = ([dx, dy]: Pixel, event: KeyboardEvent) => {
      const { projection, aimAt, aim } = latest.current;
      const { width, height } = projection;
      const [x, y] = aim ? projection.project(aim.position) : [width / 2, height / 2];
      const far = steps.cross[event.shiftKey ? 1 : 0];
      // Off a line it has snapped to: from where it would be without.
      const from: Pixel = aim?.keys && aim.snapped ? aim.pixel : [x, y];
      const to: Pixel = [
        Math.max(0, Math.min(width, from[0] + dx * far)),
        Math.max(0, Math.min(height, from[1] + dy * far)),
      ];
      const next = { ...aimAt(to, event.altKey), keys: true as const };
      setAim(next);
      useEditor.getState().aim(next.position);
    };
    const setVertex = () => {
      const { projection, aimAt, aim } = latest.current;
      const place = aim ?? aimAt([projection.width / 2, projection.height / 2], false);
      useEditor.getState().drawTo(place.position);
    };
    const nudge = ([dx, dy]: Pixel, fast: boolean) => {
      const { selected, sketch, view } = useEditor.getState();
      const { project, unproject } = latest.current.projection;
      const at = selected && sketch && docParts(sketch.doc)[selected.part]?.[selected.ring]?.[selected.index];
      if (!selected || !at || (view && !view.may.edit)) return;
      const [x, y] = project(at);
      const far = steps.vertex[fast ? 1 : 0];
      move({ kind: "move", at: selected, to: unproject([x + dx * far, y + dy * far]) });
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [map, setAim, move]);
}

const on = ({ target }: KeyboardEvent, what: string) =>
  target instanceof Element && target.closest(what) !== null;
/** Space presses the button that has the focus. */
const onControl = (event: KeyboardEvent) => on(event, "button,a,summary,[role=menuitem]");
/** Arrows walk through menus, sliders and choices themselves. */
const inList = (event: KeyboardEvent) =>
  on(event, "[role=menu],[role=listbox],[role=slider],[role=radiogroup],[role=dialog],aside,table");
