import { choice, count, date, hours, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const sharedParking = defineLayer({
  no: 7,
  id: "shared_parking",
  name: "停车共享点",
  geometry: "Point",
  campaign: 5,
  targets: [14],
  townWritable: true,
  sensitivity: "general",
  prefix: "TC",
  unit: "处",
  glyph: "parking",
  fields: {
    owner_kind: choice("业主类型", {
      office: "商办建筑",
      government: "机关",
      institution: "事业单位",
      public: "公共停车场库",
      other: "其他",
    }),
    spaces: count("新增共享泊位", "个", {
      max: 2000,
      tile: true,
      help: "2025-01-01 以后签约且核实的才计入 180 个",
    }),
    hours_weekday: hours("工作日共享时段"),
    hours_weekend: hours("休息日共享时段"),
    signed_on: date("签约日期"),
    verified: yes("已核实", { tile: true }),
    verified_on: date("核实日期", { when: { field: "verified", is: [true] } }),
    address: text("地址", { max: 100 }),
  },
});
