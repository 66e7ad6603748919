import { number, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const waterPoint = defineLayer({
  no: 11,
  id: "water_point",
  name: "水质监测点",
  geometry: "Point",
  campaign: 6,
  targets: [16],
  townWritable: false,
  sensitivity: "general",
  prefix: "SZ",
  unit: "个",
  glyph: "droplet",
  fields: {
    river: text("河名", { required: true, max: 40 }),
    chainage_m: number("距起点", {
      unit: "米",
      min: 0,
      max: 100_000,
      tile: true,
      help: "沿河道中心线，从大淀湖端起",
    }),
    clear: yes("近岸见底", { tile: true, readonly: true, help: "由最近一次监测得出，灯看这一项" }),
  },
});
