import { useQuery } from "@tanstack/react-query";
import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useMemo, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Position, partsOf, shapeOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { address, send } from "../api/client.ts";
import type { Border } from "./border.ts";
import type { SnapTarget } from "./snap.ts";

interface Items {
  readonly features: readonly { readonly id: number; readonly geometry: Geometry }[];
}

/** Below this zoom a 12 px reach is most of a street block: nothing to snap to but borders. */
const neighbourZoom = 13.5;

/** What there is to snap to in view: town borders (bound accounts: the own one), then exact geometries of the same layer. */
export function useSnapTargets(
  map: MapLibre,
  layer: LayerDef,
  editing: number | null,
  borders: readonly Border[],
  own: Border | null,
): readonly SnapTarget[] {
  const box = useBox(map);
  const neighbours = useQuery({
    queryKey: ["list", "neighbours", layer.id, box],
    enabled: box !== null,
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      send<Items>(address(`/ogc/collections/${layer.id}/items`, { bbox: box, limit: 200 }), { signal }),
  }).data;
  return useMemo(() => {
    // Who may not leave the town snaps to its own line only: a neighbour's copy of it may lie a hair outside.
    const towns = own ? [own] : borders;
    return [
      ...towns.map((border) => ({
        label: "镇界",
        paths: border.rings,
        closed: true,
        ...(border === own ? { border } : {}),
      })),
      ...(neighbours?.features ?? [])
        .filter((feature) => feature.id !== editing)
        .map(({ geometry }) => ({
          label: "同层",
          paths: partsOf(geometry).flat(),
          closed: shapeOf(geometry) === "Polygon",
        })),
    ];
  }, [borders, own, neighbours, editing]);
}

/** The view's box as OGC writes it, once the map rests and is near enough. */
function useBox(map: MapLibre): string | null {
  const [box, setBox] = useState<string | null>(null);
  useEffect(() => {
    const read = () => {
      const [[west, south], [east, north]] = map.getBounds().toArray();
      const near = map.getZoom() >= neighbourZoom;
      setBox(near ? [west, south, east, north].map((n) => n.toFixed(4)).join(",") : null);
    };
    read();
    map.on("moveend", read);
    return () => void map.off("moveend", read);
  }, [map]);
  return box;
}

/** Only paths with something in the view, so that a pointer move does not project eleven whole borders. */
export function nearView(targets: readonly SnapTarget[], map: MapLibre): readonly SnapTarget[] {
  const [[west, south], [east, north]] = map.getBounds().toArray();
  return targets.flatMap((target) => {
    const paths = target.paths.flatMap((path) => stretches(path, target.closed, [west, south, east, north]));
    return paths.length > 0 ? [{ ...target, paths, closed: false }] : [];
  });
}

type Box = readonly [west: number, south: number, east: number, north: number];

/** The pieces of a path whose edges may touch the box. */
function stretches(
  path: readonly Position[],
  closed: boolean,
  [west, south, east, north]: Box,
): Position[][] {
  const all = closed && path.length > 2 ? [...path, path[0]!] : path;
  if (all.length === 1) return [[all[0]!]];
  const pieces: Position[][] = [];
  let open: Position[] | null = null;
  for (let i = 0; i + 1 < all.length; i++) {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [all[i]!, all[i + 1]!];
    const meets =
      Math.max(ax, bx) >= west &&
      Math.min(ax, bx) <= east &&
      Math.max(ay, by) >= south &&
      Math.min(ay, by) <= north;
    if (!meets) open = null;
    else if (open) open.push(all[i + 1]!);
    else {
      open = [all[i]!, all[i + 1]!];
      pieces.push(open);
    }
  }
  return pieces;
}
