/** One reported number, March … September, cumulated; `of` is the denominator, the plan's number or the same period of 2024. */
export interface Series {
  readonly metric: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly of?: number | readonly number[];
  /** Notes by month of the series (0 = March). */
  readonly notes?: Readonly<Record<number, string>>;
}

const row = (
  metric: string,
  unit: string,
  values: readonly number[],
  of?: Series["of"],
  notes?: Series["notes"],
) => ({
  metric,
  unit,
  values,
  ...(of === undefined ? {} : { of }),
  ...(notes ? { notes } : {}),
});

const trial = "8 月 29 日上线试运行，比节点晚两周";

/** Counted, rated and dated numbers that no layer gives (demo-story 6–20). */
export const monthlySeries: readonly Series[] = [
  row("P.5.a", "chengguan", [1, 1, 2, 3, 3, 4, 4]),
  row("P.5.b", "chengguan", [0, 1, 1, 2, 2, 3, 3]),
  row("P.7", "zhuanban", [11, 11, 11, 11, 10, 11, 11], 11),
  row("P.9.a", "chengguan", [0, 2, 4, 6, 8, 11, 12]),
  row("P.9.b", "chengguan", [0, 0, 1, 2, 2, 3, 3]),
  row("P.9.c", "chengguan", [0, 0, 0, 1, 1, 1, 1]),
  row("2.3.b", "lvhua", [2.1, 5.4, 8.8, 12, 13.5, 15.2, 16.4]),
  row("3.1", "lvhua", [310, 322, 335, 346, 352, 360, 366], 402),
  row("3.2.a", "lvhua", [1, 2, 3, 4, 5, 6, 6]),
  row("3.2.b", "lvhua", [80, 150, 230, 300, 370, 430, 430]),
  row("4.2", "lvhua", [0, 0, 1, 1, 1, 1, 1], 2, { 2: "第一轮 5 月 23 日完成，12/12", 6: "第二轮 7/12" }),
  row("4.3.a", "lvhua", [6, 12, 18, 25, 30, 37, 41]),
  row("4.3.b", "lvhua", [0, 0, 1, 1, 2, 2, 2]),
  row("4.3.c", "lvhua", [3, 6, 9, 13, 16, 20, 22]),
  row("5.3", "lvhua", [0, 0, 0, 0, 0, 0, 0], 1, { 6: "排放、运输、处置三个环节已接入，联调中" }),
  row("6.2", "chengguan", [1, 2, 3, 4, 4, 5, 6], 8),
  row("6.3.a", "chengguan", [5, 9, 12, 16, 18, 22, 24]),
  row("6.3.b", "chengguan", [3, 7, 10, 13, 16, 19, 20]),
  row("6.3.c", "chengguan", [4, 6, 8, 11, 12, 15, 16]),
  row("7.2", "chengguan", [0, 1, 1, 2, 2, 3, 3]),
  row("8.3", "jianguan", [60, 90, 112, 130, 141, 150, 154], 166),
  row("9.5.a", "fangguan", [1, 2, 4, 5, 7, 9, 10]),
  row("9.5.b", "fangguan", [0, 1, 2, 2, 3, 4, 4]),
  row("9.5.c", "fangguan", [0, 0, 0, 1, 1, 1, 1]),
  row("9.5.d", "fangguan", [12, 30, 55, 80, 104, 131, 140]),
  row("10.3", "lvhua", [150, 270, 400, 540, 660, 800, 905], 1200),
  row("11.2", "lvhua", [0, 1, 2, 3, 3, 3, 3], 3),
  row("C4.1", "lvhua", [3, 4, 5, 6, 6, 8, 8], 12, { 4: "因台风未开展", 5: "7 月的一次补在 8 月 9 日" }),
  row("C4.3", "lvhua", [6, 10, 13, 17, 20, 24, 27], 30),
  row("14.2", "jiguan", [8, 10, 12, 14, 15, 17, 18], 23),
  row("14.3.a", "jianguan", [10, 20, 32, 40, 52, 66, 70]),
  row("14.3.b", "jianguan", [0, 12, 30, 48, 60, 84, 96]),
  row("15.3", "jianguan", [40, 88, 130, 176, 220, 262, 285], [48, 102, 148, 198, 246, 290, 312]),
  row("16.2.b", "shuiwu", [400, 900, 1500, 2100, 2100, 2100, 2100]),
  row("16.3.a", "shuiwu", [8, 19, 30, 42, 55, 69, 74]),
  row("16.3.b", "shuiwu", [36, 88, 140, 195, 255, 320, 345]),
  row("16.6.b", "shuiwu", [0, 0, 120, 260, 260, 380, 380]),
  row("17.3", "fangguan", [2.1, 2.9, 3.8, 4.7, 5.6, 6.4, 6.8], [2.4, 3.3, 4.3, 5.3, 6.4, 7.3, 7.7]),
  row("17.5.a", "fangguan", [1, 1, 1, 1, 1, 1, 1], 1),
  row("17.5.b", "fangguan", [0, 1, 1, 2, 2, 3, 3]),
  row("18.1", "chengyun", [0, 0, 0, 0, 0, 0, 0], 1, { 5: trial, 6: trial }),
  row("18.2", "chengyun", [4, 7, 9, 12, 14, 16, 17], 20),
  row("18.3", "chengyun", [30, 42, 53, 66, 78, 86, 92], [30, 42, 53, 66, 78, 86, 92]),
  row("18.4", "chengyun", [18, 24, 30, 37, 44, 50, 53], [18, 24, 30, 37, 45, 51, 54], {
    4: "7 月 19 日一次预警未推送",
  }),
  row("18.5.a", "chengyun", [88, 120, 149, 184, 214, 241, 256], [96, 130, 160, 196, 228, 255, 270]),
  row("18.5.b", "chengyun", [70, 74, 78, 81, 84, 87, 88], 100),
  row("18.5.c", "chengyun", [18, 20, 22, 24, 25, 26, 27], 30),
  row("18.5.d", "chengyun", [1, 1, 1, 1, 1, 1, 1], 1),
  row("19.5.a", "chengguan", [30, 61, 92, 128, 155, 188, 201], [36, 70, 104, 142, 174, 207, 219]),
  row("20.4.a", "shehui", [1, 1, 1, 1, 1, 1, 1], 1),
  row("20.4.b", "shehui", [0, 1, 2, 3, 4, 5, 5]),
  row("20.4.c", "shehui", [0, 0, 0, 1, 1, 1, 1]),
];
