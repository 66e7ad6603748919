import { z } from "zod";

/** Units the plan names that are not towns. Ids are for ever: accounts, tasks and history point at them. */
export const unitIds = [
  "zhuanban", // 精细化专项行动专班
  "chengguan", // 城管执法局
  "lvhua", // 绿化市容局
  "jianguan", // 建管委
  "fangguan", // 房管局
  "shuiwu", // 水务局
  "nongye", // 农业农村委
  "chengyun", // 城运中心
  "shehui", // 社会工作部
  "zuzhi", // 组织部
  "bianban", // 编办
  "xinfang", // 信访办
  "guizi", // 规资局
  "gongan", // 公安分局
  "jiaojing", // 交警
  "shengtai", // 生态环境局
  "shuju", // 数据局
  "qixiang", // 气象局
  "yingji", // 应急局
  "renshe", // 人社局
  "gongyeyuan", // 工业园区
  "xinchengban", // 新城办
  "xinchenggongsi", // 新城公司
  "jiguan", // 机关事务管理局
  "lianxi", // 精细化工作联席会议
  "quzhuanban", // 区总专班
  "qufuban", // 区府办
  "shijingxi", // 市精细化办
] as const;
export const UnitId = z.enum(unitIds);
export type UnitId = z.infer<typeof UnitId>;

/** Official codes of the 3 街道 and 8 镇, in the order of the codes. */
export const townCodes = [
  "310118001",
  "310118002",
  "310118003",
  "310118102",
  "310118103",
  "310118104",
  "310118105",
  "310118106",
  "310118107",
  "310118109",
  "310118110",
] as const;
export const TownCode = z.enum(townCodes);
export type TownCode = z.infer<typeof TownCode>;

/** The same towns as account and unit ids, in the same order. */
export const townIds = [
  "xiayang",
  "yingpu",
  "xianghuaqiao",
  "zhujiajiao",
  "liantang",
  "jinze",
  "zhaoxiang",
  "xujing",
  "huaxin",
  "chonggu",
  "baihe",
] as const;
export const TownId = z.enum(townIds);
export type TownId = z.infer<typeof TownId>;

/** Whatever an account may belong to. */
export type OrgId = UnitId | TownId;

/**
 * bureau 委办局; party 党委部门; centre 事业单位; park 园区; office 指挥部办公室; company 企业;
 * taskforce 专班; coordination: bodies above or beside the 专班 that are only reported to; police: part of 公安.
 */
const UnitKind = z.enum([
  "taskforce",
  "party",
  "bureau",
  "police",
  "centre",
  "park",
  "office",
  "company",
  "coordination",
]);

export const Unit = z.object({
  id: UnitId,
  short: z.string().min(2),
  /** The longest form the plan itself uses. */
  name: z.string().min(2),
  kind: UnitKind,
  /** Member of the 精细化专项行动专班 as section 二 lists them. */
  member: z.boolean(),
  note: z.string().optional(),
});
export type Unit = z.infer<typeof Unit>;

export const Town = z.object({
  code: TownCode,
  id: TownId,
  name: z.string(),
  short: z.string(),
  kind: z.enum(["街道", "镇"]),
  /** Class for comparing like with like: ours, 试行, not the plan's. */
  class: z.enum(["甲", "乙"]),
});
export type Town = z.infer<typeof Town>;

export const Campaign = z.object({
  no: z.number().int().min(1).max(10),
  numeral: z.enum(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]),
  name: z.string(),
  short: z.string(),
  /** Leads of section 二; the table's leads are on the targets and differ. */
  leads: z.array(UnitId).min(1),
  leadSource: z.literal("文"),
  /** Section 一, verbatim but for line breaks and OCR spaces. */
  text: z.string(),
  /** Section 二, verbatim likewise. */
  measures: z.string(),
});
export type Campaign = z.infer<typeof Campaign>;

/** Where a target or metric can be judged at all. Outside it the answer is 不适用, never zero. */
export const Scope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("towns"), towns: z.array(TownCode).min(1), reason: z.string() }),
  /** Only towns that hold at least one feature of the frozen list in this layer. */
  z.object({ kind: z.literal("listed"), layer: z.string(), reason: z.string() }),
]);
export type Scope = z.infer<typeof Scope>;

export const Target = z.object({
  no: z.number().int().min(1).max(20),
  campaign: z.number().int().min(1).max(10),
  /** The table's own words, verbatim but for line breaks and OCR spaces. */
  text: z.string(),
  short: z.string(),
  leads: z.array(UnitId).min(1),
  /** True where the lead cell is merged with a neighbour's and was resolved by hand. */
  mergedLead: z.boolean(),
  joint: z.boolean().optional(),
  /** The 配合单位 cell, verbatim. */
  cooperatingText: z.string(),
  cooperating: z.array(UnitId),
  /** Units the cell leaves open, e.g. 等相关委办局. */
  cooperatingOthers: z.string().optional(),
  cooperatingTowns: z.union([z.literal("all"), z.array(TownCode)]),
  scope: Scope,
  /** The source document breaks off in this row. */
  cut: z.literal(true).optional(),
  notes: z.array(z.string()),
});
export type Target = z.infer<typeof Target>;

/**
 * list: k of a frozen list; rate: reported num/den; count: cumulative; cadence: one slot a period, a missed slot stays
 * missed; milestone: done or not; trend: against the base in `goal.against`; state: verified qualitative.
 */
export const MetricKind = z.enum(["list", "rate", "count", "cadence", "milestone", "trend", "state"]);
export type MetricKind = z.infer<typeof MetricKind>;

/** What a light compares with: L linear in time, S dated stages, E only at the deadline, A at all times, P per period. */
export const Pace = z.enum(["L", "S", "E", "A", "P"]);
export type Pace = z.infer<typeof Pace>;

/** plan: a number the plan prints. internal 内控: our configurable default, never shown as the plan's. */
const GoalOrigin = z.enum(["plan", "internal"]);

export const Goal = z.object({
  op: z.enum([">=", "<=", "<", "="]),
  /** In `unit` if given, else in the metric's unit; a milestone's value is 1 (完成); with `against` it is per cent of that base. */
  value: z.number(),
  unit: z.string().optional(),
  origin: GoalOrigin,
  /** As it is shown: the plan's wording, or the 内控 one. */
  text: z.string(),
  /** The pieces that satisfy a percentage of the base: 90 % of 38 件 is 35 件. */
  pieces: z.number().int().optional(),
  against: z.enum(["2024年同期"]).optional(),
});
export type Goal = z.infer<typeof Goal>;

/** 明 written in the plan; 年 only 2025年目标任务; 无 none; 推 inferred by us. */
const DueBasis = z.enum(["明", "年", "无", "推"]);

export const Due = z.object({
  date: z.iso.date().nullable(),
  basis: DueBasis,
  period: z.enum(["week", "month", "quarter", "year"]).optional(),
  /** 待确认: the 专班 has to confirm, `alternative` being the other reading. */
  needsConfirm: z.boolean().optional(),
  alternative: z.iso.date().optional(),
});
export type Due = z.infer<typeof Due>;

/** 表 table cell or merged cell; 文 section 二 or 四; 推 inferred, the 专班 must confirm. */
const LeadBasis = z.enum(["表", "文", "推"]);

export const MetricSource = z.discriminatedUnion("kind", [
  /** Computed from these layers (ids of the layer registry). */
  z.object({ kind: z.literal("layer"), layer: z.array(z.string()).min(1), what: z.string().optional() }),
  /** 报: monthly 填报 with evidence and 审核. */
  z.object({ kind: z.literal("report"), what: z.string().optional() }),
  /** 事: an inspection, meeting or document on record. */
  z.object({ kind: z.literal("event"), what: z.string().optional() }),
  /** 导: imported from the owning system, nobody edits here. */
  z.object({
    kind: z.literal("import"),
    from: UnitId.optional(),
    layer: z.string().optional(),
    what: z.string().optional(),
  }),
  /** Computed from the programme itself: the ★ metrics, the filing log, the policy library. */
  z.object({ kind: z.literal("programme"), what: z.string() }),
]);
export type MetricSource = z.infer<typeof MetricSource>;

/** A frozen list or denominator the goal is measured on: 619 件, 11 处. */
export const MetricBase = z.object({
  value: z.number().int(),
  unit: z.string(),
  origin: GoalOrigin,
  text: z.string(),
});
export type MetricBase = z.infer<typeof MetricBase>;

/** One of several numbers a metric's row holds; its code is `${metric.code}.${key}`. */
export const MetricPart = z.object({
  key: z.string().regex(/^[a-z]$/),
  name: z.string(),
  kind: MetricKind,
  unit: z.string(),
  goal: Goal.nullable(),
  base: MetricBase.optional(),
  leads: z.array(UnitId).min(1).optional(),
  leadBasis: LeadBasis.optional(),
});
export type MetricPart = z.infer<typeof MetricPart>;

export const Metric = z.object({
  code: z.string().regex(/^(P|C4|[0-9]{1,2})\.[0-9]{1,2}$/),
  target: z.number().int().min(1).max(20).nullable(),
  campaign: z.number().int().min(1).max(10).nullable(),
  /** ★ headline: a target is 完成 when all its ★ are met. */
  star: z.boolean(),
  /** A ★ without a goal of the plan is met by 年终认定: the lead proposes with evidence, the 专班 confirms. */
  yearEnd: z.boolean(),
  name: z.string(),
  kind: MetricKind,
  /** Lower is better. */
  down: z.boolean().optional(),
  unit: z.string(),
  goal: Goal.nullable(),
  base: MetricBase.optional(),
  pace: Pace.nullable(),
  due: Due,
  leads: z.array(UnitId).min(1),
  leadBasis: LeadBasis,
  /** Who files when it is not the lead. */
  filer: z.object({ by: z.union([z.literal("towns"), UnitId]), basis: LeadBasis }).optional(),
  /** Narrower than the target's scope, where it is. */
  scope: Scope.optional(),
  source: z.array(MetricSource).min(1),
  /** Complete when present; the first repeats the metric's own kind, unit and goal. */
  parts: z.array(MetricPart).min(2).optional(),
  note: z.string().optional(),
});
export type Metric = z.infer<typeof Metric>;

export const Policy = z.object({ no: z.number().int(), title: z.string(), docNo: z.string() });
export type Policy = z.infer<typeof Policy>;

/** A place where the source text is unclear and is kept as it stands, marked 〔原文如此〕. */
export const PlanQuirk = z.object({
  written: z.string(),
  where: z.string(),
  meaning: z.string().nullable(),
  /** Shown with 〔原文如此〕; the others were only resolved in the data. */
  marked: z.boolean(),
});
export type PlanQuirk = z.infer<typeof PlanQuirk>;

export const Programme = z.object({
  year: z.number().int(),
  title: z.string(),
  campaigns: z.array(Campaign),
  targets: z.array(Target),
  metrics: z.array(Metric),
  policies: z.array(Policy),
  /** The plan counts these many policies and names only `policies`. */
  policyTotal: z.number().int(),
  quirks: z.array(PlanQuirk),
});
export type Programme = z.infer<typeof Programme>;
