/** Names of the targets short enough for one line of a wall; the plan's own words are on the programme page. */
const names: Readonly<Record<number, string>> = {
  1: "市容乱象整治",
  2: "绿化景观提升",
  3: "养护保洁",
  4: "消纳场所管理",
  5: "建筑垃圾全链条",
  6: "无证运输",
  7: "跨区域非法倾倒",
  8: "废弃混凝土处置",
  9: "外墙高坠隐患",
  10: "户外招牌整改",
  11: "薄弱区域",
  12: "夜景提升",
  13: "广告招牌问题清单",
  14: "共享停车位",
  15: "轨交站点停放",
  16: "西井河清澈",
  17: "物业投诉化解",
  18: "数字体征平台",
  19: "违建治理",
  20: "信访与 12345 化解",
};

export const wallName = (target: number): string => names[target] ?? `任务 ${target}`;
