import { date, number, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const constructionSite = defineLayer({
  no: 17,
  id: "construction_site",
  name: "在监工地",
  geometry: "Point",
  campaign: 2,
  targets: [8],
  townWritable: false,
  sensitivity: "internal",
  prefix: "GD",
  unit: "处",
  glyph: "crane",
  fields: {
    contract: yes("已签处置合同", { tile: true }),
    contract_on: date("签订日期", { when: { field: "contract", is: [true] } }),
    concrete_t: number("废弃混凝土产生量", { unit: "吨", min: 0, max: 10_000_000 }),
    disposed_t: number("规范处置量", { unit: "吨", min: 0, max: 10_000_000 }),
    reused_t: number("就地利用量", { unit: "吨", min: 0, max: 10_000_000 }),
  },
});
