import type { Policy } from "#data/domain/programme.ts";

/** The plan counts these many policies already in force. */
export const policyTotal = 24;

/** The two the plan names. The other 22 are not named anywhere and stay empty until the 专班 supplies them. */
export const policies: Policy[] = [
  { no: 1, title: "青浦区城市管理精细化三年行动计划(2024-2026年)", docNo: "青府办发[2024]30号" },
  { no: 2, title: "上海市建筑垃圾处置管理办法", docNo: "沪府令57号" },
];
