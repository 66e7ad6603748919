import { bigint, boolean, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Role } from "#data/domain/account.ts";
import { bytea } from "./geometry.ts";

export const account = pgTable("account", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  login: text().notNull(),
  name: text().notNull(),
  unit: text().notNull(),
  role: text().$type<Role>().notNull(),
  passwordHash: text("password_hash"),
  demo: boolean().notNull(),
  disabledAt: timestamp("disabled_at", { withTimezone: true }),
  failed: integer().notNull(),
  lockedUntil: timestamp("locked_until", { withTimezone: true }),
});

export const session = pgTable("session", {
  tokenHash: bytea("token_hash").primaryKey(),
  id: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
  accountId: bigint("account_id", { mode: "number" }).notNull(),
  kind: text().$type<"web" | "token">().notNull(),
  name: text(),
  csrf: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull(),
});
