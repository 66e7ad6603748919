import { choices, number, text } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const plantingZone = defineLayer({
  no: 14,
  id: "planting_zone",
  name: "水生植物区",
  geometry: "Polygon",
  campaign: 6,
  targets: [16],
  townWritable: false,
  sensitivity: "general",
  prefix: "ZW",
  unit: "处",
  glyph: "plant",
  minzoom: 11,
  fields: {
    plant_kind: choices("植物", { submerged: "沉水植物", floating: "浮叶植物", benthos: "底栖动物投放" }),
    stage: number("阶段", { integer: true, min: 1, max: 4, tile: true }),
    species: text("种类", { max: 100 }),
    area_m2: number("面积", { unit: "平方米", min: 0, max: 1_000_000 }),
  },
});
