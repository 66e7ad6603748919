import { afterEach, beforeEach, expect, it } from "vitest";
import { dayNumber } from "#data/domain/time.ts";
import type {
  LayersAnswer,
  ListAnswer,
  PointRow,
  SearchAnswer,
  SummaryAnswer,
} from "#data/domain/wire/list.ts";
import { type Caller, type Person, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { createOf, line, openTaskforce, point, write } from "#tests/tiles/fixture.ts";

describeOnBothDatabases("list, layers, summary and search", (open) => {
  let server: TestServer;
  let reader: Caller;
  beforeEach(async () => {
    server = await startApi(open());
    reader = await server.as("zhuanban");
    const token = await openTaskforce(open());
    const made = [
      createOf("finding", point(...places.zhujiajiao), "漕平路占道"),
      createOf("finding", point(...places.xujing), "徐盈路乱停车"),
      createOf("key_road", line(places.zhujiajiao, places.xujing), "外青松公路"),
      ...Array.from({ length: 6 }, (_, i) =>
        createOf("illegal_building", point(...places.zhujiajiao), `违建 ${i}`),
      ),
    ];
    const { reply } = await write(open().app, token, made);
    const task = reply.results[0]?.tasks?.[0]?.id ?? 0;
    await write(open().app, token, [{ op: "task", task, step: "start", due: "2025-09-01" }]);
  });
  afterEach(() => server.close());
  const list = async (query: string, who: Person = "zhuanban") =>
    (await (await server.as(who)).ask<ListAnswer>(`/api/list?${query}`)).body;
  const search = async (q: string, who: Person = "zhuanban") =>
    (await (await server.as(who)).ask<SearchAnswer>(`/api/search?q=${encodeURIComponent(q)}`)).body.hits;
  const features = async (q: string, who: Person) =>
    (await search(q, who)).filter(({ kind }) => kind === "feature").length;

  it("puts what is late first, and counts lights over everything that passes", async () => {
    const answer = await list("layers=finding,key_road&limit=1");
    expect(answer).toMatchObject({ total: 3, lights: { late: 1, none: 2 } });
    expect(answer.rows).toMatchObject([{ name: "漕平路占道", light: "late", due: "2025-09-01", target: 1 }]);
    expect(answer.rows[0]?.at[0]).toBeCloseTo(121.05, 5);
  });

  it("filters by town, target, due, light, lead and name", async () => {
    expect((await list("town=310118106")).rows.map(({ name }) => name)).toEqual(["徐盈路乱停车"]);
    expect((await list("town=cross")).rows.map(({ name }) => name)).toEqual(["外青松公路"]);
    expect((await list("target=3")).rows).toMatchObject([{ name: "外青松公路", target: 3 }]);
    expect((await list("due=overdue")).total).toBe(1);
    expect((await list("light=late")).total).toBe(1);
    expect((await list("lead=chengguan")).total).toBe(6);
    expect((await list("q=xylltc")).rows.map(({ name }) => name)).toEqual(["徐盈路乱停车"]);
  });

  it("takes several campaigns, targets and lead units", async () => {
    expect((await list("target=1,19&layers=finding,illegal_building")).total).toBe(8);
    expect((await list("campaign=1,9&layers=finding,illegal_building")).total).toBe(8);
    expect((await list("lead=lvhua,chengguan&layers=finding,illegal_building")).total).toBe(8);
  });

  it("gives points for clustering under the same filters and rights", async () => {
    const points = async (query: string, who: Person = "zhuanban") =>
      (await (await server.as(who)).ask<{ rows: PointRow[] }>(`/api/points?${query}`)).body.rows;
    const found = await points("layers=finding,key_road,illegal_building");
    expect(found).toHaveLength(8);
    const [, layer, lon, , state, due, town, target, name] = found[0]!;
    expect([layer, state, due, town, target, name]).toEqual([
      15,
      1,
      dayNumber("2025-09-01"),
      "310118102",
      1,
      "漕平路占道",
    ]);
    expect(lon).toBeCloseTo(places.zhujiajiao[0], 5);
    expect(await points("layers=illegal_building", "xujing")).toEqual([]);
  });

  it("shows restricted points to their town, lead unit and 专班, and to nobody else", async () => {
    const seen: [Person, number][] = [
      ["zhuanban", 6],
      ["zhujiajiao", 6],
      ["chengguan", 6],
      ["xujing", 0],
      ["lvhua", 0],
      ["leader", 0],
    ];
    for (const [who, n] of seen)
      expect([who, (await list("layers=illegal_building", who)).total, await features("违建", who)]).toEqual([
        who,
        n,
        n,
      ]);
  });

  it("tells others counts of 5 and more", async () => {
    const leader = await server.as("leader");
    const { body } = await leader.ask<LayersAnswer>("/api/layers");
    expect(body.layers.find(({ id }) => id === "illegal_building")).toMatchObject({
      total: 6,
      countsOnly: true,
    });
    const town = await leader.ask<SummaryAnswer>("/api/summary?by=town&layers=illegal_building");
    expect(town.body.rows.find(({ key }) => key === "310118102")).toMatchObject({ total: 6 });
  });

  it("adds up the same in layers, summary and list", async () => {
    const { body } = await reader.ask<LayersAnswer>("/api/layers");
    const total = body.layers.reduce((sum, layer) => sum + layer.total, 0);
    const towns = await reader.ask<SummaryAnswer>("/api/summary?by=town");
    expect(total).toBe(9);
    expect(towns.body.rows.reduce((sum, row) => sum + row.total, 0)).toBe(total);
    expect((await list("")).total).toBe(total);
  });

  it("finds names, initials, shown numbers, towns, targets and coordinates", async () => {
    const [row] = (await list("q=漕平路")).rows;
    expect((await search("漕平"))[0]).toMatchObject({ kind: "feature", title: "漕平路占道", light: "late" });
    expect((await search("cplzd"))[0]).toMatchObject({ id: row?.id });
    expect((await search(row?.no ?? ""))[0]).toMatchObject({ id: row?.id });
    expect((await search("任务11"))[0]).toMatchObject({ kind: "target", id: 11 });
    expect((await search("朱家角"))[0]).toMatchObject({ kind: "town", title: "朱家角镇" });
    expect(await search("31.1,121.1")).toMatchObject([{ kind: "coordinate", at: [121.1, 31.1] }]);
  });

  it("names a wrong parameter", async () => {
    for (const [query, at] of [
      ["limit=0", "limit"],
      ["layers=nothing", "layers"],
      ["town=1", "town"],
      ["sort=colour", "sort"],
      ["lights=late", "lights"],
    ] as const) {
      const { status, body } = await reader.refused(`/api/list?${query}`, {});
      expect([query, status, body.errors?.[0]?.at.split(".")[0]]).toEqual([query, 400, at]);
    }
  });
});
