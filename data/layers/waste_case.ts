import { choice, date, text } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const wasteCase = defineLayer({
  no: 16,
  id: "waste_case",
  name: "渣土案件",
  geometry: "Point",
  campaign: 2,
  targets: [5, 6, 7],
  targetsOf: (attrs) => (attrs.case_kind === "unlicensed" ? [6] : attrs.case_kind === "dumping" ? [7] : [5]),
  townWritable: false,
  sensitivity: "internal",
  prefix: "ZT",
  unit: "件",
  glyph: "truck",
  fields: {
    case_kind: choice(
      "案件类型",
      { unlicensed: "无证运输", dumping: "跨区域非法倾倒", spill: "污染道路" },
      { required: true, tile: true },
    ),
    found_on: date("发现日期", { required: true }),
    handled_by: text("查处单位", { max: 60 }),
  },
});
