import { count, date, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const disposalSite = defineLayer({
  no: 18,
  id: "disposal_site",
  name: "消纳场所",
  geometry: "Point",
  campaign: 2,
  targets: [4],
  townWritable: false,
  sensitivity: "internal",
  prefix: "XN",
  unit: "处",
  glyph: "recycle",
  fields: {
    filed: yes("已备案", { tile: true }),
    filed_on: date("备案日期", { when: { field: "filed", is: [true] } }),
    last_check: date("最近检查"),
    checks: count("全年检查轮次", "轮", { max: 50 }),
    locked: yes("已锁定消纳"),
  },
});
