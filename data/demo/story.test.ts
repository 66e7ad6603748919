import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { lightOf } from "../domain/light.ts";
import { type TownCode, townCodes } from "../domain/programme.ts";
import { dayNumber } from "../domain/time.ts";
import { layerById } from "../layers/registry.ts";
import { townOf } from "../programme/towns.ts";
import { demoAccounts } from "./accounts.ts";
import { type DemoBase, groundOf } from "./base.ts";
import type { DemoDay } from "./diary.ts";
import { distance, inRings, type Ring } from "./geo.ts";
import { toneOf } from "./lights.ts";
import { type Known, type Replayed, replay } from "./replay.ts";
import { relapsedArea } from "./story/weak-areas.ts";
import { demoStory } from "./story.ts";

const read = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
const base: DemoBase = {
  towns: read("seed/geo/townships.geojson"),
  roads: read("seed/geo/roads.geojson"),
  stations: read("seed/geo/metro_stations.geojson"),
  water: read("seed/geo/water.geojson"),
  facilities: read("seed/geo/facilities.geojson"),
  interchanges: read("seed/geo/g50_interchanges.geojson"),
  townParts: read("demo/places/town-parts.geojson"),
};
let days: DemoDay[];
beforeAll(() => {
  days = demoStory(base);
});

const replayed = new Map<string, Known>();
const on = (date = "2025-09-15"): Known => {
  const known = replayed.get(date) ?? replay(days, date);
  replayed.set(date, known);
  return known;
};
const closedOf = (rows: readonly Replayed[], target: number) =>
  rows.filter((row) => row.tasks.some((task) => task.target === target && task.state === "closed")).length;
const sum = (rows: readonly Replayed[], field: string) =>
  rows.reduce((total, { attrs }) => total + Number(attrs[field] ?? 0), 0);
const corners = (geometry: Replayed["geometry"]) => (geometry.coordinates as unknown[]).flat(3) as number[];
const positions = (geometry: Replayed["geometry"]): [number, number][] => {
  const flat = geometry.type === "Point" ? (geometry.coordinates as number[]) : corners(geometry);
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]);
};
const ground = groundOf(base);
const known = new Map<string, (TownCode | null)[]>();
const townsOf = (row: Replayed): (TownCode | null)[] => {
  const towns = known.get(row.uid) ?? [...new Set(positions(row.geometry).map(ground.townOf))];
  known.set(row.uid, towns);
  return towns;
};
const resolved = (date: string, channel: string) =>
  on(date).of("case", (attrs) => attrs.channel === channel && attrs.resolved === true).length;
const months = ["03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-15"].map((day) => `2025-${day}`);

test("two runs make the same days, uids included", () => {
  // As text: comparing 30,000 ops object by object takes seconds.
  expect(JSON.stringify(demoStory(base)) === JSON.stringify(days)).toBe(true);
});

test("the story runs from 2 January to 15 September, in order of time, by accounts that exist", () => {
  const clocks = days.flatMap((day) => day.batches.map((batch) => batch.clock));
  expect([days[0]?.date, days.at(-1)?.date]).toEqual(["2025-01-02", "2025-09-15"]);
  expect(clocks).toEqual([...new Set(clocks)].sort());
  const logins = new Set(days.flatMap((day) => day.batches.map((batch) => batch.login)));
  expect([...logins].filter((login) => !demoAccounts.some((account) => account.login === login))).toEqual([]);
});

test("every layer of the table has features, about six thousand in all, and every attribute is known to its layer", () => {
  const { features } = on();
  expect(features.length).toBeGreaterThan(5000);
  expect(features.length).toBeLessThan(7000);
  const unknown = features.flatMap((row) =>
    Object.keys(row.attrs).filter((key) => !(key in (layerById(row.layer)?.fields ?? {}))),
  );
  expect(unknown).toEqual([]);
  const nothingMade = features.filter((row) => row.attrs.demo !== true && !row.attrs.location_note);
  expect(nothingMade).toEqual([]);
});

test("every point stands inside one town and in no lake; areas and roads do not cross a border", () => {
  const free = [
    "water_point",
    "outfall",
    "water_barrier",
    "planting_zone",
    "river_reach",
    "rail_station",
    "nightscape",
  ];
  for (const row of on().features) {
    if (row.layer === "river_reach") continue;
    const towns = townsOf(row);
    expect([row.attrs.name, towns.length, towns[0] === null]).toEqual([row.attrs.name, 1, false]);
    if (row.geometry.type !== "Point" || free.includes(row.layer)) continue;
    expect(ground.holds(towns[0] as TownCode, positions(row.geometry)[0] as [number, number])).toBe(true);
  }
});

test("target 1: 1,260 findings, 1,109 closed; 白鹤 72 %, 华新 79 %, 盈浦 96 %", () => {
  const findings = on().of("finding");
  expect([findings.length, closedOf(findings, 1)]).toEqual([1260, 1109]);
  const percent = (town: TownCode) => {
    const own = findings.filter((row) => townsOf(row)[0] === town);
    return Math.round((closedOf(own, 1) / own.length) * 100);
  };
  expect([percent("310118110"), percent("310118107"), percent("310118002")]).toEqual([72, 79, 96]);
  const found = (month: string) =>
    findings.filter((row) => String(row.attrs.found_on).startsWith(month)).length;
  expect(found("2025-03")).toBeGreaterThan(found("2025-04") * 3);
});

test("target 2: plans 5 by June, 7 in July, 8 in August; three of five spots built", () => {
  const plans = (date: string) =>
    on(date).of("landscape_node", (attrs) => attrs.plan_stage === "approved").length;
  expect([plans("2025-06-30"), plans("2025-07-31"), plans("2025-08-31"), plans("2025-09-15")]).toEqual([
    5, 7, 8, 8,
  ]);
  expect(on().of("green_spot", (attrs) => attrs.built === true)).toHaveLength(3);
  expect(on().of("green_spot", (attrs) => typeof attrs.obstacle === "string")).toHaveLength(1);
});

test("targets 4–8: disposal sites, cases and construction sites", () => {
  const now = on();
  expect(now.of("disposal_site", (attrs) => attrs.filed === true && Number(attrs.checks) >= 1)).toHaveLength(
    12,
  );
  expect(now.of("disposal_site", (attrs) => Number(attrs.checks) >= 2)).toHaveLength(7);
  expect(now.of("waste_case", (attrs) => attrs.case_kind === "unlicensed")).toHaveLength(21);
  const dumps = now.of("waste_case", (attrs) => attrs.case_kind === "dumping").map((row) => townsOf(row)[0]);
  expect(dumps.map((town) => townOf(town as TownCode).short).sort()).toEqual(
    ["华新", "白鹤", "白鹤", "白鹤", "练塘"].sort(),
  );
  expect([now.reported("6.1"), now.reported("7.1")]).toEqual([
    { value: 21, of: 29 },
    { value: 5, of: 4 },
  ]);
  const sites = now.of("construction_site");
  const handled = sum(sites, "disposed_t") + sum(sites, "reused_t");
  expect([sites.length, sites.filter((row) => row.attrs.contract === true).length]).toEqual([168, 166]);
  expect(((handled / sum(sites, "concrete_t")) * 100).toFixed(1)).toBe("98.4");
});

test("target 9: 401 of 438 estates, 4,912 of 5,376 buildings, 23 of 23 and 312 of 391 hazards, 63 of 66 reports in time", () => {
  const now = on();
  const estates = now.of("compound");
  expect([estates.length, estates.filter((row) => row.attrs.screened === true).length]).toEqual([438, 401]);
  expect([sum(estates, "buildings"), sum(estates, "screened_buildings")]).toEqual([5376, 4912]);
  expect(new Set(estates.map((row) => row.attrs.name)).size).toBe(438);
  const major = now.of("facade_hazard", (attrs) => attrs.grade === "major");
  const minor = now.of("facade_hazard", (attrs) => attrs.grade === "minor");
  expect([major.length, major.filter((row) => row.attrs.controlled === true).length]).toEqual([23, 23]);
  expect([minor.length, minor.filter((row) => row.attrs.cleared === true).length]).toEqual([391, 312]);
  const slots = now.reports.filter((row) => row.metric === "9.4");
  const late = slots.filter((row) => row.at.slice(0, 7) > row.period);
  expect([slots.length, late.length]).toEqual([66, 3]);
});

test("targets 10 and 13: the 150 by month, 12 of 12, 53 of 64, 71 of 86", () => {
  const by = (source: string) => on().of("signboard", (attrs) => attrs.source === source);
  const hazards = months.map((date) =>
    closedOf(
      on(date).of("signboard", (attrs) => attrs.source === "hazard_150"),
      10,
    ),
  );
  expect(hazards).toEqual([18, 34, 52, 71, 98, 118, 124]);
  expect(by("hazard_150")).toHaveLength(150);
  const count = (source: string, target: number) => [by(source).length, closedOf(by(source), target)];
  expect(count("city_supervised", 10)).toEqual([12, 12]);
  expect([count("town_survey", 13), count("spot_check", 13)]).toEqual([
    [64, 53],
    [86, 71],
  ]);
});

test("target 11: 10 known on 06-30, 9 on 07-05, 11 at the end of August, 10 after the relapse of 09-08", () => {
  const closed = (date: string) => closedOf(on(date).of("weak_area"), 11);
  const told = ["2025-06-30", "2025-07-05", "2025-07-18", "2025-08-22", "2025-09-15"].map(closed);
  expect(told).toEqual([10, 9, 10, 11, 10]);
  const relapsed = on().of("weak_area", (attrs) => attrs.relapsed === true);
  expect(relapsed.map((row) => [row.attrs.name, row.tasks[0]?.due])).toEqual([[relapsedArea, "2025-09-30"]]);
  const towns = on()
    .of("weak_area")
    .map((row) => townOf(townsOf(row)[0] as TownCode).short);
  expect(towns.sort().join()).toBe("华新,华新,夏阳,徐泾,徐泾,朱家角,白鹤,盈浦,盈浦,赵巷,香花桥");
});

test("target 14: verified spaces by month and by town; 26 signed and not verified", () => {
  const verified = (date: string) => on(date).of("shared_parking", (attrs) => attrs.verified === true);
  expect(months.map((date) => sum(verified(date), "spaces"))).toEqual([12, 28, 46, 71, 90, 114, 126]);
  const waiting = on().of(
    "shared_parking",
    (attrs) => attrs.verified === false && attrs.signed_on !== undefined,
  );
  expect(sum(waiting, "spaces")).toBe(26);
  const inTown = (town: TownCode) =>
    sum(
      verified("2025-09-15").filter((row) => townsOf(row)[0] === town),
      "spaces",
    );
  expect(townCodes.map(inTown).filter((spaces) => spaces > 0)).toEqual([36, 48, 12, 18, 12]);
});

test("target 15: 12 of 14 opened stations, 11 with signs, 27 of 31 zones; 蟠祥路 is not open", () => {
  const opened = on().of("rail_station", (attrs) => attrs.opened === true);
  const having = (field: string) => opened.filter((row) => row.attrs[field] === true).length;
  expect([opened.length, having("zone_set"), having("signs_set")]).toEqual([14, 12, 11]);
  expect(
    on()
      .of("rail_station", (attrs) => attrs.opened === false)
      .map((row) => row.tasks.length),
  ).toEqual([0]);
  const zones = on().of("bike_zone");
  expect([zones.length, zones.filter((row) => row.attrs.zone_set === true).length]).toEqual([31, 27]);
});

test("target 16: transparency from January to September, four of six points clear, 19 of 23 outfalls", () => {
  const points = on().of("water_point");
  const readings = (uid: string) =>
    days.flatMap((day) =>
      day.batches.flatMap((batch) =>
        batch.ops.flatMap((op) =>
          op.op === "observe" && op.point === uid
            ? [{ date: day.date, sd: op.values.sd ?? 0, depth: op.values.depth ?? 0 }]
            : [],
        ),
      ),
    );
  const series = points.map((row) => readings(row.uid));
  expect(series.map((rows) => [rows[0]?.sd, rows.at(-1)?.sd])).toEqual([
    [45, 110],
    [42, 105],
    [40, 98],
    [38, 90],
    [34, 72],
    [30, 55],
  ]);
  expect(points.map((row) => row.attrs.clear)).toEqual([true, true, true, true, false, false]);
  expect(series.flat().every((row) => (row.sd ?? 0) <= (row.depth ?? 0))).toBe(true);
  expect(series.flat().some((row) => row.date >= "2025-07-30" && row.date <= "2025-08-03")).toBe(false);
  const sd = (date: string) => series.map((rows) => rows.find((row) => row.date === date)?.sd ?? 0);
  const rained = sd("2025-06-11");
  expect(sd("2025-06-04").every((before, i) => (rained[i] ?? 0) < before - 8)).toBe(true);
  expect(closedOf(on().of("outfall"), 16)).toBe(19);
  expect([on().of("outfall").length, on().of("water_barrier").length]).toEqual([23, 4]);
  expect([on().of("planting_zone").length, closedOf(on().of("planting_zone"), 16)]).toEqual([7, 5]);
});

test("water points, outfalls and nets lie along the 西井河 of the seed", () => {
  const river = base.water.features.find((row) => String(row.properties.name).startsWith("西井河"));
  const line = (river?.geometry.coordinates ?? []) as Ring;
  for (const row of on().features.filter(({ layer }) =>
    ["water_point", "outfall", "water_barrier"].includes(layer),
  ))
    for (const at of positions(row.geometry))
      expect(Math.min(...line.map((v) => distance(v, at)))).toBeLessThan(130);
});

test("target 17: 36 of 38 and 198 of 274, all of them among the 619 and 1,864", () => {
  const list = (name: string) => on().of("case", (attrs) => (attrs.lists as string[]).includes(name));
  expect([list("petition_38").length, closedOf(list("petition_38"), 17)]).toEqual([38, 36]);
  expect([list("hotline_274").length, closedOf(list("hotline_274"), 17)]).toEqual([274, 198]);
  expect([list("petition_619").length, list("hotline_1864").length, on().of("case").length]).toEqual([
    619, 1864, 2483,
  ]);
});

test("target 19: 104 of 177 by their three ways, villas 24 of 61, 33 of 37 new ones", () => {
  const stock = on().of("illegal_building", (attrs) => attrs.stock_kind === "stock");
  const ways = (route: string) => stock.filter((row) => row.attrs.route === route).length;
  expect([stock.length, closedOf(stock, 19)]).toEqual([177, 104]);
  expect([ways("demolish"), ways("permit"), ways("convert")]).toEqual([71, 22, 11]);
  const villas = stock.filter((row) => row.attrs.building_kind === "villa");
  expect([villas.length, closedOf(villas, 19)]).toEqual([61, 24]);
  const fresh = on().of("illegal_building", (attrs) => attrs.stock_kind === "new");
  expect([fresh.length, closedOf(fresh, 19)]).toEqual([37, 33]);
});

test("target 20: 1,311 known on 06-30, 1,287 on 07-05, 1,309 on 07-14, 1,486 now; petitions 569 and 601", () => {
  const told = ["2025-06-30", "2025-07-05", "2025-07-14", "2025-09-15"].map((date) =>
    resolved(date, "hotline"),
  );
  expect(told).toEqual([1311, 1287, 1309, 1486]);
  expect([resolved("2025-06-30", "petition"), resolved("2025-09-15", "petition")]).toEqual([569, 601]);
  const corrected = days
    .find((day) => day.date === "2025-07-03")
    ?.batches.flatMap((batch) => batch.ops)
    .filter((op) => op.op === "correct-task");
  expect(corrected).toHaveLength(25);
  const hotline = on().of("case", (attrs) => attrs.channel === "hotline");
  expect(closedOf(hotline, 20)).toBe(1486);
  const perTown = townCodes.map((town) => {
    const own = hotline.filter((row) => townsOf(row)[0] === town);
    return [own.length, own.filter((row) => row.attrs.resolved === true).length];
  });
  expect(perTown[7]).toEqual([396, 288]);
  expect(perTown.map(([, done]) => done)).toEqual([214, 212, 131, 112, 47, 53, 152, 288, 172, 39, 66]);
});

test("reports: the numbers that no layer gives", () => {
  const now = on();
  const told = (metric: string) => Object.values(now.reported(metric)).join("/");
  expect(["6.2", "10.3", "C4.1", "C4.2", "C4.3", "11.2", "18.2", "18.3", "18.4"].map(told)).toEqual([
    "6/8",
    "905/1200",
    "8/12",
    "9842/10216",
    "27/30",
    "3/3",
    "17/20",
    "92/92",
    "53/54",
  ]);
  const slots = now.reports.filter((row) => row.metric === "17.4.a");
  expect([slots.length, slots.filter((row) => row.value === 1).length]).toEqual([26, 25]);
  const july = now.reports.find((row) => row.metric === "5.2" && row.period === "2025-07");
  expect([july?.value, july?.at.slice(0, 10)]).toEqual([1, "2025-08-06"]);
  expect(
    on("2025-08-05").reports.find((row) => row.metric === "5.2" && row.period === "2025-07")?.value,
  ).toBe(0);
});

test("the lights of open tasks on the last day stand as the table of the story has them for each town", () => {
  const today = dayNumber("2025-09-15");
  const rank = { late: 0, warn: 1, normal: 2, none: 2, done: 2 } as const;
  const worst = new Map<string, number>();
  for (const row of on().features) {
    const [town] = townsOf(row);
    for (const task of row.tasks) {
      const key = `${town} ${task.target}`;
      const light = lightOf({ state: task.state, due: dayNumber(task.due) }, today);
      worst.set(key, Math.min(worst.get(key) ?? 2, rank[light]));
    }
  }
  // 6, 7, 12 and 20 name no town as 配合 and are not counted to one.
  const counted = [1, 2, 3, 4, 5, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19];
  for (const town of townCodes)
    for (const target of counted)
      expect([townOf(town).short, target, worst.get(`${town} ${target}`) ?? 2]).toEqual([
        townOf(town).short,
        target,
        rank[toneOf(town, target)],
      ]);
});

test("all five lights show on the map", () => {
  const today = dayNumber("2025-09-15");
  const shown = new Set(
    on().features.flatMap((row) =>
      row.tasks.map((task) => lightOf({ state: task.state, due: dayNumber(task.due) }, today)),
    ),
  );
  expect([...shown].sort()).toEqual(["done", "late", "none", "normal", "warn"]);
});

test("a point in a hole is outside", () => {
  const square: Ring = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ];
  const hole: Ring = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
    [1, 1],
  ];
  expect([inRings([3, 3], [square, hole]), inRings([1.5, 1.5], [square, hole])]).toEqual([true, false]);
});
