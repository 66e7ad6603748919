import { type PointerEvent, useEffect, useReducer, useRef } from "react";
import { partsOf } from "#data/domain/paths.ts";
import type { MapController } from "../map/controller.ts";
import { useSelection } from "../selection/store.ts";
import { composing } from "../ui/composing.ts";
import {
  beginMove,
  hoverAt,
  type Offset,
  placeAt,
  shifted,
  stepBack,
  useMoving,
  writeMove,
} from "./moving.ts";
import "./move.css";

/** Beyond so many vertices a place is shown by its middle alone, so that dragging stays smooth. */
const mostDrawn = 6000;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Violet ghosts of what is moved: dragged anywhere on the map, or nudged by the arrow keys. */
export function MoveLayer({ controller }: { controller: MapController }) {
  const { rows, offset, refused } = useMoving();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const start = useRef<{ at: [number, number]; from: Offset } | null>(null);
  const layer = useRef<SVGSVGElement>(null);
  useEffect(() => {
    void beginMove();
    layer.current?.focus();
    return controller.onMove(redraw);
  }, [controller]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (composing(event) || (event.target as HTMLElement).closest?.("input, textarea, select")) return;
      const way = arrows[event.key];
      const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
      if (way) nudge(controller, way, event.shiftKey ? 10 : 1);
      else if (undo) stepBack();
      else if (event.key === "Escape") useSelection.setState({ acting: null });
      else if (event.key === "Enter" && !(event.target as HTMLElement).closest?.("button")) void writeMove();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [controller]);

  const placeOf = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const { left, top } = layer.current!.getBoundingClientRect();
    return controller.placeAt(clientX - left, clientY - top);
  };
  const reach = (event: PointerEvent): Offset => {
    const [lon, lat] = placeOf(event);
    const { at, from } = start.current!;
    return [from[0] + lon - at[0], from[1] + lat - at[1]];
  };
  return (
    <svg
      ref={layer}
      className="move-layer"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move what is chosen
      tabIndex={0}
      role="application"
      aria-label="移动选中的点位：拖动，或用方向键，Shift 加方向键每次移得更远"
      data-own-undo
      onPointerDown={(event) => {
        if (event.button !== 0 || !rows) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: placeOf(event), from: useMoving.getState().offset };
      }}
      onPointerMove={(event) => {
        if (start.current) hoverAt(reach(event));
      }}
      onPointerUp={(event) => {
        if (!start.current) return;
        const { from } = start.current;
        const to = reach(event);
        start.current = null;
        placeAt(to, from);
      }}
      onPointerCancel={() => {
        if (start.current) hoverAt(start.current.from);
        start.current = null;
      }}
      onWheel={(event) => controller.wheel(event.nativeEvent)}
    >
      {rows && <Ghosts controller={controller} rows={rows} offset={offset} refused={refused} />}
    </svg>
  );
}

interface GhostProps extends Pick<ReturnType<typeof useMoving.getState>, "offset" | "refused"> {
  readonly controller: MapController;
  readonly rows: NonNullable<ReturnType<typeof useMoving.getState>["rows"]>;
}

function Ghosts({ controller, rows, offset, refused }: GhostProps) {
  let drawn = 0;
  return rows.map(({ id, may, at, geometry }) => {
    if (!may || !geometry) return null;
    const moved = shifted(geometry, offset);
    const parts = partsOf(moved).flat();
    drawn += parts.reduce((sum, path) => sum + path.length, 0);
    const mood = refused.has(id) ? "refused" : undefined;
    if (geometry.type === "Point" || drawn > mostDrawn) {
      const [x, y] = controller.spotOf([at[0] + offset[0], at[1] + offset[1]]);
      return <circle key={id} cx={x} cy={y} r={8} data-mood={mood} />;
    }
    const closed = geometry.type.endsWith("Polygon") ? "Z" : "";
    const d = parts
      .map(
        (path) =>
          `M${path.map(([lon = 0, lat = 0]) => controller.spotOf([lon, lat]).map(Math.round).join(",")).join("L")}${closed}`,
      )
      .join("");
    return <path key={id} d={d} data-closed={closed || undefined} data-mood={mood} fillRule="evenodd" />;
  });
}

/** One px of the screen, or ten, as the map stands. */
function nudge(controller: MapController, [x, y]: readonly [number, number], times: number): void {
  const { offset } = useMoving.getState();
  const from = controller.placeAt(0, 0);
  const to = controller.placeAt(x * times, y * times);
  placeAt([offset[0] + to[0] - from[0], offset[1] + to[1] - from[1]], offset);
}
