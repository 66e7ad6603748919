import type { Role } from "../domain/account.ts";
import type { OrgId, UnitId } from "../domain/programme.ts";
import { towns } from "../programme/towns.ts";
import { orgName } from "../programme/units.ts";

/** An account of the demo. Names are functions, not persons. */
export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly unit: OrgId;
  readonly role: Role;
}

/** One password for all demo accounts; shown on the sign-in page of a demo and refused nowhere else. */
export const demoPassword = "guatu-2025";

const filingUnits: readonly UnitId[] = [
  "lvhua",
  "chengguan",
  "jianguan",
  "fangguan",
  "shuiwu",
  "chengyun",
  "shehui",
  "zuzhi",
  "bianban",
  "xinfang",
  "nongye",
  "jiguan",
];

const pair = (unit: OrgId): DemoAccount[] => [
  { login: unit, name: `${orgName(unit)} 经办`, unit, role: "editor" },
  { login: `${unit}-sh`, name: `${orgName(unit)} 审核`, unit, role: "reviewer" },
];

/** The 专班 imports lists and corrects; a second account of it verifies. */
export const demoAccounts: readonly DemoAccount[] = [
  { login: "planner", name: "规资局 规划", unit: "guizi", role: "viewer" },
  { login: "leader", name: "联席会议 领导", unit: "lianxi", role: "leader" },
  { login: "zhuanban", name: "专班 经办", unit: "zhuanban", role: "taskforce" },
  { login: "zhuanban-sh", name: "专班 核查", unit: "zhuanban", role: "taskforce" },
  { login: "ducha", name: "专班 督查", unit: "zhuanban", role: "inspector" },
  { login: "screen", name: "指挥中心 大屏", unit: "zhuanban", role: "screen" },
  { login: "admin", name: "系统管理", unit: "zhuanban", role: "admin" },
  ...filingUnits.flatMap(pair),
  ...towns.flatMap(({ id }) => pair(id)),
];
