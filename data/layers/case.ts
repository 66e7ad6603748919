import { choice, choices, date, text, yes } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const caseLayer = defineLayer({
  no: 23,
  id: "case",
  name: "信访与12345工单",
  geometry: "Point",
  campaign: 10,
  targets: [17, 20],
  targetsOf: (attrs) => {
    const lists = Array.isArray(attrs.lists) ? attrs.lists : [];
    const targets: number[] = [];
    if (lists.includes("petition_38") || lists.includes("hotline_274")) targets.push(17);
    if (lists.includes("petition_619") || lists.includes("hotline_1864")) targets.push(20);
    return targets;
  },
  townWritable: false,
  sensitivity: "restricted",
  prefix: "GD12",
  unit: "件",
  glyph: "message-report",
  minzoom: 11,
  fields: {
    channel: choice("来源", { petition: "信访", hotline: "12345热线" }, { required: true, tile: true }),
    lists: choices(
      "所属清单",
      {
        petition_619: "619 件信访投诉",
        hotline_1864: "1864 件 12345 工单",
        petition_38: "38 件停车问题信访",
        hotline_274: "274 件物业 12345 工单",
      },
      { required: true, readonly: true, help: "同一件可以在两张清单里，不相加" },
    ),
    topic: text("主题", { max: 40 }),
    resolved: yes("已化解", { readonly: true, tile: true, help: "办理结果只从业务系统导入" }),
    resolved_on: date("化解日期", { readonly: true }),
  },
});
