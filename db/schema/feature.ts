import { bigint, integer, jsonb, pgTable, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { geometry } from "./geometry.ts";

type Attrs = Record<string, unknown>;
type Shares = Record<string, number>;

export const feature = pgTable("feature", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  uid: uuid().notNull(),
  layerNo: smallint("layer_no").notNull(),
  version: integer().notNull(),
  schemaV: smallint("schema_v").notNull(),
  attrs: jsonb().$type<Attrs>().notNull(),
  geom: geometry({ type: "Geometry" }).notNull(),
  town: text(),
  shares: jsonb().$type<Shares>().notNull(),
  duty: text(),
  name: text(),
  pinyin: text().notNull(),
  deletedSeq: bigint("deleted_seq", { mode: "number" }),
  claimed: timestamp({ withTimezone: true }),
});

export const featureVersion = pgTable("feature_version", {
  featureId: bigint("feature_id", { mode: "number" }).notNull(),
  version: integer().notNull(),
  op: text().$type<"create" | "patch" | "delete" | "restore" | "correct">().notNull(),
  layerNo: smallint("layer_no").notNull(),
  schemaV: smallint("schema_v").notNull(),
  attrs: jsonb().$type<Attrs>().notNull(),
  geom: geometry({ type: "Geometry" }).notNull(),
  town: text(),
  shares: jsonb().$type<Shares>().notNull(),
  duty: text(),
  vfrom: timestamp({ withTimezone: true }).notNull(),
  vto: timestamp({ withTimezone: true }).notNull(),
  kfrom: bigint({ mode: "number" }).notNull(),
  kto: bigint({ mode: "number" }).notNull(),
});
