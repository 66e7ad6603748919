import { choice, date } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const waterBarrier = defineLayer({
  no: 13,
  id: "water_barrier",
  name: "围隔与生物基网",
  geometry: "LineString",
  campaign: 6,
  targets: [16],
  townWritable: false,
  sensitivity: "general",
  prefix: "WG",
  unit: "道",
  glyph: "fence",
  minzoom: 11,
  fields: {
    barrier_kind: choice("类型", { curtain: "围隔", bio_net: "生物基网" }, { required: true, tile: true }),
    set_on: date("设置日期"),
  },
});
