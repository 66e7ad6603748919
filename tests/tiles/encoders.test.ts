import { expect, it } from "vitest";
import { tileAt } from "#server/tiles/grid.ts";
import { tileFromPostgis, tileFromRows } from "#server/tiles/queries.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { type Decoded, decode } from "./decode.ts";
import { chance, createOf, line, openTaskforce, point, questionOf, square, write } from "./fixture.ts";

const centre = [121.08, 31.12] as const;
const zooms = [8, 10, 12, 14, 16];

describeOnBothDatabases("a tile", (open) => {
  async function fill(): Promise<void> {
    const { app } = open();
    const token = await openTaskforce(open());
    const random = chance(7);
    const near = (): [number, number] => [
      centre[0] + (random() - 0.5) * 0.1,
      centre[1] + (random() - 0.5) * 0.1,
    ];
    const changes = Array.from({ length: 60 }, (_, i) => [
      createOf("finding", point(...near()), `问题 ${i}`),
      createOf("key_road", line(near(), near(), near()), `道路 ${i}`),
      createOf("green_spot", square(...near(), 0.002), `绿地 ${i}`),
      // Some are smaller than a unit of the tile at low zooms.
      createOf("bike_zone", square(...near(), 0.00005), `停放区 ${i}`),
    ]).flat();
    await write(app, token, changes);
  }
  const layers = ["finding", "key_road", "green_spot", "bike_zone"];

  it("has one layer with integer ids, and the properties of the contract", async () => {
    await fill();
    const { app } = open();
    const own = app.kind === "postgres" ? tileFromPostgis : tileFromRows;
    const { mvt, k } = await own(app, questionOf(app, "finding", tileAt(...centre, 12)));
    const features = decode(mvt, "finding");
    expect(features.length).toBeGreaterThan(10);
    expect(k).toBe(1);
    expect(Number.isInteger(features[0]?.id)).toBe(true);
    expect(features[0]?.properties).toMatchObject({
      st: 0,
      tg: 1,
      n: 1,
      category: "road_damage",
      due: 20453,
    });
    expect(features[0]?.properties.name).toMatch(/^问题/);
  });

  it("tells the state and due day of the leading task", async () => {
    const { app } = open();
    const token = await openTaskforce(open());
    const made = createOf("key_road", line([121.05, 31.1], [121.06, 31.11]));
    const { reply } = await write(app, token, [made]);
    const tasks = reply.results[0]?.tasks ?? [];
    expect(tasks.map((task) => task.target)).toEqual(
      [1, 2, 3].map((no) => expect.toSatisfy((t) => t % 100 === no)),
    );
    const last = tasks.at(-1);
    await write(app, token, [{ op: "task", task: last?.id ?? 0, step: "start", due: "2025-10-01" }]);
    const own = app.kind === "postgres" ? tileFromPostgis : tileFromRows;
    const { mvt } = await own(app, questionOf(app, "key_road", tileAt(121.055, 31.105, 12)));
    expect(decode(mvt, "key_road")[0]?.properties).toMatchObject({ st: 1, tg: 3, n: 3, due: 20362 });
  });

  it("marks an area at one point of one tile, however many tiles it is cut into", async () => {
    const { app } = open();
    const token = await openTaskforce(open());
    // Its centre lies on no border of a tile of zoom 14, and it is several tiles wide.
    const { reply } = await write(app, token, [
      createOf("green_spot", square(121.053, 31.091, 0.06), "大绿地"),
    ]);
    const own = app.kind === "postgres" ? tileFromPostgis : tileFromRows;
    const middle = tileAt(121.083, 31.121, 14);
    const around = [-1, 0, 1].flatMap((x) =>
      [-1, 0, 1].map((y) => ({ z: 14, x: middle.x + x, y: middle.y + y })),
    );
    const found: Decoded[][] = [];
    for (const tile of around)
      found.push(decode((await own(app, questionOf(app, "green_spot", tile))).mvt, "green_spot"));
    const points = found.flat().filter(({ type }) => type === 1);
    expect(found.flat().length).toBeGreaterThan(4);
    expect(points).toHaveLength(1);
    expect(points[0]).toMatchObject({ id: reply.results[0]?.id, properties: { name: "大绿地", centre: 1 } });
    expect(found.flat().every(({ properties }) => properties.centre === 1)).toBe(true);
  });

  it("marks a line at one point half-way along its longest part, however many tiles it crosses", async () => {
    const { app } = open();
    const token = await openTaskforce(open());
    const road = createOf("key_road", {
      type: "MultiLineString",
      coordinates: [
        [
          [121.051, 31.121],
          [121.115, 31.121],
        ],
        [
          [121.051, 31.125],
          [121.053, 31.125],
        ],
      ],
    });
    const { reply } = await write(app, token, [road]);
    const own = app.kind === "postgres" ? tileFromPostgis : tileFromRows;
    const middle = tileAt(121.083, 31.121, 14);
    const across = [-1, 0, 1].map((x) => ({ z: 14, x: middle.x + x, y: middle.y }));
    const found = await Promise.all(
      across.map(async (tile) => decode((await own(app, questionOf(app, "key_road", tile))).mvt, "key_road")),
    );
    const ours = found.map((pieces) => pieces.filter(({ id }) => id === reply.results[0]?.id));
    expect(ours.map((pieces) => pieces.some(({ type }) => type === 2))).toEqual([true, true, true]);
    expect(ours.map((pieces) => pieces.filter(({ type }) => type === 1).length)).toEqual([0, 1, 0]);
  });

  it("is the same from both encoders: ids, properties, boxes within a unit", async () => {
    const { app } = open();
    // The embedded database has one encoder only; the two meet on PostGIS.
    if (app.kind === "embedded") return;
    await fill();
    for (const layer of layers)
      for (const z of zooms) {
        const question = questionOf(app, layer, tileAt(...centre, z));
        const postgis = decode((await tileFromPostgis(app, question)).mvt, layer);
        const ours = decode((await tileFromRows(app, question)).mvt, layer);
        expect([layer, z, ours.map(({ id }) => id)]).toEqual([layer, z, postgis.map(({ id }) => id)]);
        expect(ours.map(({ properties }) => properties)).toEqual(postgis.map(({ properties }) => properties));
        expect([layer, z, furthest(postgis, ours)]).toEqual([
          layer,
          z,
          expect.toSatisfy((far: number) => far <= 1),
        ]);
      }
  });

  it("counts by cell and state below zoom 12 when there are more than 5,000", async () => {
    const { app } = open();
    const token = await openTaskforce(open());
    const random = chance(3);
    const many = 5_100;
    for (let done = 0; done < many; done += 1_700)
      await write(
        app,
        token,
        Array.from({ length: 1_700 }, () =>
          createOf("finding", point(121 + random() * 0.2, 31.05 + random() * 0.1)),
        ),
      );
    const own = app.kind === "postgres" ? tileFromPostgis : tileFromRows;
    const cells = decode(
      (await own(app, questionOf(app, "finding", { z: 8, x: 214, y: 104 }))).mvt,
      "finding",
    );
    expect(cells.length).toBeLessThan(200);
    expect(cells.reduce((sum, cell) => sum + Number(cell.properties.count), 0)).toBe(many);
    expect(cells[0]?.properties).toMatchObject({ st: 0 });
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  });
});

function furthest(a: readonly Decoded[], b: readonly Decoded[]): number {
  const pairs = a.map((feature, i) =>
    feature.box.map((side, n) => Math.abs(side - (b[i]?.box[n] ?? Number.NaN))),
  );
  return Math.max(0, ...pairs.flat());
}
