import { customType } from "drizzle-orm/pg-core";
import type { Geometry } from "#data/domain/change.ts";

/** PostGIS column in WGS84. Read it through ST_AsGeoJSON; drizzle's own `geometry` calls every shape a point. */
export const geometry = customType<{ data: Geometry; driverData: string; config: { type: string } }>({
  dataType: (config) => `geometry(${config?.type ?? "Geometry"},4326)`,
});

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

export const floats = customType<{ data: number[] }>({ dataType: () => "double precision[]" });
