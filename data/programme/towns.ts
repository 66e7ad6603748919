import type { Town, TownCode, TownId } from "#data/domain/programme.ts";

/** The 3 街道 and 8 镇 in the order of their official codes. The class 甲/乙 is ours and 试行. */
export const towns: Town[] = [
  { code: "310118001", id: "xiayang", name: "夏阳街道", short: "夏阳", kind: "街道", class: "甲" },
  { code: "310118002", id: "yingpu", name: "盈浦街道", short: "盈浦", kind: "街道", class: "甲" },
  { code: "310118003", id: "xianghuaqiao", name: "香花桥街道", short: "香花桥", kind: "街道", class: "甲" },
  { code: "310118102", id: "zhujiajiao", name: "朱家角镇", short: "朱家角", kind: "镇", class: "乙" },
  { code: "310118103", id: "liantang", name: "练塘镇", short: "练塘", kind: "镇", class: "乙" },
  { code: "310118104", id: "jinze", name: "金泽镇", short: "金泽", kind: "镇", class: "乙" },
  { code: "310118105", id: "zhaoxiang", name: "赵巷镇", short: "赵巷", kind: "镇", class: "甲" },
  { code: "310118106", id: "xujing", name: "徐泾镇", short: "徐泾", kind: "镇", class: "甲" },
  { code: "310118107", id: "huaxin", name: "华新镇", short: "华新", kind: "镇", class: "甲" },
  { code: "310118109", id: "chonggu", name: "重固镇", short: "重固", kind: "镇", class: "乙" },
  { code: "310118110", id: "baihe", name: "白鹤镇", short: "白鹤", kind: "镇", class: "乙" },
];

const byCode = new Map(towns.map((t) => [t.code, t]));
const byId = new Map(towns.map((t) => [t.id, t]));

/** The town of an official code; every TownCode has one. */
export const townOf = (code: TownCode): Town => byCode.get(code)!;

/** The town of a pinyin id; every TownId has one. */
export const townOfId = (id: TownId): Town => byId.get(id)!;
