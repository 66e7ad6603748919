import { choices, date, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

/** The four problem kinds of target 11, in the plan's words. */
const weakProblems = {
  poor_green: "绿化失管失养",
  bad_parking: "乱停车",
  street_vending: "乱设摊",
  bad_bikes: "非机动车乱停放",
} as const;

export const weakArea = defineLayer({
  no: 5,
  id: "weak_area",
  name: "薄弱区域",
  geometry: "Polygon",
  campaign: 4,
  targets: [11],
  due: "2025-06-30",
  apart: true,
  townWritable: true,
  sensitivity: "general",
  prefix: "RQ",
  unit: "处",
  glyph: "barrier-block",
  fields: {
    problems: choices("问题", weakProblems, { required: true }),
    cleared: choices("已消除", weakProblems, { help: "四类问题逐项消除后才能销项" }),
    relapsed: yes("返潮", { tile: true, help: "销项后又出现问题" }),
    relapsed_on: date("返潮日期", { when: { field: "relapsed", is: [true] } }),
  },
});
