import { number, text } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const riverReach = defineLayer({
  no: 10,
  id: "river_reach",
  name: "河道",
  geometry: "LineString",
  campaign: 6,
  targets: [16],
  targetsOf: (attrs) => (attrs.river === "西井河" ? [16] : []),
  townWritable: false,
  sensitivity: "general",
  prefix: "HD",
  unit: "条",
  glyph: "ripple",
  fields: {
    river: text("河名", { required: true, max: 40, tile: true }),
    length_m: number("长度", { unit: "米", min: 0, max: 100_000 }),
  },
});
