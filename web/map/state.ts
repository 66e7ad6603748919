import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { dayNumber } from "#data/domain/time.ts";
import type { AsOfQuery, ListQuery } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { filterOf, type MapFilter } from "./filter.ts";
import { type MapSearch, parseMapSearch, shownLayers } from "./search-params.ts";

export interface MapState {
  readonly search: MapSearch;
  readonly asOf: AsOfQuery;
  readonly filter: MapFilter;
  readonly shown: readonly string[];
  /** Day number that lights are computed for. */
  readonly day: number;
  readonly listQuery: ListQuery;
  /** Changes part of the address. `replace` (default): no new step in the browser's history. */
  patch(change: Partial<MapSearch>, options?: { push?: boolean }): void;
}

/** The state of the map page, read from its address and written to it. */
export function useMapState(): MapState {
  const search = useSearch({ from: "/gate/desk/" });
  const { today } = useWho();
  const navigate = useNavigate();
  const patch = useCallback<MapState["patch"]>(
    (change, { push = false } = {}) =>
      void navigate({ to: "/", search: (old: MapSearch) => ({ ...old, ...change }), replace: !push }),
    [navigate],
  );
  const { v: _view, sel: _selected, base: _base, ...lasting } = search;
  const key = JSON.stringify(lasting);
  return useMemo(() => {
    // What an old or foreign link carries besides is not asked of the server.
    const asked = parseMapSearch(JSON.parse(key));
    const { at, known, hide: _hide, layers: _layers, ...filters } = asked;
    const shown = shownLayers(asked);
    const asOf = { ...(at ? { at } : {}), ...(known ? { known } : {}) };
    return {
      search,
      asOf,
      filter: filterOf(asked),
      shown,
      day: dayNumber(at ?? today),
      listQuery: { layers: shown.join(","), ...filters, ...asOf },
      patch,
    };
  }, [key, search, today, patch]);
}
