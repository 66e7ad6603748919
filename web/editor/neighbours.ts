import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Parts, partsOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { address, send } from "../api/client.ts";
import { boxOf, type Neighbour } from "./shape/overlap.ts";
import { useEditor } from "./store.ts";

export interface Items {
  readonly features: readonly {
    readonly id: number;
    readonly geometry: Geometry;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
}

/** Exact geometries of a layer in a box, as OGC writes it; not asked while there is no box. */
export const itemsQuery = (layer: string, box: string | null) =>
  queryOptions({
    queryKey: ["list", "neighbours", layer, box],
    enabled: box !== null,
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      send<Items>(address(`/ogc/collections/${layer}/items`, { bbox: box, limit: 200 }), { signal }),
  });

/** Boxes are widened to this grid, degrees, so that moving a vertex asks nothing anew. */
const grid = 0.005;

function wideBox(parts: Parts): string | null {
  if (parts.length === 0) return null;
  const [west, south, east, north] = boxOf(parts).map((n) => n / grid) as [number, number, number, number];
  return [Math.floor(west), Math.floor(south), Math.ceil(east), Math.ceil(north)]
    .map((n) => (n * grid).toFixed(3))
    .join(",");
}

/** Other places of the layer round these parts, as they will stand, without those that are to be merged into the open one. `null`: none are asked for. */
export function useNeighbours(layer: LayerDef | null, parts: Parts): readonly Neighbour[] {
  const own = useEditor((s) => s.base?.feature ?? null);
  const absorbed = useEditor((s) => s.sketch?.doc.absorbed);
  const along = useEditor((s) => s.sketch?.doc.along);
  const box = useMemo(() => (layer ? wideBox(parts) : null), [layer, parts]);
  const items = useQuery({ ...itemsQuery(layer?.id ?? "", box), placeholderData: keepPreviousData }).data;
  return useMemo(() => {
    const gone = new Set([own, ...(absorbed ?? []).map(({ feature }) => feature)]);
    return (layer && items ? items.features : [])
      .filter(({ id }) => !gone.has(id))
      .map(({ id, geometry, properties }) => ({
        id,
        name: String(properties.name ?? id),
        parts: partsOf(along?.find(({ feature }) => feature === id)?.geometry ?? geometry),
      }));
  }, [layer, items, own, absorbed, along]);
}
