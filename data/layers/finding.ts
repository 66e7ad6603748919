import { choice, date, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

import { placeKinds, tenFaults } from "./vocabulary.ts";

export const finding = defineLayer({
  no: 15,
  id: "finding",
  name: "问题点位",
  geometry: "Point",
  campaign: 1,
  targets: [1, 2, 3, 15],
  targetsOf: (attrs) => {
    if (attrs.near_station === true) return [15];
    if (attrs.source === "cleaning") return [3];
    return attrs.category === "poor_green" && attrs.place === "roadside" ? [1, 2] : [1];
  },
  townWritable: true,
  sensitivity: "general",
  prefix: "WT",
  unit: "处",
  glyph: "alert-circle",
  fields: {
    category: choice("十无类别", tenFaults, { required: true, tile: true }),
    place: choice("场所", placeKinds, { required: true }),
    source: choice("来源", {
      survey: "全面梳理",
      patrol: "巡查发现",
      hotline: "市民反映",
      inspection: "联合督查",
      cleaning: "养护保洁检查",
    }),
    found_on: date("发现日期", { required: true }),
    stakes: text("沿路桩号", {
      max: 60,
      stakes: true,
      readonly: true,
      help: "用“按桩号”定；道路中心线改了，点位跟着移",
    }),
    near_station: yes("轨交站点周边"),
  },
});
