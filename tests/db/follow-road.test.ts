import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { Position } from "#data/domain/paths.ts";
import { between, toPlane } from "#data/domain/plane.ts";
import { placeAt } from "#data/domain/stakes.ts";
import { shownNumber } from "#data/layers/define.ts";
import { keyRoad } from "#data/layers/key_road.ts";
import { previewChanges } from "#db/preview.ts";
import { revertChanges } from "#db/revert.ts";
import { versionPairs } from "#server/history/queries.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { noon, type Person, person, places, refusal, write } from "#tests/support/people.ts";

describeOnBothDatabases("按桩号定的点位随道路中心线", (open) => {
  let force: Person;
  let town: Person;
  let road: number;
  const [x = 0, y = 0] = places.xujing;
  const along = (...bends: readonly Position[]) => ({
    type: "LineString" as const,
    coordinates: bends.map(([dx = 0, dy = 0]) => [x + dx, y + dy]),
  });
  const straight = along([0, 0], [0.01, 0], [0.02, 0]);
  const bent = along([0, 0], [0.01, 0.002], [0.02, 0]);
  const said = (text: string) => `${shownNumber(keyRoad, road)} ${text}`;
  const find = async (stakes: string | null, at: Position = [x + 0.005, y]): Promise<number> => {
    const { results } = await write(open(), force, {
      op: "create",
      uid: randomUUID(),
      layer: "finding",
      geometry: { type: "Point", coordinates: [...at] },
      properties: {
        name: "路面破损",
        category: "exposed_waste",
        place: "roadside",
        found_on: "2025-05-01",
        ...(stakes && { stakes: said(stakes) }),
      },
    });
    return results[0]!.id!;
  };
  const patch = (feature: number, base: number, rest: object): ChangeOp =>
    ({ op: "patch", feature, base, ...rest }) as ChangeOp;
  const stored = async (id: number) => {
    const [row] = await open().owner.sql<
      { version: number; stakes: string | null; at: number[]; kfrom: number }[]
    >`select f.version, f.attrs ->> 'stakes' as stakes, array[ST_X(f.geom), ST_Y(f.geom)]::float8[] as at,
        (select max(kfrom)::int from feature_version v where v.feature_id = f.id) as kfrom
        from feature f where f.id = ${id}`;
    return row!;
  };
  const off = (a: readonly number[], b: Position | null) => between(toPlane(a), toPlane(b ?? []));
  const onLine = (line: typeof straight, metres: number) => placeAt([[line.coordinates]], metres);

  beforeEach(async () => {
    [force, town] = await Promise.all([person(open(), "zhuanban", "taskforce"), person(open(), "xujing")]);
    const { results } = await write(open(), force, {
      op: "create",
      uid: randomUUID(),
      layer: "key_road",
      geometry: straight,
      properties: { name: "徐泾段", parent_road: "盈港路" },
    });
    road = results[0]!.id!;
  });

  test("a new line moves what lies on it, in the same changeset and under the same stakes", async () => {
    const [point, stretch] = [await find("K0+800"), await find("K1+200–K1+600")];
    const reply = await write(open(), town, patch(road, 1, { geometry: bent }));
    expect(reply.followed).toBe(2);
    for (const [id, metres, stakes] of [
      [point, 800, "K0+800"],
      [stretch, 1400, "K1+200–K1+600"],
    ] as const) {
      const now = await stored(id);
      expect(now).toMatchObject({ version: 2, stakes: said(stakes), kfrom: reply.seq });
      expect(off(now.at, onLine(bent, metres))).toBeLessThan(0.1);
    }
    const page = { feature: point, known: reply.seq, at: noon("2025-12-31"), below: reply.seq + 1, limit: 5 };
    const [moved, made] = (await versionPairs(open().app, page)).filter(({ version }) => version !== null);
    expect([moved?.followed, made?.followed]).toEqual([true, false]);
  });

  test("nothing else moves: no place without stakes, of another road, deleted, or placed by hand since", async () => {
    const plain = await find(null);
    const other = await find("K0+300");
    await write(open(), force, patch(other, 1, { set: { stakes: "QP-DL-999999 K0+300" } }));
    const gone = await find("K0+400");
    await write(open(), force, { op: "delete", feature: gone, base: 1 });
    const byHand = await find("K0+500");
    await write(open(), town, patch(byHand, 1, { geometry: { type: "Point", coordinates: [x, y + 0.001] } }));
    expect((await stored(byHand)).stakes).toBeNull();
    const before = await Promise.all([plain, other, gone, byHand].map(stored));
    expect((await write(open(), town, patch(road, 1, { geometry: bent }))).followed).toBeUndefined();
    expect(await Promise.all([plain, other, gone, byHand].map(stored))).toEqual(before);
  });

  test("only the line moves them: another attribute of the road does not", async () => {
    const id = await find("K0+800");
    await write(open(), town, patch(road, 1, { set: { cleaning: "integrated" } }));
    expect((await stored(id)).version).toBe(1);
  });

  test("a beginning that was cut off is measured anew; what lies beyond the end keeps its place and loses its stakes", async () => {
    const [kept, lost] = [await find("K1+400"), await find("K0+100")];
    const was = await stored(lost);
    await write(open(), town, patch(road, 1, { geometry: along([0.005, 0], [0.02, 0]) }));
    const now = await stored(kept);
    const cut = Math.round(between(toPlane([x, y]), toPlane([x + 0.005, y])));
    expect(now.stakes).toBe(said(`K0+${1400 - cut}`));
    expect(off(now.at, onLine(straight, 1400))).toBeLessThan(1);
    expect(await stored(lost)).toMatchObject({ version: 2, stakes: null, at: was.at });
  });

  test("a list that edits the finding too writes it once; a shape of its own wins", async () => {
    const [noted, placed] = [await find("K0+800"), await find("K0+900")];
    const own = { type: "Point", coordinates: [x + 0.003, y + 0.001] };
    await write(open(), town, [
      patch(noted, 1, { set: { remark: "已派单" } }),
      patch(placed, 1, { geometry: own }),
      patch(road, 1, { geometry: bent }),
    ]);
    expect(off((await stored(noted)).at, onLine(bent, 800))).toBeLessThan(0.1);
    expect(await stored(placed)).toMatchObject({ version: 2, stakes: null });
    expect(off((await stored(placed)).at, own.coordinates)).toBeLessThan(0.1);
  });

  test("taking the road's line back takes what followed back with it, and what was found since follows too", async () => {
    const early = await find("K0+800");
    const before = await stored(early);
    const { seq } = await write(open(), town, patch(road, 1, { geometry: bent }));
    const late = await find("K1+000");
    await revertChanges(open().app, {
      token: town.token,
      body: { seqs: [seq], reason: "画错了" },
      clock: noon("2025-06-03"),
    });
    expect(off((await stored(early)).at, before.at)).toBeLessThan(0.01);
    expect((await stored(early)).stakes).toBe(said("K0+800"));
    expect(off((await stored(late)).at, onLine(straight, 1000))).toBeLessThan(0.1);
  });

  test("a dry run moves nothing, and stakes that are written wrongly are refused by name", async () => {
    const id = await find("K0+800");
    const { outcomes } = await previewChanges(open().app, {
      token: town.token,
      body: { changes: [patch(road, 1, { geometry: bent })] },
      clock: noon("2025-06-03"),
    });
    expect(outcomes).toMatchObject([{ ok: true }]);
    expect((await stored(id)).version).toBe(1);
    const wrong = await refusal(write(open(), force, patch(id, 1, { set: { stakes: "K0+800" } })));
    expect([wrong.code, wrong.detail]).toEqual(["invalid", expect.stringContaining("QP-DL-12 K1+200")]);
  });
});
