import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import type { FieldDef } from "#data/domain/field.ts";
import type { Sensitivity } from "#data/domain/sensitivity.ts";

/** Rows that migrate writes from data/. */
export const layer = pgTable("layer", {
  no: smallint().primaryKey(),
  id: text().notNull(),
  name: text().notNull(),
  geometryTypes: text("geometry_types").array().notNull(),
  townWritable: boolean("town_writable").notNull(),
  sensitivity: text().$type<Sensitivity>().notNull(),
  fields: jsonb().$type<Record<string, FieldDef>>().notNull(),
  leastExtent: doublePrecision("least_extent").notNull().default(0),
  mostOverlap: doublePrecision("most_overlap"),
  retiredAt: timestamp("retired_at", { withTimezone: true }),
});

export const unit = pgTable("unit", {
  id: text().primaryKey(),
  name: text().notNull(),
  short: text().notNull(),
  kind: text().notNull(),
  town: text(),
});

export const town = pgTable("town", {
  code: text().primaryKey(),
  id: text().notNull(),
  name: text().notNull(),
  short: text().notNull(),
});

export const target = pgTable("target", {
  id: integer().primaryKey(),
  year: integer().notNull(),
  no: integer().notNull(),
  campaign: integer().notNull(),
  short: text().notNull(),
  text: text().notNull(),
  fromTarget: integer("from_target"),
});

export const metricFiler = pgTable("metric_filer", {
  metric: text().notNull(),
  unit: text().notNull(),
});
