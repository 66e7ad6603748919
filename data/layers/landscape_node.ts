import { choice, date } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const landscapeNode = defineLayer({
  no: 3,
  id: "landscape_node",
  name: "景观节点",
  geometry: "Point",
  campaign: 1,
  targets: [2],
  townWritable: true,
  sensitivity: "general",
  prefix: "JD",
  unit: "处",
  glyph: "flower",
  fields: {
    plan_stage: choice(
      "方案阶段",
      { not_started: "未启动", drafting: "编制中", review: "评审中", approved: "已审定" },
      { required: true, tile: true, help: "指标计方案形成，不计建成" },
    ),
    approved_on: date("审定日期", { when: { field: "plan_stage", is: ["approved"] } }),
    node_kind: choice("类型", { gateway: "城际出入口", crossing: "路口道口", corner_green: "转角绿地" }),
  },
});
