import { choice, choices, number, text } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

import { sixGoals } from "./vocabulary.ts";

export const keyRoad = defineLayer({
  no: 1,
  id: "key_road",
  name: "重点道路",
  geometry: "LineString",
  campaign: 1,
  targets: [1, 2, 3],
  townWritable: true,
  sensitivity: "general",
  prefix: "DL",
  unit: "段",
  glyph: "road",
  fields: {
    parent_road: text("所属道路", { required: true, max: 40, tile: true, lead: true }),
    road_class: choice(
      "道路等级",
      { elevated: "高架快速路", national: "国道", main: "主要道路", other: "其他道路" },
      { lead: true },
    ),
    six_goals: choices("六化达标", sixGoals),
    cleaning: choice("养护保洁", { integrated: "一体化养护保洁", separate: "分段保洁", none: "未落实" }),
    length_m: number("长度", { unit: "米", min: 0, max: 100_000 }),
  },
});
