import { count, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const bikeZone = defineLayer({
  no: 9,
  id: "bike_zone",
  name: "非机动车停放区",
  geometry: "Polygon",
  campaign: 5,
  targets: [15],
  apart: true,
  townWritable: true,
  sensitivity: "general",
  prefix: "FJ",
  unit: "处",
  glyph: "bike",
  minzoom: 11,
  fields: {
    station: text("所属站点", { required: true, max: 40, tile: true }),
    capacity: count("容量", "辆", { max: 5000 }),
    zone_set: yes("已设置", { tile: true }),
    signs_set: yes("已设标志标牌", { tile: true }),
  },
});
