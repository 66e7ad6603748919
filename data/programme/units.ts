import type { Unit, UnitId } from "#data/domain/programme.ts";
import { towns } from "./towns.ts";

/** Every unit the plan names that is not a town; `name` is the longest form the plan itself uses. */
export const units: Unit[] = [
  {
    id: "zhuanban",
    short: "专班",
    name: "精细化专项行动专班",
    kind: "taskforce",
    member: true,
    note: "由区城管执法局牵头组建",
  },
  {
    id: "chengguan",
    short: "城管执法局",
    name: "区城管执法局",
    kind: "bureau",
    member: true,
    note: "专班牵头单位",
  },
  { id: "lvhua", short: "绿化市容局", name: "区绿化市容局", kind: "bureau", member: true },
  { id: "jianguan", short: "建管委", name: "区建管委", kind: "bureau", member: true },
  { id: "fangguan", short: "房管局", name: "区房管局", kind: "bureau", member: true },
  { id: "shuiwu", short: "水务局", name: "区水务局", kind: "bureau", member: true },
  { id: "nongye", short: "农业农村委", name: "区农业农村委", kind: "bureau", member: true },
  { id: "chengyun", short: "城运中心", name: "区城运中心", kind: "centre", member: true },
  { id: "shehui", short: "社会工作部", name: "区委社会工作部", kind: "party", member: true },
  {
    id: "zuzhi",
    short: "组织部",
    name: "组织部",
    kind: "party",
    member: false,
    note: "联合牵头任务20，但不是专班成员单位",
  },
  {
    id: "bianban",
    short: "编办",
    name: "编办",
    kind: "party",
    member: false,
    note: "联合牵头任务20，但不是专班成员单位",
  },
  {
    id: "xinfang",
    short: "信访办",
    name: "信访办",
    kind: "party",
    member: false,
    note: "联合牵头任务20，但不是专班成员单位",
  },
  { id: "guizi", short: "规资局", name: "规资局", kind: "bureau", member: false },
  { id: "gongan", short: "公安分局", name: "公安分局", kind: "bureau", member: false },
  {
    id: "jiaojing",
    short: "交警",
    name: "交警",
    kind: "police",
    member: false,
    note: "方案仅在执法协同中提及",
  },
  { id: "shengtai", short: "生态环境局", name: "生态环境局", kind: "bureau", member: false },
  { id: "shuju", short: "数据局", name: "区数据局", kind: "bureau", member: false },
  { id: "qixiang", short: "气象局", name: "气象局", kind: "bureau", member: false },
  { id: "yingji", short: "应急局", name: "应急局", kind: "bureau", member: false },
  { id: "renshe", short: "人社局", name: "人社局", kind: "bureau", member: false },
  { id: "gongyeyuan", short: "工业园区", name: "工业园区", kind: "park", member: false, note: "不是镇街" },
  { id: "xinchengban", short: "新城办", name: "新城办", kind: "office", member: false, note: "不是镇街" },
  {
    id: "xinchenggongsi",
    short: "新城公司",
    name: "新城公司",
    kind: "company",
    member: false,
    note: "不是镇街",
  },
  {
    id: "jiguan",
    short: "机关事务管理局",
    name: "机关事务管理局",
    kind: "bureau",
    member: false,
    note: "不是镇街",
  },
  {
    id: "lianxi",
    short: "精细化联席会议",
    name: "青浦区城市管理精细化工作联席会议",
    kind: "coordination",
    member: false,
  },
  { id: "quzhuanban", short: "区总专班", name: "区总专班", kind: "coordination", member: false },
  { id: "qufuban", short: "区府办", name: "区府办", kind: "coordination", member: false },
  { id: "shijingxi", short: "市精细化办", name: "市精细化办", kind: "coordination", member: false },
];

const byId = new Map(units.map((u) => [u.id, u]));

/** The unit of this id; every UnitId has one. */
export const unitOf = (id: UnitId): Unit => byId.get(id)!;

const orgNames = new Map<string, string>([
  ...units.map((u) => [u.id, u.short] as const),
  ...towns.map((t) => [t.id, t.name] as const),
]);

/** Short display name of a unit or town (towns keep 镇 or 街道, since that is how a history names them); else the id. */
export const orgName = (id: string): string => orgNames.get(id) ?? id;
