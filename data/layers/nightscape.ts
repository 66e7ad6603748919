import { choice, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const nightscape = defineLayer({
  no: 6,
  id: "nightscape",
  name: "夜景提升",
  geometry: "Polygon",
  campaign: 4,
  targets: [12],
  due: "2025-09-30",
  townWritable: false,
  sensitivity: "general",
  prefix: "YJ",
  unit: "处",
  glyph: "lamp-2",
  fields: {
    stage: choice(
      "阶段",
      { design: "设计", procurement: "招标采购", building: "施工", tuning: "调试", accepted: "验收" },
      { tile: true },
    ),
    energy_saving: yes("采用节能光源"),
    obstacle: text("卡点", { max: 200 }),
  },
});
