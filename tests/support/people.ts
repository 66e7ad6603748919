import { randomUUID } from "node:crypto";
import type { Role } from "#data/domain/account.ts";
import type { ChangeOp, ChangesBody } from "#data/domain/change.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { openSession } from "#db/sessions.ts";
import { applyChanges, WriteRefused } from "#db/write.ts";
import type { TestDatabase } from "./databases.ts";

export interface Person {
  readonly login: string;
  readonly accountId: number;
  readonly token: string;
}

/** Makes an account of a unit (a town's pinyin id, or a unit's) with a live session. */
export async function person(db: TestDatabase, unit: string, role: Role = "editor"): Promise<Person> {
  const login = `${unit}-${role}-${randomUUID().slice(0, 6)}`;
  const [row] = await db.owner.sql<{ id: number }[]>`
    insert into account (login, name, unit, role) values (${login}, ${login}, ${unit}, ${role}) returning id`;
  const accountId = row!.id;
  const { token } = await openSession(db.owner, { accountId, kind: "web", hours: 1 });
  return { login, accountId, token };
}

/** Noon in Shanghai of a day of the plan's year. */
export const noon = (day: string): Date => new Date(`${day}T12:00:00+08:00`);
const someDay = noon("2025-06-02");

/** Writes as the app does. */
export async function write(
  db: TestDatabase,
  who: Person,
  changes: ChangeOp | ChangeOp[],
  more: { clock?: Date; reason?: string; key?: string } = {},
): Promise<ChangesReply> {
  const body: ChangesBody = { changes: [changes].flat() };
  const { reply } = await applyChanges(db.app, {
    token: who.token,
    body: more.reason === undefined ? body : { ...body, reason: more.reason },
    clock: more.clock ?? someDay,
    ...(more.key ? { key: more.key } : {}),
  });
  return reply;
}

/** The refusal of an edit that must not pass. */
export async function refusal(edit: Promise<unknown>): Promise<WriteRefused> {
  try {
    await edit;
  } catch (error) {
    if (error instanceof WriteRefused) return error;
    throw error;
  }
  throw new Error("The edit passed.");
}

/** A place well inside each of three towns, and the same as a polygon some 100 m wide. */
export const places = {
  xujing: [121.27, 31.18],
  zhujiajiao: [121.05, 31.1],
  zhaoxiang: [121.2, 31.15],
} as const;

export const square = (at: readonly number[], size = 0.001) => {
  const [x = 0, y = 0] = at;
  return {
    type: "Polygon" as const,
    coordinates: [
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
        [x, y],
      ],
    ],
  };
};

/** A 问题点位: the layer that towns write and that has one task, of target 1. */
export const findingAt = (
  at: readonly number[],
  properties: Record<string, unknown> = {},
  uid: string = randomUUID(),
): Extract<ChangeOp, { op: "create" }> => ({
  op: "create",
  uid,
  layer: "finding",
  geometry: { type: "Point", coordinates: [...at] },
  properties: {
    name: "盈港路占道",
    category: "street_vending",
    place: "roadside",
    found_on: "2025-06-01",
    ...properties,
  },
});
