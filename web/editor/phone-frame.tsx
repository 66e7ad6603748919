import { IconArrowBackUp, IconArrowForwardUp, IconTools, IconX } from "@tabler/icons-react";
import type { Map as MapLibre } from "maplibre-gl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { boundsOf } from "../map/bounds.ts";
import { framing } from "../map/framing.ts";
import { Credit } from "../map/panels/furniture.tsx";
import { BottomSheet, useWindowHeight } from "../ui/bottom-sheet.tsx";
import { lyingMedia, useMedia } from "../ui/media.ts";
import { type Stop, sheetSide, stopsOf } from "../ui/stops.ts";
import { type Datum, datumName, datums } from "./coordinates.ts";
import { FirstShot } from "./first-shot.tsx";
import { Loupe } from "./loupe.tsx";
import { operations } from "./operations.ts";
import { SnapList } from "./snap-list.tsx";
import { useEditor } from "./store.ts";
import { TypedPlace } from "./typed-place.tsx";

interface Props {
  readonly map: MapLibre | null;
  readonly children: ReactNode;
}

/** px: the bar above, the row of tools and the credit on the sheet's edge, and the bar of a tool in hand. */
const [barPx, dockPx, creditPx, toolBarPx] = [52, 84, 28, 72];
/** The box for typed coordinates. */
const typedPx = 172;
/** What a full sheet leaves of the map (phone.css says the same). */
const stripPx = 72;

/** The editing table in the hand: the form in a sheet with three stops, what a thumb needs on the sheet's edge. */
export function PhoneFrame({ map, children }: Props) {
  const busy = useEditor((s) => s.tool !== "select" || s.proposal !== null);
  const typing = useEditor((s) => s.typing);
  const layer = useEditor((s) => s.layer);
  const [at, setAt] = useState<Stop>(busy ? 0 : 1);
  const fresh = useEditor((s) => s.view === null);
  // A tool in hand wants the map and the form waits below; of a new place, once drawn, the form comes next.
  useEffect(() => {
    if (busy || typing) setAt(0);
    else if (fresh) setAt(1);
  }, [busy, typing, fresh]);
  useSeen(map, at, busy, typing);
  return (
    <>
      {map && <Loupe map={map} />}
      {typing && <PhoneTyped />}
      <BottomSheet
        label="属性"
        at={at}
        onStop={setAt}
        over={
          <>
            {!busy && at < 2 && <Dock onTools={() => setAt(0)} />}
            {at < 2 && <Credit />}
          </>
        }
      >
        {layer && <FirstShot layer={layer} />}
        {children}
      </BottomSheet>
    </>
  );
}

const shapeOnSheet = (): Geometry | null => {
  const { proposal, sketch } = useEditor.getState();
  return proposal?.geometry ?? sketch?.doc.geometry ?? null;
};

/** Whatever the stop and the tool, the shape is seen whole in what they leave; who has zoomed into a part of it keeps that. */
function useSeen(map: MapLibre | null, at: Stop, busy: boolean, typing: boolean): void {
  const height = useWindowHeight();
  const lying = useMedia(lyingMedia);
  const proposed = useEditor((s) => s.proposal !== null);
  const point = useEditor((s) => s.layer?.geometry === "Point");
  const first = useRef(true);
  useEffect(() => {
    if (!map) return;
    const whole = at === 2;
    const foot = whole ? 0 : (busy ? toolBarPx : dockPx) + (proposed || point ? toolBarPx : 0);
    const full = Math.min(stopsOf(height)[at], height - barPx - stripPx);
    const top = typing ? typedPx : 8;
    const edge = (lying ? 0 : full) + (busy ? creditPx : dockPx);
    map.getContainer().closest<HTMLElement>(".edit")?.style.setProperty("--over-sheet", `${edge}px`);
    const padding = lying
      ? { top, right: 8, bottom: foot, left: sheetSide + 8 }
      : { top, right: 8, bottom: Math.min(full + foot, height - barPx - top - 24), left: 8 };
    const shape = shapeOnSheet();
    const fits = shape !== null && (first.current || isWhole(map, shape));
    first.current = false;
    const { clientWidth, clientHeight } = map.getContainer();
    const free = {
      width: clientWidth - padding.left - padding.right,
      height: clientHeight - padding.top - padding.bottom,
    };
    map.easeTo({ ...(fits ? framing(boundsOf(shape), free, 18) : {}), padding, duration: 0 });
  }, [map, at, busy, proposed, point, typing, height, lying]);
}

/** Was all of it on the screen, sheet or not? */
function isWhole(map: MapLibre, shape: Geometry): boolean {
  const [west, south, east, north] = boundsOf(shape);
  const { clientWidth, clientHeight } = map.getContainer();
  const [a, b] = [map.project([west, north]), map.project([east, south])];
  return a.x >= 0 && a.y >= 0 && b.x <= clientWidth && b.y <= clientHeight;
}

/** Undo, redo and the tools, where the thumb is. */
function Dock({ onTools }: { onTools: () => void }) {
  const state = useEditor();
  const [open, setOpen] = useState<"tools" | "snap" | null>(null);
  const layer = useEditor((s) => s.layer);
  const lastStep = state.sketch?.done.at(-1);
  const undo = operations.find(({ id }) => id === "undo");
  const redo = operations.find(({ id }) => id === "redo");
  return (
    <div className="edit-dock">
      {open === "tools" && <ToolBox onDone={() => setOpen(null)} onSnap={() => setOpen("snap")} />}
      {open === "snap" && layer && <SnapList layer={layer} onClose={() => setOpen(null)} />}
      <button
        type="button"
        className="edit-button edit-dock-undo"
        disabled={!undo || undo.blocked(state) !== null}
        onClick={() => undo?.run()}
      >
        <IconArrowBackUp size={20} stroke={1.75} aria-hidden="true" />
        <span>撤销{lastStep && <small>　{lastStep.name}</small>}</span>
      </button>
      <button
        type="button"
        className="edit-button"
        aria-label="重做"
        disabled={!redo || redo.blocked(state) !== null}
        onClick={() => redo?.run()}
      >
        <IconArrowForwardUp size={20} stroke={1.75} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="edit-button"
        aria-expanded={open !== null}
        onClick={() => {
          // The tools want the room the form takes.
          if (!open) onTools();
          setOpen(open ? null : "tools");
        }}
      >
        <IconTools size={20} stroke={1.75} aria-hidden="true" /> 工具
      </button>
    </div>
  );
}

/** What has its own place in the dock, or is what a tap on a vertex does. */
const inDock = ["select", "undo", "redo", "next-vertex", "previous-vertex"];

/** All that can be done to this shape now, in rows: nothing lies hidden at the side. */
function ToolBox({ onDone, onSnap }: { onDone: () => void; onSnap: () => void }) {
  const state = useEditor();
  return (
    <div className="edit-toolbox card" role="dialog" aria-label="工具">
      {operations
        .filter(({ id }) => !inDock.includes(id))
        .filter((operation) => operation.blocked(state) === null)
        .map(({ id, label, icon: Icon, pressed, run }) => (
          <button
            key={id}
            type="button"
            aria-pressed={pressed?.(state)}
            onClick={() => {
              // What is held on to is chosen from a list, as on the desk.
              if (id === "snap") return onSnap();
              run();
              onDone();
            }}
          >
            <Icon size={22} stroke={1.75} />
            {label}
          </button>
        ))}
    </div>
  );
}

/** Typed coordinates: the box comes under the bar, where the keyboard does not cover it. */
function PhoneTyped() {
  const [datum, setDatum] = useState<Datum>("WGS84");
  return (
    <div className="edit-phone-typed card">
      <select
        className="form-input"
        aria-label="坐标系"
        value={datum}
        onChange={({ currentTarget }) =>
          setDatum(datums.find((each) => each === currentTarget.value) ?? "WGS84")
        }
      >
        {datums.map((each) => (
          <option key={each} value={each}>
            {datumName[each]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="icon-button"
        aria-label="不键入了"
        onClick={() => useEditor.getState().put({ typing: false })}
      >
        <IconX size={20} stroke={1.75} />
      </button>
      <TypedPlace datum={datum} />
    </div>
  );
}
