import { choice, date, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const railStation = defineLayer({
  no: 8,
  id: "rail_station",
  name: "轨交站点",
  geometry: "Point",
  campaign: 5,
  targets: [15],
  targetsOf: (attrs) => (attrs.opened === false ? [] : [15]),
  townWritable: false,
  sensitivity: "general",
  prefix: "ZD",
  unit: "站",
  glyph: "train",
  fields: {
    line: choice("线路", { "17": "17号线", "2": "2号线" }, { required: true, tile: true }),
    opened: yes("已开通", { tile: true }),
    opened_on: date("开通日期", { help: "开通以后才进入分母" }),
    zone_set: yes("已设停放区", { tile: true }),
    signs_set: yes("已设标志标牌"),
  },
});
