import { expect, test } from "vitest";
import type { Who } from "#data/domain/account.ts";
import { groupDemoAccounts, landingOf } from "./landing.ts";

const who = (account: string, role: Who["role"], unitName: string, town: string | null = null): Who => ({
  account,
  role,
  name: account,
  unit: account.replace(/-sh$/, ""),
  unitName,
  town,
});

test("a town's account lands on its own town and what is still open there", () => {
  const landing = landingOf(who("zhujiajiao", "editor", "朱家角镇", "310118102"));
  expect(landing).toMatchObject({ to: "/", search: { town: "310118102", light: "late,warn,normal,none" } });
});

test("a wall's account lands on the wall, a planner on the whole district", () => {
  expect(landingOf(who("screen", "screen", "专班"))).toEqual({ to: "/screen" });
  expect(landingOf(who("planner", "viewer", "规资局"))).toEqual({ to: "/" });
});

test("demo accounts are grouped as people look for themselves", () => {
  const groups = groupDemoAccounts([
    who("planner", "viewer", "规资局"),
    who("zhuanban", "taskforce", "专班"),
    who("zhuanban-sh", "taskforce", "专班"),
    who("shehui", "editor", "区委社会工作部"),
    who("lvhua", "editor", "区绿化市容局"),
    who("lvhua-sh", "reviewer", "区绿化市容局"),
    who("xujing", "editor", "徐泾镇", "310118106"),
  ]);
  expect(groups.map((g) => [g.name, g.accounts.map((a) => a.label)])).toEqual([
    ["浏览与领导", ["浏览", "zhuanban", "zhuanban-sh"]],
    ["牵头单位", ["社会工作部", "绿化市容局", "绿化市容局"]],
    ["镇街", ["徐泾镇"]],
  ]);
});
