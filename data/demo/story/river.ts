import type { WaterParameter } from "../../domain/change.ts";
import { townCodes } from "../../domain/programme.ts";
import { dayNumber } from "../../domain/time.ts";
import { type DemoBase, named } from "../base.ts";
import { daysOn } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { alongLine, beside, lineLength, type Ring, rectangle } from "../geo.ts";
import { clerkOf, verifierOf } from "../lights.ts";
import { chanceOf } from "../random.ts";
import { made, real } from "../words.ts";

const zhujiajiao = townCodes[3];
const shuiwu = (date: string, reason: string) => ({ date, login: "shuiwu", reason });
const positions = (line: Ring) => line.map((at) => [...at]);

/** Target 16: 西井河 from its 大淀湖 end (chainage 0) to the mouth at 淀浦河. */
export function river(diary: Diary, base: DemoBase): void {
  const mouthFirst = named(base.water, "西井河（朱家角古镇，示意）").geometry.coordinates as Ring;
  const line = [...mouthFirst].reverse();
  reaches(diary, base, line);
  points(diary, line);
  outfalls(diary, line);
  barriers(diary, line);
  planting(diary, line);
}

function reaches(diary: Diary, base: DemoBase, line: Ring): void {
  const entry = shuiwu("2025-01-06", "河道建账");
  diary.create(
    entry,
    "river_reach",
    { type: "LineString", coordinates: positions(line) },
    {
      name: "西井河（示意）",
      river: "西井河",
      length_m: Math.round(lineLength(line)),
      schematic: true,
      ...real("按文字资料勾绘", 250),
    },
    [{ target: 16, progress: 60 }],
  );
  const main = named(base.water, "淀浦河").geometry.coordinates as Ring;
  diary.create(
    entry,
    "river_reach",
    { type: "LineString", coordinates: positions(main) },
    {
      name: "淀浦河",
      river: "淀浦河",
      length_m: Math.round(lineLength(main)),
      ...real("OpenStreetMap 河道线", 30),
    },
  );
}

/** Chainage as a part of the length, transparency in January and September, depth in September (cm). */
const series = [
  { part: 0.03, from: 45, to: 110, depth: 110 },
  { part: 0.22, from: 42, to: 105, depth: 105 },
  { part: 0.41, from: 40, to: 98, depth: 98 },
  { part: 0.6, from: 38, to: 90, depth: 90 },
  { part: 0.79, from: 34, to: 72, depth: 118 },
  { part: 0.97, from: 30, to: 55, depth: 135 },
];

/** Wednesdays, and the day the boats ran; nothing between 07-30 and 08-03, when the boats were ashore for the typhoon. */
const sampled = [...daysOn(3, "2025-01-08", "2025-09-10"), "2025-05-01"]
  .filter((date) => date < "2025-07-30" || date > "2025-08-03")
  .sort();

/** How far the water had come by then: little before the curtain of 04-20, most after the nets and plants of May. */
function come(date: string): number {
  const steps = [
    ["2025-01-08", 0],
    ["2025-04-20", 0.14],
    ["2025-05-15", 0.36],
    ["2025-06-30", 0.62],
    ["2025-08-20", 1],
    ["2025-09-10", 1],
  ] as const;
  for (let i = 1; i < steps.length; i++) {
    const [from, low] = steps[i - 1] as (typeof steps)[number];
    const [to, high] = steps[i] as (typeof steps)[number];
    if (date > to) continue;
    return low + ((high - low) * (dayNumber(date) - dayNumber(from))) / (dayNumber(to) - dayNumber(from));
  }
  return 1;
}

/** 梅雨 in mid-June takes 20 cm everywhere, the boats of 05-01 12, the typhoon 8. */
const setback = (date: string): number => {
  if (date >= "2025-06-10" && date <= "2025-06-20") return 20;
  if (date > "2025-06-20" && date <= "2025-06-27") return 9;
  if (date === "2025-05-01") return 12;
  return date >= "2025-08-04" && date <= "2025-08-08" ? 8 : 0;
};

function points(diary: Diary, line: Ring): void {
  series.forEach(({ part, from, to, depth }, i) => {
    const chance = chanceOf(`water point ${i}`);
    const chainage = Math.round(lineLength(line) * part);
    const name = `W${i + 1}${i === 0 ? "（大淀湖端）" : i === 5 ? "（淀浦河口）" : ""}`;
    const uid = diary.create(
      shuiwu("2025-01-07", "水质监测点建账"),
      "water_point",
      { type: "Point", coordinates: [...alongLine(line, chainage).at] },
      {
        name,
        river: "西井河",
        chainage_m: chainage,
        clear: false,
        schematic: true,
        ...made("演示数据；沿示意河线布设；位置精度 约 250 米"),
      },
      [{ target: 16, progress: 10 }],
    );
    let clearBefore = false;
    let closed = false;
    for (const date of sampled) {
      const edge = date === sampled[0] || date === sampled.at(-1);
      const wobble = edge ? 0 : chance.whole(-3, 3);
      const bed = depth + (edge ? 0 : chance.whole(-2, 2));
      // Where the bottom shows, the disc lies on it: what is read is the depth, and the truth is "more than that".
      const growth = (to === depth ? to + 6 - from : to - from) * come(date);
      const sd = Math.min(bed, Math.max(18, Math.round(from + growth + wobble - setback(date))));
      const clear = sd >= bed;
      const gain = (sd - from) / (110 - from);
      const values: Record<WaterParameter, number> = {
        depth: bed,
        sd,
        clear: clear ? 1 : 0,
        turbidity: tenth(Math.max(2.4, 900 / sd + chance.bell())),
        do: tenth(6.1 + 2.2 * gain + chance.bell() * 0.3),
        codmn: tenth(5.4 - 1.5 * gain + chance.bell() * 0.2),
        nh3n: hundredth(Math.max(0.12, 0.86 - 0.5 * gain + chance.bell() * 0.04)),
        tp: hundredth(Math.max(0.04, 0.17 - 0.09 * gain + chance.bell() * 0.01)),
      };
      diary.observe(shuiwu(date, "西井河水质监测"), uid, values);
      // The point's own `clear` follows from the observation; the task closes on the second clear one.
      if (clear && clearBefore && !closed && date >= "2025-08-13") {
        closed = true;
        diary.close(shuiwu(date, "连续两次监测近岸见底"), verifierOf(16), uid, [16]);
      }
      clearBefore = clear;
    }
  });
}

const tenth = (value: number) => Math.round(value * 10) / 10;
const hundredth = (value: number) => Math.round(value * 100) / 100;

/** 23 outfalls on both banks, 19 dealt with. */
function outfalls(diary: Diary, line: Ring): void {
  const chance = chanceOf("outfalls");
  for (let i = 0; i < 23; i++) {
    const { at, bearing } = alongLine(line, lineLength(line) * ((i + 0.5) / 23));
    const bank = beside(at, bearing, i % 2 === 0 ? 9 : -9, chance.whole(-8, 8));
    const kind = chance.pick(["storm", "storm", "combined", "sewage", "other"]);
    const uid = diary.create(
      shuiwu("2025-02-19", "沿河排放口排摸"),
      "outfall",
      { type: "Point", coordinates: [...bank] },
      {
        name: `西井河${i % 2 === 0 ? "左" : "右"}岸排放口${i + 1}`,
        outfall_kind: kind,
        schematic: true,
        ...made(),
      },
      [{ target: 16 }],
    );
    if (i % 6 === 5 || i === 22) continue;
    const date = chance.pick([
      "2025-04-10",
      "2025-05-08",
      "2025-06-05",
      "2025-07-10",
      "2025-08-07",
      "2025-09-04",
    ]);
    const treatment =
      kind === "sewage" ? "intercept" : kind === "combined" ? "rebuild" : chance.pick(["seal", "keep"]);
    diary.close({ date, login: clerkOf(zhujiajiao), reason: "沿河排放口整治" }, verifierOf(16), uid, [16], {
      treatment,
      treated_on: date,
    });
  }
}

/** One curtain and three nets near the mouth, where 淀浦河 would come in. */
function barriers(diary: Diary, line: Ring): void {
  const plan = [
    ["围隔", "curtain", 14, "2025-04-20"],
    ["生物基网1", "bio_net", 50, "2025-05-08"],
    ["生物基网2", "bio_net", 85, "2025-05-12"],
    ["生物基网3", "bio_net", 120, "2025-05-15"],
  ] as const;
  for (const [name, kind, fromMouth, date] of plan) {
    const { at, bearing } = alongLine(line, lineLength(line) - fromMouth);
    const uid = diary.create(
      shuiwu("2025-03-19", "生态隔离方案入库"),
      "water_barrier",
      { type: "LineString", coordinates: [[...beside(at, bearing, 11)], [...beside(at, bearing, -11)]] },
      { name: `西井河${name}（示意）`, barrier_kind: kind, schematic: true, ...made() },
      [{ target: 16, due: "2025-06-30" }],
    );
    diary.close(shuiwu(date, `${name}设置完成`), verifierOf(16), uid, [16], { set_on: date });
  }
}

/** Seven zones in three stages; the two of stage 3 wait for October. */
function planting(diary: Diary, line: Ring): void {
  const chance = chanceOf("planting");
  const stages = [
    [1, "2025-05-20"],
    [1, "2025-05-20"],
    [1, "2025-05-27"],
    [2, "2025-06-24"],
    [2, "2025-07-08"],
    [3, null],
    [3, null],
  ] as const;
  stages.forEach(([stage, date], i) => {
    const { at, bearing } = alongLine(line, lineLength(line) * ((i + 0.6) / 8));
    const ring = rectangle(beside(at, bearing, i % 2 === 0 ? 6 : -6), 42, 5, bearing);
    const uid = diary.create(
      shuiwu("2025-03-20", "水生植物种植方案入库"),
      "planting_zone",
      { type: "Polygon", coordinates: [positions(ring)] },
      {
        name: `西井河种植区${i + 1}（示意）`,
        plant_kind:
          stage === 2 ? ["submerged", "floating"] : stage === 3 ? ["submerged", "benthos"] : ["submerged"],
        stage,
        species: chance.pick(["苦草、黑藻", "苦草、眼子菜", "睡莲、荇菜"]),
        area_m2: 210,
        schematic: true,
        ...made(),
      },
      [{ target: 16, ...(date ? { due: "2025-09-30" } : { planned: true as const }) }],
    );
    if (date) diary.close(shuiwu(date, "水生植物种植完成"), verifierOf(16), uid, [16]);
  });
}
