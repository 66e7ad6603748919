import type { FeatureCollection, Point } from "geojson";
import { lights } from "#data/domain/light.ts";
import type { PointRow, SummaryRow } from "#data/domain/wire/list.ts";
import { layerByNo } from "#data/layers/registry.ts";
import { lightOfRow, type MapFilter, passes } from "./filter.ts";
import { labelPointOf } from "./town-boxes.ts";

export type Points = FeatureCollection<Point, Record<string, string | number>>;

/** The rows that pass as GeoJSON for the clustering source: the tile's own properties and one number a light. */
export function pointFeatures(rows: readonly PointRow[], filter: MapFilter, today: number): Points {
  const features: Points["features"] = [];
  for (const row of rows) {
    const [id, no, lon, lat, state, due, town, target, name] = row;
    const layer = layerByNo(no);
    if (!layer || !passes(row, layer, filter, today)) continue;
    features.push({
      type: "Feature",
      id,
      geometry: { type: "Point", coordinates: [lon, lat] },
      properties: {
        layer: layer.id,
        name,
        light: lightOfRow(row, today),
        ...(state >= 0 ? { st: state } : {}),
        ...(due === null ? {} : { due }),
        ...(town === null ? {} : { town }),
        ...(target === null ? {} : { tg: target }),
      },
    });
  }
  return { type: "FeatureCollection", features };
}

/** One place a town for what may only be counted (限定). */
export function townCounts(rows: readonly SummaryRow[]): Points {
  return {
    type: "FeatureCollection",
    features: rows.flatMap((row) => {
      const at = labelPointOf(row.key);
      if (!at || row.total === 0) return [];
      const shares = Object.fromEntries(lights.map((light) => [light, row.lights[light]]));
      return [
        {
          type: "Feature" as const,
          geometry: { type: "Point" as const, coordinates: [...at] },
          properties: { town: row.name, total: row.total, ...shares },
        },
      ];
    }),
  };
}
