import { choice, date, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const facadeHazard = defineLayer({
  no: 21,
  id: "facade_hazard",
  name: "外墙隐患",
  geometry: "Point",
  campaign: 3,
  targets: [9],
  townWritable: true,
  sensitivity: "restricted",
  prefix: "WQ",
  unit: "处",
  glyph: "wall",
  minzoom: 11,
  fields: {
    grade: choice("等级", { major: "较大", minor: "一般轻微" }, { required: true, tile: true }),
    compound: text("所属小区", { max: 60 }),
    controlled: yes("已可控", { tile: true }),
    control_measure: text("控制措施", { max: 200 }),
    cleared: yes("已消除", { tile: true }),
    cleared_on: date("消除日期", { when: { field: "cleared", is: [true] } }),
  },
});
