import type { PlanQuirk } from "#data/domain/programme.ts";

/** Faults of the source document as we hold it. Words are kept as written; what was resolved is resolved in the data only. */
export const planQuirks: PlanQuirk[] = [
  { written: "智慧城程管理平台", where: "一(一)", meaning: null, marked: true },
  { written: "房屋的坠隐患", where: "二(三)", meaning: "房屋高坠隐患", marked: true },
  { written: "_", where: "附件 专项行动序号", meaning: "一", marked: false },
  { written: "=", where: "附件 专项行动序号", meaning: "二", marked: false },
  { written: "11", where: "附件 专项行动序号", meaning: "三", marked: false },
  { written: "+", where: "附件 专项行动序号", meaning: "十", marked: false },
  {
    written: "人社局、农业农村委",
    where: "附件 20 配合单位",
    meaning: "原件至此中断，后续单位不详",
    marked: false,
  },
];

/** Passage of the plan with 〔原文如此〕 behind each unclear word. */
export const markQuirks = (text: string): string =>
  planQuirks
    .filter((q) => q.marked)
    .reduce((marked, q) => marked.replaceAll(q.written, `${q.written}〔原文如此〕`), text);
