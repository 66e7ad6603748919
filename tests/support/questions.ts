import { randomUUID } from "node:crypto";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ChangesPreview } from "#data/domain/preview.ts";
import { towns } from "#data/programme/towns.ts";
import { type Caller, places, type TestServer } from "./api.ts";
import { quickest, roadName } from "./many.ts";
import { findingAt } from "./people.ts";

const [lon, lat] = places.zhujiajiao;
const townCode = towns.find(({ id }) => id === "zhujiajiao")?.code;
const metre = 1e-5;
/** 1 km² of Zhujiajiao. */
const box = [lon, lat, lon + 1000 * metre, lat + 900 * metre].join(",");
const corners = [
  [lon, lat],
  [lon + 1000 * metre, lat],
  [lon + 1000 * metre, lat + 900 * metre],
  [lon, lat + 900 * metre],
];

/** Many places beside each other, inside Zhujiajiao. */
const beside = (count: number, place: (at: readonly [number, number], i: number) => ChangeOp): ChangeOp[] =>
  Array.from({ length: count }, (_, i) =>
    place([lon + (i % 40) * 3 * metre, lat + Math.floor(i / 40) * 3 * metre], i),
  );

const finding = (at: readonly [number, number], i: number): ChangeOp =>
  findingAt(at, { name: `新的 ${i}` }, randomUUID());
const piece = ([x, y]: readonly [number, number], i: number): ChangeOp => ({
  op: "create",
  uid: randomUUID(),
  layer: "key_road",
  geometry: {
    type: "LineString",
    coordinates: [
      [x, y],
      [x + 2 * metre, y],
    ],
  },
  properties: { name: `新的一段 ${i}`, parent_road: roadName(i) },
});

export interface Pace {
  readonly ms: number;
  /** The answer itself has more in it where there is more; else an index finds the same little of it. */
  readonly grows: boolean;
}

/** What people ask and write all day, by name. Nothing of the writes stays. */
export async function pacesOf(server: TestServer, runs: number): Promise<ReadonlyMap<string, Pace>> {
  const [town, force] = [await server.as("zhujiajiao"), await server.as("zhuanban")];
  const asks = (caller: Caller, path: string, body?: unknown) => async () => {
    const answer = await caller.ask(path, body === undefined ? {} : { method: "POST", body });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
  };
  const tries = (changes: () => ChangeOp[]) => async () => {
    const { body } = await town.ask<ChangesPreview>("/api/changes", {
      method: "POST",
      body: { changes: changes(), dryRun: true },
    });
    const refused = body.outcomes.find(({ ok }) => !ok);
    if (refused) throw new Error(JSON.stringify(refused));
  };
  const within = { filter: { layers: "finding" }, within: corners };
  const growing: Record<string, () => Promise<void>> = {
    "我的任务，镇": asks(town, "/api/tasks/mine?only=open"),
    "我的任务，由近到远": asks(town, `/api/tasks/mine?only=open&near=${lon},${lat}`),
    "我的任务，专班": asks(force, "/api/tasks/mine?only=open"),
    "责任属地，镇": asks(town, "/api/duty"),
    "责任属地，专班": asks(force, "/api/duty"),
    "变更，1 平方公里": asks(town, `/api/history?bbox=${box}`),
    "圈选 1 平方公里": asks(town, "/api/selection", within),
  };
  const found: Record<string, () => Promise<void>> = {
    "变更，最近的": asks(town, "/api/history"),
    "变更，本镇": asks(town, `/api/history?town=${townCode}`),
    会签: asks(town, "/api/proposals"),
    "试写 200 处": tries(() => beside(200, finding)),
    "试写 200 段路": tries(() => beside(200, piece)),
  };
  const paces = new Map<string, Pace>();
  for (const [questions, grows] of [
    [growing, true],
    [found, false],
  ] as const)
    for (const [name, ask] of Object.entries(questions))
      paces.set(name, { ms: await quickest(runs, ask), grows });
  return paces;
}
