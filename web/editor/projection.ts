import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useMemo, useState } from "react";
import type { Position } from "#data/domain/paths.ts";
import { roundPosition } from "./document.ts";

export type Pixel = readonly [x: number, y: number];

/** Screen places of the map as it stands now; a new value each time the map moves. */
export interface Projection {
  project(position: Position): Pixel;
  unproject(pixel: Pixel): Position;
  readonly width: number;
  readonly height: number;
}

export function useProjection(map: MapLibre): Projection {
  const [moved, setMoved] = useState(0);
  useEffect(() => {
    const tick = () => setMoved((n) => n + 1);
    map.on("move", tick);
    map.on("resize", tick);
    return () => {
      map.off("move", tick);
      map.off("resize", tick);
    };
  }, [map]);
  return useMemo(() => {
    void moved;
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    return { ...projectionOf(map), width, height };
  }, [map, moved]);
}

function projectionOf(map: MapLibre): Pick<Projection, "project" | "unproject"> {
  return {
    project: ([lon = 0, lat = 0]) => {
      const { x, y } = map.project([lon, lat]);
      return [x, y];
    },
    unproject: ([x, y]) => {
      const { lng, lat } = map.unproject([x, y]);
      return roundPosition(lng, lat);
    },
  };
}
