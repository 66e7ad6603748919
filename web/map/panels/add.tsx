import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { LayerDef } from "#data/layers/define.ts";
import { useWho } from "../../api/session.ts";
import { layersToDraw } from "../../editor/rights.ts";
import { useHere } from "../here.ts";
import { formatView } from "../search-params.ts";
import type { MapState } from "../state.ts";
import { useView } from "../view-store.ts";
import "./add.css";

/** Layers this account may add to; none while an earlier day is looked at. */
export function useAddable(state: MapState): readonly LayerDef[] {
  const { who } = useWho();
  return state.search.at || state.search.known ? [] : layersToDraw(who);
}

/** The editor opens where the map stands, and comes back to the same layers. */
const useEditSearch = (state: MapState) => {
  const view = useView((s) => s.view);
  const here = useHere((s) => s.here);
  // In the street a new place is where the person stands.
  if (here.kind === "known") {
    const at = here.at.map((part) => part.toFixed(6)).join(",");
    return { v: `${at},17`, at, ...(state.search.layers ? { layers: state.search.layers } : {}) };
  }
  return { v: formatView(view), ...(state.search.layers ? { layers: state.search.layers } : {}) };
};

/** 新增: the editor asks in which layer. */
export function AddButton({ state }: { state: MapState }) {
  const search = useEditSearch(state);
  if (useAddable(state).length === 0) return null;
  return (
    <Link to="/edit" search={search} className="map-add card" title="在图上新增一处">
      <IconPlus size={20} stroke={1.75} aria-hidden="true" /> 新增
    </Link>
  );
}

/** 新增 in one layer, from its row in the tree. */
export function AddToLayer({ layer, state }: { layer: LayerDef; state: MapState }) {
  const search = useEditSearch(state);
  return (
    <Link
      to="/edit"
      search={{ layer: layer.id, ...search }}
      className="tree-add"
      aria-label={`新增${layer.name}`}
      title={`新增${layer.name}`}
    >
      <IconPlus size={16} stroke={1.75} aria-hidden="true" />
    </Link>
  );
}
