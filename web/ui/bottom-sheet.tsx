import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { type Stop, settle, stopsOf } from "./stops.ts";
import "./bottom-sheet.css";

/** A finger that moves less has tapped: one stop on, and round again. */
const tapPx = 16;

interface SheetProps {
  readonly label: string;
  readonly at: Stop;
  onStop(stop: Stop): void;
  /** Stands on the sheet's upper edge, outside it: what belongs to the map. */
  readonly over?: ReactNode;
  /** Stays at the lower edge whatever the stop. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

const last: Stop = 2;
const clamp = (stop: number): Stop => (stop <= 0 ? 0 : stop >= last ? last : 1);

/** Height of the window, which a turned phone or its keyboard changes. */
export function useWindowHeight(): number {
  const [height, setHeight] = useState(window.innerHeight);
  useEffect(() => {
    const told = () => setHeight(window.innerHeight);
    window.addEventListener("resize", told);
    return () => window.removeEventListener("resize", told);
  }, []);
  return height;
}

/** A sheet from below with three stops: dragged or flicked by its grip, tapped one stop on, moved by the arrow keys. */
export function BottomSheet({ label, at, onStop, over, foot, children }: SheetProps) {
  const [drag, setDrag] = useState<number | null>(null);
  const start = useRef({ y: 0, height: 0, time: 0, dragged: false });
  const stops = stopsOf(useWindowHeight());
  const height = drag ?? stops[at];
  const onDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, height, time: event.timeStamp, dragged: false };
  };
  const onMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setDrag(Math.max(stops[0], Math.min(stops[2], start.current.height + start.current.y - event.clientY)));
  };
  const onUp = (event: PointerEvent) => {
    const moved = start.current.y - event.clientY;
    setDrag(null);
    start.current.dragged = Math.abs(moved) >= tapPx;
    if (!start.current.dragged) return;
    onStop(clamp(settle(height, moved / Math.max(1, event.timeStamp - start.current.time), stops)));
  };
  // Not before the click: the sheet would have moved away under it, and the click would open what lies below.
  const onClick = () => {
    if (!start.current.dragged) onStop(clamp((at + 1) % stops.length));
    start.current.dragged = false;
  };
  const onKey = (event: KeyboardEvent) => {
    const to = { ArrowUp: at + 1, ArrowDown: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onStop(clamp(to));
  };
  return (
    <section
      className={drag === null ? "bottom-sheet" : "bottom-sheet dragged"}
      aria-label={label}
      data-stop={at}
      style={{ height }}
    >
      {over && <div className="bottom-sheet-over">{over}</div>}
      <button
        type="button"
        className="bottom-sheet-grip"
        aria-label={at === last ? "收起" : "展开"}
        aria-expanded={at > 0}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={() => setDrag(null)}
        onClick={onClick}
        onKeyDown={onKey}
      >
        <i />
      </button>
      <div className="bottom-sheet-content">{children}</div>
      {foot && <div className="bottom-sheet-foot">{foot}</div>}
    </section>
  );
}
