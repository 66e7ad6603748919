import { choice, date } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const outfall = defineLayer({
  no: 12,
  id: "outfall",
  name: "沿河排放口",
  geometry: "Point",
  campaign: 6,
  targets: [16],
  townWritable: true,
  sensitivity: "general",
  prefix: "PK",
  unit: "个",
  glyph: "pipeline",
  minzoom: 11,
  fields: {
    outfall_kind: choice("类型", { storm: "雨水", combined: "雨污混接", sewage: "污水", other: "其他" }),
    treatment: choice("整治措施", { intercept: "截污纳管", seal: "封堵", rebuild: "改造", keep: "规范保留" }),
    treated_on: date("完成日期"),
  },
});
