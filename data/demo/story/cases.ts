import { type TownCode, townCodes } from "../../domain/programme.ts";
import { townOf } from "../../programme/towns.ts";
import type { Ground } from "../base.ts";
import { daysOn } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { type Chance, chanceOf, share } from "../random.ts";
import { made } from "../words.ts";
import type { Estate } from "./housing.ts";

/** 12345 list by town, resolved as of 06-30 as it is known now, and resolved now (demo-story, table). */
const listed = [262, 248, 158, 132, 52, 61, 186, 396, 241, 42, 86];
const byJune = [191, 192, 114, 97, 42, 46, 132, 232, 148, 35, 58];
const now = [214, 212, 131, 112, 47, 53, 152, 288, 172, 39, 66];
/** Counted as resolved on 06-30 and rejected by the call-backs of 07-03: 24. */
const rejected = [2, 0, 0, 0, 0, 0, 2, 10, 7, 0, 3];

const petitions = { listed: 619, byJune: 569, now: 601 };
const parkingPetitions = { resolved: 36, open: 2 };
const propertyCalls = { resolved: 198, open: 76 };

const importDay = "2025-03-10";
const callBack = "2025-07-03";

interface Case {
  readonly channel: "petition" | "hotline";
  readonly town: TownCode;
  /** Mondays on which it was imported as resolved, the first of them wrongly when `rejected`. */
  readonly resolved: readonly string[];
  readonly rejected: boolean;
  also: "petition_38" | "hotline_274" | null;
}

/** Targets 17 and 20: the frozen lists of 619 and 1,864, with the 38 and 274 among them (never added twice). */
export function cases(diary: Diary, ground: Ground, estates: readonly Estate[]): void {
  const chance = chanceOf("cases");
  const all = [...hotline(chance), ...petition(chance)];
  mark(chance, all, "petition", "petition_38", parkingPetitions);
  mark(chance, all, "hotline", "hotline_274", propertyCalls);
  all.forEach((row, i) => {
    write(diary, ground, chance, row, i + 1, estates);
  });
}

/** More was resolved each week as the end of June came near. */
const springMondays = daysOn(1, "2025-03-24", "2025-06-30").flatMap((day, i) =>
  Array<string>(i + 2).fill(day),
);
const summerMondays = daysOn(1, "2025-07-21", "2025-09-08");

function hotline(chance: Chance): Case[] {
  const rows: { town: TownCode; june: string | null; rejected: boolean; later: boolean }[] = [];
  townCodes.forEach((town, t) => {
    const june = byJune[t] ?? 0;
    const wrong = rejected[t] ?? 0;
    const late = (now[t] ?? 0) - june;
    // Half of what was rejected is resolved anew before what nobody had resolved.
    const again = Math.min(Math.floor(wrong / 2), late);
    for (let i = 0; i < (listed[t] ?? 0); i++) {
      const isWrong = i >= june && i < june + wrong;
      rows.push({
        town,
        june: i < june + wrong ? chance.pick(springMondays) : null,
        rejected: isWrong,
        later: isWrong ? i < june + again : i >= june + wrong && i < june + wrong + late - again,
      });
    }
  });
  // 1,287 known on 07-05, then 1,297 on 07-07 and 1,309 on 07-14: met, two weeks late.
  const later = chance.shuffled(rows.filter((row) => row.later));
  const days = new Map(
    later.map((row, i) => [row, i < 10 ? "2025-07-07" : i < 22 ? "2025-07-14" : chance.pick(summerMondays)]),
  );
  return rows.map((row) => ({
    channel: "hotline",
    town: row.town,
    resolved: [row.june, days.get(row) ?? null].filter((day) => day !== null),
    rejected: row.rejected,
    also: null,
  }));
}

function petition(chance: Chance): Case[] {
  const perTown = share(petitions.listed, listed);
  const towns = chance.shuffled(townCodes.flatMap((town, t) => Array<TownCode>(perTown[t] ?? 0).fill(town)));
  return towns.map((town, i) => ({
    channel: "petition",
    town,
    resolved:
      i < petitions.byJune
        ? [chance.pick(springMondays)]
        : i < petitions.now
          ? [chance.pick(["2025-07-14", ...summerMondays])]
          : [],
    rejected: false,
    also: null,
  }));
}

function mark(
  chance: Chance,
  all: Case[],
  channel: Case["channel"],
  list: NonNullable<Case["also"]>,
  counts: { resolved: number; open: number },
): void {
  const fit = all.filter((row) => row.channel === channel && !row.rejected);
  const done = fit.filter((row) => row.resolved.length > 0);
  const open = fit.filter((row) => row.resolved.length === 0);
  for (const row of [...chance.some(done, counts.resolved), ...chance.some(open, counts.open)])
    row.also = list;
}

const topics = [
  "停车秩序",
  "物业服务",
  "噪声扰民",
  "房屋渗漏",
  "垃圾清运",
  "道路积水",
  "公共照明",
  "绿化养护",
];
const topicOf = { petition_38: "小区停车", hotline_274: "物业管理" } as const;

function write(
  diary: Diary,
  ground: Ground,
  chance: Chance,
  row: Case,
  n: number,
  estates: readonly Estate[],
): void {
  const { channel, town, also } = row;
  const label = channel === "petition" ? "信访" : "12345工单";
  const home = chance.pick(estates.filter((estate) => estate.town === town));
  const topic = also ? topicOf[also] : chance.pick(topics);
  const uid = diary.create(
    { date: importDay, login: "zhuanban", reason: "四张清单冻结入库（619、1864、38、274）" },
    "case",
    { type: "Point", coordinates: [...ground.near(town, home.at, chance, 70)] },
    {
      name: `${label} ${townOf(town).short}${String(n).padStart(4, "0")} ${topic}`,
      channel,
      lists: [channel === "petition" ? "petition_619" : "hotline_1864", ...(also ? [also] : [])],
      topic,
      resolved: false,
      external_no: `${channel === "petition" ? "XF" : "RX"}-${String(n).padStart(4, "0")}`,
      ...made(),
    },
    [{ target: 20, due: "2025-06-30" }, ...(also ? [{ target: 17 }] : [])],
  );
  const targets = also ? [20, 17] : [20];
  row.resolved.forEach((date, i) => {
    diary.close(
      { date, login: "zhuanban", reason: channel === "petition" ? "信访办理结果导入" : "12345 办理结果导入" },
      "zhuanban-sh",
      uid,
      targets,
      { resolved: true, resolved_on: date },
    );
    if (!row.rejected || i > 0) return;
    const check = {
      date: callBack,
      login: "zhuanban-sh",
      reason: "回访未通过：6 月底前所报 24 件不成立，退回并更正",
    };
    diary.correct(check, uid, date, { resolved: false, resolved_on: null });
    diary.correctTask(check, uid, 20, date, "underway");
  });
}
