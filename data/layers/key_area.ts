import { choices, number, text } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

import { sixGoals } from "./vocabulary.ts";

export const keyArea = defineLayer({
  no: 2,
  id: "key_area",
  name: "重点区域",
  geometry: "Polygon",
  campaign: 1,
  targets: [1],
  townWritable: true,
  sensitivity: "general",
  prefix: "QY",
  unit: "片",
  glyph: "building-skyscraper",
  fields: {
    parent_area: text("所属区域", { required: true, max: 40, tile: true }),
    six_goals: choices("六化达标", sixGoals),
    area_ha: number("面积", { unit: "公顷", min: 0, max: 10_000 }),
  },
});
