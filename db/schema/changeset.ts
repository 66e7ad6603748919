import { bigint, integer, jsonb, pgTable, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Role } from "#data/domain/account.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { bytea, floats, xid8 } from "./geometry.ts";

export const changeset = pgTable("changeset", {
  seq: bigint({ mode: "number" }).primaryKey(),
  xid: xid8().notNull(),
  accountId: bigint("account_id", { mode: "number" }).notNull(),
  unit: text().notNull(),
  role: text().$type<Role>().notNull(),
  town: text(),
  kind: text().notNull(),
  batch: uuid(),
  reverts: bigint({ mode: "number" }),
  reason: text(),
  at: timestamp({ withTimezone: true }).notNull(),
});

export const idempotency = pgTable("idempotency", {
  accountId: bigint("account_id", { mode: "number" }).notNull(),
  key: uuid().notNull(),
  bodySha256: bytea("body_sha256").notNull(),
  seq: bigint({ mode: "number" }).notNull(),
  status: integer().notNull(),
  reply: jsonb().$type<ChangesReply>().notNull(),
  at: timestamp({ withTimezone: true }).notNull(),
});

export const change = pgTable("change", {
  seq: bigint({ mode: "number" }).notNull(),
  kind: text().$type<"feature" | "task" | "observation" | "report">().notNull(),
  id: bigint({ mode: "number" }).notNull(),
  layerNo: smallint("layer_no"),
  op: text().notNull(),
  before: floats(),
  after: floats(),
});

export const reverted = pgTable("reverted", {
  seq: bigint({ mode: "number" }).notNull(),
  by: bigint({ mode: "number" }).notNull(),
});
