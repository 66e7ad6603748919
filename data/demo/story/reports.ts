import { townCodes, townIds } from "../../domain/programme.ts";
import { dateOf, dayNumber } from "../../domain/time.ts";
import { daysOn, filingDays, monthEnds, plusDays } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { clerkOf } from "../lights.ts";
import { share } from "../random.ts";
import { monthlySeries, type Series } from "./report-values.ts";
import { dumping2024, dumpingByMonth, unlicensed2024, unlicensedByMonth } from "./waste.ts";

/** Working day on which March … September are filed. */
const filed = [
  "2025-03-31",
  "2025-04-30",
  "2025-05-30",
  "2025-06-30",
  "2025-07-31",
  "2025-08-29",
  "2025-09-12",
];
const month = (date: string) => date.slice(0, 7);

/** Everything that is filed and not computed (填报). Representation: notes of the contract between DEMO and READ. */
export function reports(diary: Diary): void {
  const trends: Series[] = [
    { metric: "6.1", unit: "chengguan", values: unlicensedByMonth, of: unlicensed2024 },
    { metric: "7.1", unit: "chengguan", values: dumpingByMonth, of: dumping2024 },
  ];
  for (const series of [...monthlySeries, ...trends]) monthly(diary, series);
  meetings(diary);
  weekly(diary);
  townMonthlyReports(diary);
  townCounts(diary);
}

function monthly(diary: Diary, { metric, unit, values, of, notes }: Series): void {
  values.forEach((value, i) => {
    const date = filed[i] as string;
    const whole = typeof of === "number" ? of : of?.[i];
    diary.report(
      { date, login: unit, reason: "月度填报" },
      {
        metric,
        unit,
        period: month(date),
        value,
        ...(whole === undefined ? {} : { of: whole }),
        ...(notes?.[i] ? { note: notes[i] } : {}),
      },
    );
  });
}

type Slot = readonly [period: string, date: string, note?: string];

/** One slot a period: 专报, 例会, joint checks, special meetings; and the supervision of lagging towns. */
function meetings(diary: Diary): void {
  const hold = (metric: string, unit: string, reason: string, slots: readonly Slot[]) => {
    for (const [period, date, note] of slots)
      diary.report(
        { date, login: unit, reason },
        { metric, unit, period, value: 1, of: 1, ...(note ? { note } : {}) },
      );
  };
  const issued = ["2025-04-08", "2025-05-08", "2025-06-09", "2025-07-08", "2025-08-08", "2025-09-08"];
  hold(
    "P.3",
    "chengguan",
    "月度专报印发",
    issued.map((date, i) => [
      month(date),
      date,
      `第${i + 1}期（${i + 3}月）${i === 3 ? "，更正 12345 化解数为 1,287" : ""}`,
    ]),
  );
  hold("P.4", "chengguan", "季度会议", [
    ["2025-Q1", "2025-03-28", "工作例会"],
    ["2025-Q2", "2025-06-27", "现场推进会（夏阳湖）"],
  ]);
  const checks = ["2025-03-21", "2025-04-18", "2025-05-23", "2025-06-20", "2025-08-22", "2025-09-11"];
  hold(
    "5.2",
    "lvhua",
    "建筑垃圾联合检查",
    checks.map((date) => [month(date), date]),
  );
  missed(diary, "5.2", "lvhua", "2025-07", "2025-07-31", "因台风未开展");
  hold("5.2", "lvhua", "建筑垃圾联合检查补做", [["2025-07", "2025-08-06", "8 月 6 日补做"]]);
  const special = [
    "2025-03-26",
    "2025-04-23",
    "2025-05-28",
    "2025-06-25",
    "2025-07-23",
    "2025-08-27",
    "2025-09-05",
  ];
  hold(
    "20.3",
    "shehui",
    "攻坚专题会",
    special.map((date) => [month(date), date]),
  );
  const letters = [
    ["2025-06-12", 1, "徐泾镇提醒函"],
    ["2025-07-10", 1, "华新镇提醒函，7 月 16 日答复"],
    ["2025-08-12", 2, "徐泾镇督办函（答复退回一次）、白鹤镇提醒函"],
  ] as const;
  for (const [date, value, note] of letters)
    diary.report(
      { date, login: "zhuanban", reason: "督导滞后镇街" },
      {
        metric: "P.6",
        unit: "zhuanban",
        period: month(date),
        value,
        of: value,
        note,
      },
    );
}

/** Said by the 专班 on the first working day after the period. */
function missed(diary: Diary, metric: string, unit: string, period: string, end: string, note: string): void {
  const date = [1, 2, 3, 4, 5]
    .flatMap((weekday) => daysOn(weekday, plusDays(end, 1), plusDays(end, 7)))
    .sort()[0];
  diary.report(
    { date: date ?? plusDays(end, 1), login: "zhuanban", reason: "到期未报，记缺" },
    { metric, unit, period, value: 0, of: 1, note },
    end,
  );
}

/** 物业线上例会 and 任务明细, weeks 12–37: 25 of 26 meetings (the typhoon week fell out), 26 of 26 lists. */
function weekly(diary: Diary): void {
  const monday = dayNumber("2025-03-17");
  for (let week = 12; week <= 37; week++) {
    const period = `2025-W${week}`;
    const thursday = dateOf(monday + (week - 12) * 7 + 3);
    const entry = { date: thursday, login: "fangguan", reason: "物业周例会与任务明细" };
    if (week === 31) missed(diary, "17.4.a", "fangguan", period, plusDays(thursday, 3), "台风，例会未开");
    else diary.report(entry, { metric: "17.4.a", unit: "fangguan", period, value: 1, of: 1 });
    diary.report(entry, { metric: "17.4.b", unit: "fangguan", period, value: 1, of: 1 });
  }
}

const lateReports = ["huaxin 2025-05", "huaxin 2025-07", "xujing 2025-07"];

/** 9.4: eleven towns × March … August = 66, 63 on time. */
function townMonthlyReports(diary: Diary): void {
  townCodes.forEach((code, t) => {
    const unit = townIds[t] as string;
    for (const end of monthEnds.slice(0, 6)) {
      const period = month(end);
      const late = lateReports.includes(`${unit} ${period}`);
      if (late) missed(diary, "9.4", unit, period, end, "逾期未报");
      const date = late
        ? filingDays(code, plusDays(end, 6), plusDays(end, 20))[0]
        : filingDays(code, plusDays(end, -12), end).at(-1);
      diary.report(
        { date: date as string, login: clerkOf(code), reason: "隐患排查月度报告" },
        {
          metric: "9.4",
          unit,
          period,
          value: 1,
          of: 1,
          ...(late ? { note: "逾期补报" } : {}),
        },
      );
    }
  });
}

const shops = 10_216;
const notKept = 374;

/** C4.2 门责履约 by town (9,842 of 10,216 now) and 1.4 the survey of five kinds of place (53 of 55). */
function townCounts(diary: Diary): void {
  const of = share(shops, [16, 17, 10, 11, 4, 4, 9, 16, 8, 3, 6]);
  const short = share(notKept, [9, 7, 9, 8, 3, 4, 10, 26, 18, 2, 11]);
  const factor = [2.6, 2.2, 1.9, 1.6, 1.4, 1.15, 1];
  townCodes.forEach((code, t) => {
    const unit = townIds[t] as string;
    const login = clerkOf(code);
    monthEnds.forEach((end, i) => {
      const date = filingDays(code, plusDays(end, -12), end).at(-1) as string;
      const gap = Math.round((short[t] ?? 0) * (factor[i] ?? 1));
      diary.report(
        { date, login, reason: "门责履约填报" },
        {
          metric: "C4.2",
          unit,
          period: month(date),
          value: (of[t] ?? 0) - gap,
          of: of[t] ?? 0,
        },
      );
    });
    const sheds = unit === "baihe" ? 0 : 1;
    const places = unit === "xujing" ? 3 : 4;
    const survey = [
      ["2025-04-30", Math.min(3, places), 0],
      ["2025-05-31", places, sheds],
    ] as const;
    for (const [end, b, c] of survey) {
      const date = filingDays(code, plusDays(end, -12), end).at(-1) as string;
      const entry = { date, login, reason: "五类场所梳理填报" };
      const file = (metric: string, value: number, all: number) =>
        diary.report(entry, { metric, unit, period: month(date), value, of: all });
      file("1.4.a", b + c, 5);
      file("1.4.b", b, 4);
      file("1.4.c", c, 1);
    }
  });
}
