import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { mostCorners } from "#data/domain/extent.ts";
import type { MapController } from "../map/controller.ts";
import { parseHidden } from "../map/search-params.ts";
import type { MapState } from "../map/state.ts";
import { composing } from "../ui/composing.ts";
import { boxSpots, outlineOf, type Spot } from "./lasso.ts";
import { filterOfList, pick, toggle } from "./picking.ts";
import { useSelection } from "./store.ts";
import "./selection.css";

/** A pointer that moved less has clicked. */
const clickPx = 4;

/** Over the map while a tool is on or Shift is held: draws the box or the lasso; the map under it gets the wheel only. */
export function PickOverlay({
  state,
  controller,
  shift,
}: {
  state: MapState;
  controller: MapController;
  shift: boolean;
}) {
  const tool = useSelection((s) => s.tool);
  const [path, setPath] = useState<readonly Spot[]>([]);
  const drawing = useRef<"drag" | "corners" | null>(null);
  const box = useRef<SVGSVGElement>(null);
  const kind = tool ?? "box";

  const finish = useCallback(
    (spots: readonly Spot[], remove: boolean) => {
      drawing.current = null;
      setPath([]);
      if (spots.length < 3) return;
      const within = spots.map(([x, y]) => controller.placeAt(x, y));
      const mode = remove ? "remove" : useSelection.getState().mode;
      const filter = filterOfList(state.listQuery);
      void pick({ filter, within }, mode, parseHidden(state.search.hide));
    },
    [controller, state.listQuery, state.search.hide],
  );
  useEffect(() => {
    if (!tool) return;
    const onKey = (event: KeyboardEvent) => {
      if (composing(event) || (event.target as HTMLElement).closest("input, textarea, [role=dialog]")) return;
      if (event.key === "Escape") {
        if (drawing.current) finish([], false);
        else useSelection.getState().use(null);
      } else if (event.key === "Enter" && drawing.current === "corners") finish(path, event.altKey);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [tool, path, finish]);

  const spotOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Spot => {
    const { left, top } = box.current!.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (drawing.current === "corners") return;
    drawing.current = "drag";
    setPath([spotOf(event)]);
  };
  const onMove = (event: PointerEvent) => {
    if (drawing.current === "corners") return setPath((old) => [...old.slice(0, -1), spotOf(event)]);
    if (drawing.current !== "drag") return;
    const spot = spotOf(event);
    setPath((old) => {
      const last = old.at(-1) ?? spot;
      if (kind === "box") return [old[0] ?? spot, spot];
      return Math.hypot(spot[0] - last[0], spot[1] - last[1]) < 3 ? old : [...old, spot];
    });
  };
  const onUp = (event: PointerEvent) => {
    if (event.button !== 0 || !drawing.current) return;
    const spot = spotOf(event);
    if (drawing.current === "corners") return setPath((old) => [...old.slice(0, -1), spot, spot]);
    const [first] = path;
    const still = !first || path.every(([x, y]) => Math.hypot(x - first[0], y - first[1]) < clickPx);
    if (!still)
      return finish(kind === "box" ? boxSpots(first, spot) : outlineOf(path, mostCorners), event.altKey);
    if (kind === "lasso" && !shift) {
      // Clicked, not dragged: corner by corner, closed by a double click or Enter.
      drawing.current = "corners";
      return setPath([spot, spot]);
    }
    finish([], false);
    void controller.idsAt(spot[0], spot[1]).then((ids) => (ids.length > 0 ? toggle(ids) : undefined));
  };

  const shown = kind === "box" && path.length === 2 ? boxSpots(path[0]!, path[1]!) : path;
  return (
    <svg
      ref={box}
      className="pick-overlay"
      aria-label={kind === "box" ? "框选：在图上拖出一个框" : "套索：在图上圈出一块"}
      role="img"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => finish([], false)}
      onDoubleClick={(event) => {
        if (drawing.current === "corners") finish(path.slice(0, -2), event.altKey);
      }}
      onWheel={(event) => controller.wheel(event.nativeEvent)}
    >
      {shown.length > 1 && <polygon points={shown.map((spot) => spot.join(",")).join(" ")} />}
    </svg>
  );
}
