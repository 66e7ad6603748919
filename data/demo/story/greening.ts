import type { Geometry } from "../../domain/change.ts";
import { type TownCode, townCodes } from "../../domain/programme.ts";
import { townOf } from "../../programme/towns.ts";
import { type DemoBase, type Ground, named, pointOf, ringsOf, text } from "../base.ts";
import type { Diary } from "../diary.ts";
import { distance, rectangle } from "../geo.ts";
import { chanceOf } from "../random.ts";
import { made, real } from "../words.ts";

const sixGoals = ["road_flat", "facility_less", "facade_fit", "wall_eco", "shop_style", "green_street"];
const roadClass: Record<string, string> = { 崧泽高架: "elevated", 外青松公路: "main", "318国道": "national" };

/** Target 1–3: key roads and key areas by town, landscape nodes, green spots; and the two night scenes of target 12. */
export function greening(diary: Diary, base: DemoBase, ground: Ground): void {
  keyPlaces(diary, base);
  landscapeNodes(diary, ground);
  greenSpots(diary, ground);
  nightscapes(diary, base, ground);
}

function keyPlaces(diary: Diary, base: DemoBase): void {
  const chance = chanceOf("key places");
  const entry = { date: "2025-01-02", login: "lvhua", reason: "重点道路、重点区域按镇街分段建账" };
  base.townParts.features.forEach((place, i) => {
    const town = text(place, "town") as TownCode;
    const parent = text(place, "parent");
    const accuracy = Number(place.properties.accuracy_m);
    const isRoad = text(place, "kind") === "key_road";
    const unfinished = chance.some(sixGoals, chance.whole(1, 3));
    const common = {
      name: `${parent}（${townOf(town).short}段）`,
      six_goals: [],
      schematic: accuracy > 250,
      ...real(isRoad ? "OpenStreetMap 道路线，按镇界切分" : "公开资料勾绘，按镇界切分", accuracy),
    };
    const geometry = place.geometry as unknown as Geometry;
    const uid = isRoad
      ? diary.create(
          entry,
          "key_road",
          geometry,
          {
            ...common,
            parent_road: parent,
            road_class: roadClass[parent],
            cleaning: "separate",
            length_m: place.properties.length_m,
          },
          // Greening gaps (2) of every third segment wait for the planting season: they are 未开始.
          [{ target: 1 }, { target: 2, ...(i % 3 === 2 ? { planned: true as const } : {}) }, { target: 3 }],
        )
      : diary.create(
          entry,
          "key_area",
          geometry,
          {
            ...common,
            name: `${parent}（${townOf(town).short}部分）`,
            parent_area: parent,
            area_ha: place.properties.area_ha,
          },
          [{ target: 1 }],
        );
    const report = (date: string) => ({ date, login: "lvhua", reason: "六化清单核对" });
    diary.patch(report("2025-05-15"), uid, {
      six_goals: sixGoals.slice(0, 2).filter((goal) => !unfinished.includes(goal)),
      ...(isRoad ? { cleaning: "integrated" } : {}),
    });
    diary.progress(report("2025-05-15"), uid, 1, chance.whole(30, 50));
    diary.patch(report("2025-08-14"), uid, {
      six_goals: sixGoals.filter((goal) => !unfinished.includes(goal)),
    });
    diary.progress(report("2025-08-14"), uid, 1, chance.whole(60, 85));
  });
}

type Node = readonly [TownCode, string, string, string | null];
const [
  xiayang,
  yingpu,
  xianghuaqiao,
  zhujiajiao,
  liantang,
  jinze,
  zhaoxiang,
  xujing,
  huaxin,
  chonggu,
  baihe,
] = townCodes;

/** Plans approved: five by June, eight by August (demo-story 6). */
const nodes: readonly Node[] = [
  [xiayang, "新城门户出入口节点", "gateway", "2025-05-14"],
  [yingpu, "城西转角绿地节点", "corner_green", "2025-05-28"],
  [zhujiajiao, "古镇入口节点", "gateway", "2025-06-11"],
  [zhaoxiang, "嘉松路口节点", "crossing", "2025-06-18"],
  [jinze, "西岑站前节点", "gateway", "2025-06-25"],
  [huaxin, "华新路口节点", "crossing", "2025-07-09"],
  [chonggu, "重固道口节点", "crossing", "2025-07-23"],
  [liantang, "练塘镇口节点", "gateway", "2025-08-20"],
  [xianghuaqiao, "香花桥转角绿地节点", "corner_green", null],
  [baihe, "白鹤道口节点", "crossing", null],
];

function landscapeNodes(diary: Diary, ground: Ground): void {
  const chance = chanceOf("landscape nodes");
  const lvhua = { login: "lvhua", reason: "景观节点提升建设方案进度" };
  nodes.forEach(([town, name, kind, approved]) => {
    const geometry = { type: "Point" as const, coordinates: [...ground.somewhere(town, chance)] };
    const attrs = { name, plan_stage: "not_started", node_kind: kind, schematic: true, ...made() };
    const uid = diary.create({ ...lvhua, date: "2025-03-06" }, "landscape_node", geometry, attrs, [
      { target: 2, due: approved ? "2025-09-30" : "2025-11-30" },
    ]);
    diary.patch({ ...lvhua, date: "2025-04-16" }, uid, { plan_stage: "drafting" });
    if (!approved) diary.patch({ ...lvhua, date: "2025-09-04" }, uid, { plan_stage: "review" });
    else
      diary.close({ ...lvhua, date: approved }, "lvhua-sh", uid, [2], {
        plan_stage: "approved",
        approved_on: approved,
      });
  });
}

/** Built 3 of 5: 新城 two, 华为园区 one; one under way, one stuck on a pipeline move. The plan names only 新城 and 华为园区. */
const spots: readonly (readonly [TownCode, string, string, string | null, string])[] = [
  [xiayang, "新城水岸花境", "花境", "2025-06-19", "2025-09-30"],
  [yingpu, "新城林荫花园", "林荫", "2025-08-13", "2025-09-30"],
  [jinze, "华为园区湖畔花园", "湖畔花园", "2025-07-24", "2025-09-30"],
  [xianghuaqiao, "科创绿廊", "绿廊", null, "2025-09-28"],
  [xujing, "会展门户花园", "门户花园", null, "2025-08-31"],
];

function greenSpots(diary: Diary, ground: Ground): void {
  const chance = chanceOf("green spots");
  const lvhua = { login: "lvhua", reason: "绿化主题景点建设进度" };
  for (const [town, name, theme, built, due] of spots) {
    const centre = ground.somewhere(town, chance, { margin: 160 });
    const ring = rectangle(centre, 130, 90, chance.next() * 3);
    const uid = diary.create(
      { ...lvhua, date: "2025-03-07" },
      "green_spot",
      { type: "Polygon", coordinates: [ring.map((at) => [...at])] },
      { name: `${name}（示意）`, theme, area_m2: 11_700, built: false, schematic: true, ...made() },
      [{ target: 2, due, progress: 5 }],
    );
    diary.progress({ ...lvhua, date: "2025-05-21" }, uid, 2, chance.whole(35, 50));
    if (built) diary.close({ ...lvhua, date: built }, "lvhua-sh", uid, [2], { built: true, built_on: built });
    else if (town === xujing) {
      diary.patch({ ...lvhua, date: "2025-08-11" }, uid, { obstacle: "管线迁改未完成，自 2025-08-11 挂账" });
      diary.progress({ ...lvhua, date: "2025-08-11" }, uid, 2, 55, "管线迁改未完成，挂账");
    } else diary.progress({ ...lvhua, date: "2025-09-03" }, uid, 2, 75);
  }
}

const night = (date: string) => ({ date, login: "lvhua", reason: "夜景提升进度" });

function nightscapes(diary: Diary, base: DemoBase, ground: Ground): void {
  const exit = named(base.interchanges, "G50 青浦城区（青浦新城）出入口·外青松公路");
  const lake = ringsOf(named(base.water, "夏阳湖（示意）"))[0] ?? [];
  const middle: [number, number] = [
    lake.reduce((sum, at) => sum + at[0], 0) / lake.length,
    lake.reduce((sum, at) => sum + at[1], 0) / lake.length,
  ];
  const shore = lake.map((at) => [
    Math.round((middle[0] + (at[0] - middle[0]) * 1.28) * 1e6) / 1e6,
    Math.round((middle[1] + (at[1] - middle[1]) * 1.45) * 1e6) / 1e6,
  ]);
  const scenes = [
    {
      name: "G50 青浦新城出入口夜景",
      ring: rectangle(pointOf(exit), 420, 260, 0.35).map((at) => [...at]),
      accuracy: 120,
      progress: [
        ["2025-04-16", 15, "procurement"],
        ["2025-06-18", 40, "building"],
        ["2025-08-20", 70, "building"],
        ["2025-09-09", 78, "building"],
      ] as const,
      obstacle: "供电接入未完成，高速涉路施工许可未批；9 月 9 日申请延期，专班无权批准",
    },
    {
      name: "夏阳湖周边夜景",
      ring: shore,
      accuracy: 600,
      progress: [
        ["2025-04-16", 20, "procurement"],
        ["2025-06-18", 55, "building"],
        ["2025-08-20", 85, "building"],
        ["2025-09-09", 92, "tuning"],
      ] as const,
      obstacle: null,
    },
  ];
  for (const { name, ring, accuracy, progress, obstacle } of scenes) {
    const uid = diary.create(
      night("2025-02-18"),
      "nightscape",
      { type: "Polygon", coordinates: [ring] },
      {
        name,
        stage: "design",
        energy_saving: true,
        schematic: true,
        ...made(`范围示意；位置精度 约 ${accuracy} 米；进展为演示数据`),
      },
      [{ target: 12, due: "2025-09-30" }],
    );
    for (const [date, percent, stage] of progress) {
      const last = date === "2025-09-09";
      diary.patch(night(date), uid, { stage, ...(last && obstacle ? { obstacle } : {}) });
      diary.progress(night(date), uid, 12, percent, last && obstacle ? "申请延期" : undefined);
    }
    if (obstacle)
      diary.patch({ ...night("2025-09-15"), hour: 8 }, uid, { remark: "9 月 15 日晨：供电接入方案复核中" });
  }
  // Both lie in 夏阳: said here because the whole of target 12 hangs on it.
  const at = pointOf(exit);
  if (ground.townOf(at) !== xiayang || distance(at, middle) > 4000)
    throw new Error("night scenes left 夏阳街道");
}
