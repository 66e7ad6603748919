import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useState } from "react";

/** Where on the sheet the map's centre is, px: the panels over it push it aside. */
export function useMiddle(map: MapLibre): { readonly x: number; readonly y: number } {
  const [at, setAt] = useState(() => map.project(map.getCenter()));
  useEffect(() => {
    const told = () =>
      setAt((old) => {
        const { x, y } = map.project(map.getCenter());
        return Math.abs(x - old.x) + Math.abs(y - old.y) < 0.5 ? old : map.project(map.getCenter());
      });
    told();
    map.on("move", told);
    map.on("resize", told);
    return () => {
      map.off("move", told);
      map.off("resize", told);
    };
  }, [map]);
  return at;
}
