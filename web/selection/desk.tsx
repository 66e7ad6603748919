import { Suspense, useEffect, useState } from "react";
import { useLive } from "../api/live.ts";
import { useBulkBack } from "../bulk/draft.ts";
import type { MapController } from "../map/controller.ts";
import type { MapState } from "../map/state.ts";
import { useMapUi } from "../map/ui-state.ts";
import { part } from "../shell/part.ts";
import { SelectionBar } from "./bar.tsx";
import { readAhead } from "./known.ts";
import { PickOverlay } from "./overlay.tsx";
import { renew } from "./picking.ts";
import { useSelection } from "./store.ts";

const MoveLayer = part(() => import("../bulk/move-layer.tsx").then((m) => m.MoveLayer));
const MoveBar = part(() => import("../bulk/move-bar.tsx").then((m) => m.MoveBar));

/** Over the map: the tools of choosing, and the ghosts of what is moved. */
export function PickLayer({ state, controller }: { state: MapState; controller: MapController }) {
  const tool = useSelection((s) => s.tool);
  const acting = useSelection((s) => s.acting);
  const measuring = useMapUi((s) => s.measuring);
  const shift = useShift();
  if (acting === "move")
    return (
      <Suspense fallback={null}>
        <MoveLayer controller={controller} />
      </Suspense>
    );
  if (measuring || acting || !(tool || shift)) return null;
  return <PickOverlay state={state} controller={controller} shift={shift} />;
}

/** Under the chips: what is chosen, or how far it is being moved. */
export function PickPanel({ state }: { state: MapState }) {
  const acting = useSelection((s) => s.acting);
  const news = useLive((s) => s.news);
  useBulkBack();
  useReadAhead();
  useEffect(() => {
    // What is being changed together is read again by its own preview, not under it.
    if (!news || acting) return;
    const changed = news.changes?.filter(({ kind }) => kind === "feature").map(({ id }) => id) ?? null;
    void renew(changed);
  }, [news, acting]);
  if (acting === "bulk") return null;
  if (acting === "move")
    return (
      <Suspense fallback={null}>
        <MoveBar />
      </Suspense>
    );
  const act = (what: "bulk" | "move") => {
    if (what === "bulk") state.patch({ sel: undefined });
    useSelection.setState({ acting: what, tool: null, note: null });
  };
  return <SelectionBar state={state} onBulk={() => act("bulk")} onMove={() => act("move")} />;
}

const aheadMs = 800;

/** Once the choosing rests, what is chosen is read: the line may be gone when it is to be changed. */
function useReadAhead(): void {
  const picked = useSelection((s) => s.picked);
  useEffect(() => {
    if (picked.size === 0) return;
    const timer = window.setTimeout(() => void readAhead([...picked.keys()]).catch(() => undefined), aheadMs);
    return () => window.clearTimeout(timer);
  }, [picked]);
}

/** Is Shift held, and not to type a capital letter? */
function useShift(): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest?.("input, textarea, select, [role=dialog], table");
      setHeld(event.shiftKey && !event.ctrlKey && !event.metaKey && !typing);
    };
    // Shift may have been down before this was loaded: the pointer tells.
    const onPoint = ({ shiftKey, ctrlKey, metaKey, buttons }: PointerEvent) => {
      if (buttons === 0) setHeld(shiftKey && !ctrlKey && !metaKey);
    };
    const off = () => setHeld(false);
    window.addEventListener("keydown", onKey);
    window.addEventListener("keyup", onKey);
    window.addEventListener("pointermove", onPoint);
    window.addEventListener("blur", off);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("keyup", onKey);
      window.removeEventListener("pointermove", onPoint);
      window.removeEventListener("blur", off);
    };
  }, []);
  return held;
}
