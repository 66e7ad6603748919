import type { Chance } from "./random.ts";

/** Streets of the demo. They are made up; every feature named after one carries `demo`. */
const streets = [
  "青禾路",
  "柳荫路",
  "荷塘路",
  "稻香路",
  "白鹭路",
  "芦花路",
  "云帆路",
  "兰舟路",
  "菱歌路",
  "桑陌路",
  "渔晚路",
  "桂舟路",
  "苇岸路",
  "秋葭路",
  "竹溪路",
  "橹声路",
  "麦陇路",
  "藕渠路",
  "雁汀路",
  "蒲泽路",
] as const;

export const street = (chance: Chance): string => chance.pick(streets);
export const address = (chance: Chance): string => `${chance.pick(streets)}${chance.whole(8, 1290)}号`;

const estateHeads = [
  "清荷",
  "柳岸",
  "云帆",
  "稻香",
  "白鹭",
  "桂舟",
  "菱歌",
  "芦汀",
  "兰溪",
  "秋葭",
  "竹影",
  "渔晚",
  "苇岸",
  "藕香",
  "雁汀",
  "桑榆",
  "麦语",
  "蒲泽",
  "橹声",
  "晴川",
  "枕河",
  "望水",
  "听泉",
  "揽湖",
] as const;
const estateTails = [
  "苑",
  "雅苑",
  "新村",
  "家园",
  "花园",
  "小区",
  "名邸",
  "公寓",
  "佳苑",
  "华庭",
  "新苑",
  "景苑",
  "里",
  "嘉园",
  "丽舍",
  "一村",
  "二村",
  "三村",
  "馨苑",
] as const;

/** All names of demo estates, each once, in random order. */
export const estateNames = (chance: Chance): string[] =>
  chance.shuffled(estateHeads.flatMap((head) => estateTails.map((tail) => head + tail)));

/** What every made-up feature carries. */
export const made = (note = "演示数据，位置为示意"): { demo: true; location_note: string } => ({
  demo: true,
  location_note: note,
});

/** What a real place carries: where its position comes from and how far it may be off. Its progress is still 演示. */
export const real = (source: string, accuracyM: number): { location_note: string } => ({
  location_note: `${source}；位置精度 约 ${accuracyM} 米；进展为演示数据`,
});
