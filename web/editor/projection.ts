import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useMemo, useState } from "react";
import type { Position } from "#data/domain/paths.ts";
import { roundPosition } from "#data/domain/plane.ts";

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
    return projectionOf(map);
  }, [map, moved]);
}

/** Mercator's northing in radians. */
const northing = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

/** The sheet neither turns nor tilts, so two corners say where every place lies; asking the map 10,000 times is slow. */
export function projectionOf(map: MapLibre): Projection {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const [a, b] = [map.unproject([0, 0]), map.unproject([Math.max(1, width), Math.max(1, height)])];
  const perLon = Math.max(1, width) / (b.lng - a.lng);
  const [top, bottom] = [northing(a.lat), northing(b.lat)];
  const perNorth = Math.max(1, height) / (bottom - top);
  return {
    project: ([lon = 0, lat = 0]) => [(lon - a.lng) * perLon, (northing(lat) - top) * perNorth],
    unproject: ([x, y]) => {
      const { lng, lat } = map.unproject([x, y]);
      return roundPosition(lng, lat);
    },
    width,
    height,
  };
}
