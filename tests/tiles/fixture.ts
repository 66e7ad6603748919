import { randomUUID } from "node:crypto";
import type { Who } from "#data/domain/account.ts";
import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import { layerById } from "#data/layers/registry.ts";
import type { Database } from "#db/client.ts";
import { mayRead } from "#db/reading.ts";
import { openSession } from "#db/sessions.ts";
import { applyChanges } from "#db/write.ts";
import type { AsOfRequest } from "#server/http/app-env.ts";
import { featuresAt, tasksAt } from "#server/list/source.ts";
import type { TileAddress } from "#server/tiles/grid.ts";
import type { TileQuestion } from "#server/tiles/sql.ts";
import type { TestDatabase } from "#tests/support/databases.ts";

const everybody: Who = {
  account: "zhuanban",
  name: "专班",
  role: "taskforce",
  unit: "zhuanban",
  unitName: "专班",
  town: null,
};

/** What the route asks the database, for a reader who sees all. */
export function questionOf(
  { sql }: Database,
  layer: string,
  tile: TileAddress,
  asOf: AsOfRequest = { at: null, known: null },
): TileQuestion {
  const definition = layerById(layer);
  if (!definition) throw new Error(layer);
  return {
    layer: definition,
    tile,
    features: featuresAt(sql, asOf),
    tasks: tasksAt(sql, asOf),
    readable: mayRead(sql, everybody, "f"),
  };
}

/** A token of a 专班 account, who may write everywhere. */
export async function openTaskforce({ app, owner }: TestDatabase): Promise<string> {
  await owner.sql`insert into account (login, name, unit, role, demo) values ('tiles', '测试', 'zhuanban', 'taskforce', true)
    on conflict (login) do nothing`;
  const [account] = await owner.sql<{ id: number }[]>`select id from account where login = 'tiles'`;
  const { token } = await openSession(app, { accountId: account?.id ?? 0, kind: "web", hours: 1 });
  return token;
}

export const write = (
  db: Database,
  token: string,
  changes: ChangeOp[],
  clock = new Date("2025-09-15T00:30:00Z"),
) => applyChanges(db, { token, body: { changes }, clock });

const required: Record<string, Record<string, unknown>> = {
  finding: { category: "road_damage", place: "roadside", found_on: "2025-05-01" },
  key_road: { parent_road: "外青松公路" },
  green_spot: {},
  bike_zone: { station: "朱家角" },
  illegal_building: { stock_kind: "stock" },
};

export const createOf = (layer: string, geometry: Geometry, name = "点"): ChangeOp & { uid: string } => ({
  op: "create",
  uid: randomUUID(),
  layer,
  geometry,
  properties: { name, ...required[layer] },
});

export const point = (lon: number, lat: number): Geometry => ({ type: "Point", coordinates: [lon, lat] });

/** A square of `size` degrees. */
export const square = (lon: number, lat: number, size: number): Geometry => ({
  type: "Polygon",
  coordinates: [
    [
      [lon, lat],
      [lon + size, lat],
      [lon + size, lat + size],
      [lon, lat + size],
      [lon, lat],
    ],
  ],
});

export const line = (...coordinates: (readonly [number, number])[]): Geometry => ({
  type: "LineString",
  coordinates: coordinates.map((at) => [...at]),
});

/** The same numbers every time. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
