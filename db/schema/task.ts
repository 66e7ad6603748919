import { bigint, date, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { TaskState } from "#data/domain/task.ts";

export const task = pgTable("task", {
  id: bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  uid: uuid().notNull(),
  featureId: bigint("feature_id", { mode: "number" }).notNull(),
  targetId: integer("target_id").notNull(),
  version: integer().notNull(),
  state: text().$type<TaskState>().notNull(),
  due: date({ mode: "string" }),
  lead: text().notNull(),
  progress: integer().notNull(),
  note: text(),
  submittedBy: bigint("submitted_by", { mode: "number" }),
  claimed: timestamp({ withTimezone: true }),
});

export const taskVersion = pgTable("task_version", {
  taskId: bigint("task_id", { mode: "number" }).notNull(),
  featureId: bigint("feature_id", { mode: "number" }).notNull(),
  targetId: integer("target_id").notNull(),
  version: integer().notNull(),
  state: text().$type<TaskState>().notNull(),
  due: date({ mode: "string" }),
  lead: text().notNull(),
  progress: integer().notNull(),
  note: text(),
  submittedBy: bigint("submitted_by", { mode: "number" }),
  vfrom: timestamp({ withTimezone: true }).notNull(),
  vto: timestamp({ withTimezone: true }).notNull(),
  kfrom: bigint({ mode: "number" }).notNull(),
  kto: bigint({ mode: "number" }).notNull(),
});
