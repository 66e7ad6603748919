import { useQueries, useQuery } from "@tanstack/react-query";
import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useMemo, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Position, partsOf, shapeOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { baseMapUrls } from "../map/style/data.ts";
import type { Border } from "./border.ts";
import { type Items, itemsQuery } from "./neighbours.ts";
import type { SnapTarget } from "./snap.ts";
import { layersWith, useSnapChoice } from "./snap-choice.ts";

/** Below this zoom a 12 px reach is most of a street block: nothing to snap to but borders. */
const neighbourZoom = 13.5;
const noTargets: readonly SnapTarget[] = [];

/** What there is to snap to in view, as chosen: town borders (bound accounts: the own one), the base map's lines, exact geometries of layers. */
export function useSnapTargets(
  map: MapLibre,
  layer: LayerDef,
  editing: number | null,
  borders: readonly Border[],
  own: Border | null,
): readonly SnapTarget[] {
  const to = useSnapChoice((s) => s.to);
  const box = useBox(map);
  const roads = useBaseLines("network", "road", "道路", to.includes("road"));
  const water = useBaseLines("water", null, "河湖", to.includes("water"));
  const asked = useMemo(() => layersOf(layer, to), [layer, to]);
  const answers = useQueries({
    queries: asked.map(({ id }) => itemsQuery(id, box)),
    combine: (all) => all.map(({ data }) => data),
  });
  return useMemo(() => {
    // Who may not leave the town snaps to its own line only: a neighbour's copy of it may lie a hair outside.
    const towns = to.includes("border") ? (own ? [own] : borders) : [];
    return [
      ...towns.map((border) => ({
        label: "镇界",
        paths: border.rings,
        closed: true,
        ...(border === own ? { border } : {}),
      })),
      ...asked.flatMap(({ id, label }, i) => targetsOf(answers[i], label, id === layer.id ? editing : null)),
      ...(box === null ? noTargets : [...roads, ...water]),
    ];
  }, [to, borders, own, asked, answers, layer, editing, box, roads, water]);
}

/** Layers whose features are asked for: the own one as 同层, those that go with the base map's lines, others by their names. */
function layersOf(layer: LayerDef, to: readonly string[]): readonly { id: string; label: string }[] {
  const own = to.includes("own") ? [{ id: layer.id, label: "同层" }] : [];
  const wanted = new Set(to.map((id) => layersWith[id] ?? id));
  wanted.delete(layer.id);
  return [
    ...own,
    ...[...wanted].flatMap((id) => {
      const other = layerById(id);
      return other ? [{ id, label: other.name }] : [];
    }),
  ];
}

const targetsOf = (items: Items | undefined, label: string, without: number | null): readonly SnapTarget[] =>
  (items?.features ?? [])
    .filter(({ id }) => id !== without)
    .map(({ geometry }) => ({
      label,
      paths: partsOf(geometry).flat(),
      closed: shapeOf(geometry) === "Polygon",
    }));

interface BaseFile {
  readonly features: readonly {
    readonly properties: { readonly kind?: string; readonly name?: string };
    readonly geometry: Geometry;
  }[];
}

/** Lines of the base map, from the file the sheet has loaded already. `kind` picks some of them. */
function useBaseLines(
  file: keyof typeof baseMapUrls,
  kind: string | null,
  label: string,
  wanted: boolean,
): readonly SnapTarget[] {
  const data = useQuery({
    queryKey: ["base-lines", file],
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await (await fetch(String(baseMapUrls[file]))).json()) as BaseFile,
  }).data;
  return useMemo(
    () =>
      (wanted && data ? data.features : [])
        .filter(({ properties }) => kind === null || properties.kind === kind)
        .map(({ geometry, properties }) => ({
          label: properties.name ? `${label} ${properties.name}` : label,
          paths: partsOf(geometry).flat(),
          closed: shapeOf(geometry) === "Polygon",
        })),
    [data, kind, label, wanted],
  );
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
