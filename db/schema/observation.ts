import { bigint, doublePrecision, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const observation = pgTable("observation", {
  point: bigint({ mode: "number" }).notNull(),
  takenAt: timestamp("taken_at", { withTimezone: true }).notNull(),
  parameter: text().notNull(),
  value: doublePrecision().notNull(),
  kfrom: bigint({ mode: "number" }).notNull(),
  kto: bigint({ mode: "number" }).notNull(),
});

export const metricReport = pgTable("metric_report", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  metric: text().notNull(),
  unit: text().notNull(),
  period: text().notNull(),
  value: numeric().notNull(),
  of: numeric(),
  at: timestamp({ withTimezone: true }).notNull(),
  note: text(),
  kfrom: bigint({ mode: "number" }).notNull(),
  kto: bigint({ mode: "number" }).notNull(),
});
