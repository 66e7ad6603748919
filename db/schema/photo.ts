import { bigint, doublePrecision, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { PhotoPhase, PositionSource } from "#data/domain/photo.ts";
import { bytea, geometry } from "./geometry.ts";

export const photo = pgTable("photo", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  uid: uuid().notNull(),
  featureId: bigint("feature_id", { mode: "number" }).notNull(),
  targetId: integer("target_id").notNull(),
  phase: text().$type<PhotoPhase>().notNull(),
  sha256: bytea().notNull(),
  width: integer().notNull(),
  height: integer().notNull(),
  bytes: integer().notNull(),
  takenAt: timestamp("taken_at", { withTimezone: true }),
  position: geometry({ type: "Point" }),
  asGcj: geometry("as_gcj", { type: "Point" }),
  positionFrom: text("position_from").$type<PositionSource>(),
  distanceM: doublePrecision("distance_m"),
  distanceGcjM: doublePrecision("distance_gcj_m"),
  unit: text().notNull(),
  accountId: bigint("account_id", { mode: "number" }).notNull(),
  seq: bigint({ mode: "number" }).notNull(),
  removedSeq: bigint("removed_seq", { mode: "number" }),
});
