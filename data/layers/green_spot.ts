import { date, number, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const greenSpot = defineLayer({
  no: 4,
  id: "green_spot",
  name: "绿化主题景点",
  geometry: "Polygon",
  campaign: 1,
  targets: [2],
  townWritable: true,
  sensitivity: "general",
  prefix: "LH",
  unit: "处",
  glyph: "trees",
  fields: {
    theme: text("主题", { max: 60 }),
    area_m2: number("面积", { unit: "平方米", min: 0, max: 10_000_000 }),
    built: yes("已建成", { tile: true }),
    built_on: date("建成日期", { when: { field: "built", is: [true] } }),
    obstacle: text("卡点", { max: 200 }),
  },
});
