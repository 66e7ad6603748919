import { count, date, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const compound = defineLayer({
  no: 20,
  id: "compound",
  name: "住宅小区",
  geometry: "Point",
  campaign: 3,
  targets: [9, 17],
  targetsOf: () => [9],
  townWritable: true,
  sensitivity: "general",
  prefix: "XQ",
  unit: "个",
  glyph: "building-community",
  fields: {
    buildings: count("楼栋数", "栋", { max: 500 }),
    screened_buildings: count("已排查楼栋", "栋", { max: 500 }),
    screened: yes("已完成排查", { tile: true }),
    screened_on: date("排查完成日期"),
  },
});
