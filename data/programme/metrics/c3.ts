import type { Metric } from "#data/domain/programme.ts";
import { byYearEnd, each, internal, layer, listed, metric, noDue, part, planned, report } from "./define.ts";

const screened = "全区住宅小区高坠隐患排查率达到100%";

/** 三 外墙高坠: target 9. */
export const campaign3Metrics: Metric[] = [
  metric("9.1", "小区高坠隐患排查率", {
    star: true,
    parts: [
      part("a", "小区排查率", "list", "%", planned(100, screened)),
      part("b", "楼栋排查率", "list", "%", planned(100, screened)),
    ],
    pace: "L",
    due: byYearEnd,
    leads: ["fangguan"],
    leadBasis: "表",
    source: [layer("compound", "楼栋")],
    note: "小区、楼栋分别计",
  }),
  metric("9.2", '较大风险隐患可控率("整体可控")', {
    star: true,
    kind: "list",
    unit: "%",
    goal: internal(100, "100%"),
    pace: "A",
    due: byYearEnd,
    leads: ["fangguan"],
    leadBasis: "表",
    source: [layer("facade_hazard", "管控措施")],
  }),
  metric("9.3", '一般轻微隐患消除率("基本消除")', {
    star: true,
    kind: "list",
    unit: "%",
    goal: internal(95, "不低于95%"),
    pace: "L",
    due: byYearEnd,
    leads: ["fangguan"],
    leadBasis: "表",
    source: [layer("facade_hazard", "销项")],
  }),
  metric("9.4", "隐患排查月度报告", {
    kind: "cadence",
    unit: "份",
    goal: planned(11, "月度报告制度"),
    base: listed(11, "镇街", "各镇街"),
    pace: "P",
    due: each("month", "明"),
    leads: ["fangguan"],
    leadBasis: "文",
    filer: { by: "towns", basis: "文" },
    source: [report()],
    note: "11个镇街每月各1份",
  }),
  metric("9.5", "约谈/警示/处罚;第三方检测", {
    parts: [
      part("a", "约谈", "count", "次"),
      part("b", "警示", "count", "次"),
      part("c", "处罚", "count", "次"),
      part("d", "第三方检测", "count", "次"),
    ],
    pace: null,
    due: noDue,
    leads: ["fangguan"],
    leadBasis: "文",
    source: [report()],
  }),
];
