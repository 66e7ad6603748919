import type { Due, Metric } from "#data/domain/programme.ts";
import { byYearEnd, each, event, imported, listed, metric, noDue, part, planned, report } from "./define.ts";

/** The plan states no date for the 38 and 274; if they are a subset of the 619 and 1864 it is the end of June. */
const toConfirm: Due = { date: "2025-12-31", basis: "推", needsConfirm: true, alternative: "2025-06-30" };

/** 七 小区物业: target 17. */
export const campaign7Metrics: Metric[] = [
  metric("17.1", "38 件停车问题信访投诉化解率", {
    star: true,
    kind: "list",
    unit: "%",
    goal: planned(90, "38件停车问题信访投诉化解率达到90%以上", { pieces: 35 }),
    base: listed(38, "件", "38件停车问题信访投诉"),
    pace: "L",
    due: toConfirm,
    leads: ["fangguan"],
    leadBasis: "文",
    source: [imported("xinfang", "case")],
  }),
  metric("17.2", "274 件 12345 工单化解率", {
    star: true,
    kind: "list",
    unit: "%",
    goal: planned(70, "274件12345热线工单化解率达到70%以上", { pieces: 192 }),
    base: listed(274, "件", "274件12345热线工单"),
    pace: "L",
    due: toConfirm,
    leads: ["fangguan"],
    leadBasis: "文",
    source: [imported("chengyun", "case")],
  }),
  metric("17.3", "物业类信访、12345 投诉率", {
    star: true,
    yearEnd: true,
    kind: "trend",
    down: true,
    unit: "件/万户",
    pace: "A",
    due: byYearEnd,
    leads: ["fangguan"],
    leadBasis: "表",
    source: [imported()],
  }),
  metric("17.4", "线上例会;主责单位任务明细", {
    parts: [
      part("a", "线上例会", "cadence", "次", planned(1, "每周召开线上会议")),
      part("b", "主责单位任务明细", "cadence", "份", planned(1, "每周收取主责单位任务推进明细")),
    ],
    pace: "P",
    due: each("week", "明"),
    leads: ["fangguan"],
    leadBasis: "文",
    source: [event(), report()],
  }),
  metric("17.5", "联络员明确;物业优秀案例", {
    parts: [part("a", "联络员明确", "milestone", ""), part("b", "物业优秀案例", "count", "个")],
    pace: null,
    due: noDue,
    leads: ["fangguan"],
    leadBasis: "文",
    source: [event()],
  }),
];

/** 八 数字体征平台: target 18. */
export const campaign8Metrics: Metric[] = [
  metric("18.1", "数字体征平台 3.0 建成", {
    star: true,
    kind: "milestone",
    unit: "",
    goal: planned(1, "完成数字体征平台3.0建设工作"),
    pace: "S",
    due: byYearEnd,
    leads: ["chengyun"],
    leadBasis: "表",
    source: [report()],
  }),
  metric("18.2", "新增归集一级指标", {
    star: true,
    kind: "count",
    unit: "个",
    goal: planned(20, "新增归集数字体征一级指标20个以上"),
    pace: "L",
    due: byYearEnd,
    leads: ["chengyun"],
    leadBasis: "表",
    source: [report("体征指标登记")],
    note: "只计新增，不计总数",
  }),
  metric("18.3", "智慧电梯预警推送率", {
    star: true,
    kind: "rate",
    unit: "%",
    goal: planned(100, "预警推送率100%"),
    pace: "A",
    due: byYearEnd,
    leads: ["chengyun"],
    leadBasis: "表",
    source: [imported()],
    note: "只导入数量，设备位置不入图",
  }),
  metric("18.4", "智慧水表预警推送率", {
    star: true,
    kind: "rate",
    unit: "%",
    goal: planned(100, "预警推送率100%"),
    pace: "A",
    due: byYearEnd,
    leads: ["chengyun"],
    leadBasis: "表",
    source: [imported()],
    note: "只导入数量，设备位置不入图",
  }),
  metric("18.5", "预警闭环率;数据鲜活度;归集单位覆盖;专人专岗", {
    parts: [
      part("a", "预警闭环率", "rate", "%"),
      part("b", "数据鲜活度", "rate", "%"),
      part("c", "归集单位覆盖", "rate", "%"),
      part("d", "专人专岗", "state", ""),
    ],
    pace: null,
    due: noDue,
    leads: ["chengyun"],
    leadBasis: "文",
    source: [report()],
  }),
];
