import { IconMapPinPlus, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useHeld } from "../map/held.ts";
import { useAddable } from "../map/panels/add.tsx";
import type { MapState } from "../map/state.ts";

/** A finger that rests on the map asks to add something there. */
export function AddHere({ state }: { state: MapState }) {
  const held = useHeld((s) => s.held);
  const may = useAddable(state).length > 0;
  useEffect(() => () => useHeld.setState({ held: null }), []);
  if (!held || !may) return null;
  const [lon, lat] = held.at.map((part) => part.toFixed(6));
  const close = () => useHeld.setState({ held: null });
  return (
    <>
      <i className="held-mark" style={{ left: held.x, top: held.y }} aria-hidden="true" />
      <div className="held card" role="dialog" aria-label="这个位置">
        <span className="figure">
          {lon}, {lat}
        </span>
        <Link
          to="/edit"
          search={{
            at: `${lon},${lat}`,
            v: `${lon},${lat},17`,
            ...(state.search.layers ? { layers: state.search.layers } : {}),
          }}
          className="button"
        >
          <IconMapPinPlus size={18} stroke={1.75} aria-hidden="true" /> 在这里新增
        </Link>
        <button type="button" className="icon-button" aria-label="不用" onClick={close}>
          <IconX size={18} stroke={1.75} />
        </button>
      </div>
    </>
  );
}
