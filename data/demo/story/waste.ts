import { type TownCode, townCodes } from "../../domain/programme.ts";
import { townOf } from "../../programme/towns.ts";
import type { Ground } from "../base.ts";
import { daysOn, monthEnds, plusDays, randomDay } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { monthAfter, openDue, verifierOf } from "../lights.ts";
import { chanceOf, share } from "../random.ts";
import { address, made, street } from "../words.ts";

const [, yingpu, xianghuaqiao, zhujiajiao, liantang, jinze, zhaoxiang, xujing, huaxin, chonggu, baihe] =
  townCodes;

/** Targets 4–8: disposal sites, transport cases, construction sites. */
export function waste(diary: Diary, ground: Ground): void {
  disposalSites(diary, ground);
  unlicensed(diary, ground);
  dumping(diary, ground);
  spills(diary, ground);
  constructionSites(diary, ground);
}

/** Twelve, all filed; round 1 ended on 05-23, round 2 stands at 7. */
function disposalSites(diary: Diary, ground: Ground): void {
  const chance = chanceOf("disposal");
  const where = [
    ...[xianghuaqiao, xianghuaqiao, zhaoxiang, huaxin, huaxin, baihe],
    ...[baihe, chonggu, liantang, liantang, jinze, zhujiajiao],
  ];
  where.forEach((town, i) => {
    const entry = (date: string, reason: string) => ({ date, login: "lvhua", reason });
    const uid = diary.create(
      entry("2025-01-09", "消纳场所建账"),
      "disposal_site",
      { type: "Point", coordinates: [...ground.somewhere(town, chance, { spread: 900, margin: 120 })] },
      {
        name: `${townOf(town).short}消纳场所${i + 1}号（示意）`,
        filed: false,
        checks: 0,
        locked: false,
        schematic: true,
        ...made(),
      },
      [{ target: 4 }],
    );
    const filed = i < 8 ? "2025-02-13" : "2025-03-13";
    diary.patch(entry(filed, "消纳场所备案"), uid, { filed: true, filed_on: filed });
    const first = ["2025-04-11", "2025-04-25", "2025-05-09", "2025-05-23"][i % 4] ?? "2025-05-23";
    diary.patch(entry(first, "全覆盖检查第一轮"), uid, { checks: 1, last_check: first });
    if (i >= 7) return;
    const second = ["2025-08-15", "2025-09-05"][i % 2] ?? "2025-09-05";
    diary.patch(entry(second, "全覆盖检查第二轮"), uid, { checks: 2, last_check: second });
  });
}

/** 无证运输 by the end of each month March … September: 21 against 29 in 2024. */
export const unlicensedByMonth = [6, 9, 11, 14, 16, 20, 21];
export const unlicensed2024 = [8, 12, 16, 20, 24, 28, 29];

function unlicensed(diary: Diary, ground: Ground): void {
  const chance = chanceOf("unlicensed");
  monthEnds.forEach((end, month) => {
    const before = unlicensedByMonth[month - 1] ?? 0;
    for (let i = before; i < (unlicensedByMonth[month] ?? 0); i++) {
      const town = chance.pick([xujing, huaxin, baihe, zhaoxiang, xianghuaqiao, yingpu]);
      const found = randomDay(
        chance,
        monthEnds[month - 1] ? plusDays(end, -24) : "2025-02-10",
        plusDays(end, -4),
      );
      const uid = diary.create(
        { date: found, login: "chengguan", reason: "查处无证运输" },
        "waste_case",
        { type: "Point", coordinates: [...ground.somewhere(town, chance, { spread: 250 })] },
        {
          name: `无证运输 ${street(chance)}`,
          case_kind: "unlicensed",
          found_on: found,
          handled_by: "城管、交警联合",
          ...made(),
        },
        [{ target: 6, due: monthAfter(found) > "2025-09-30" ? "2025-12-31" : monthAfter(found) }],
      );
      const done = nextFriday(plusDays(found, chance.whole(8, 25)));
      if (done <= "2025-09-12")
        diary.close({ date: done, login: "chengguan", reason: "无证运输案件办结" }, verifierOf(6), uid, [6]);
    }
  });
}

/** The case offices close their files on Fridays. */
const nextFriday = (date: string): string => daysOn(5, date, plusDays(date, 14))[0] ?? date;

/** 跨区域倾倒 5 against 4: 白鹤 3, 华新 1, 练塘 1, near the border of the district. */
const dumps: readonly (readonly [TownCode, string, string | null, string])[] = [
  [liantang, "2025-03-12", "2025-04-18", "2025-04-30"],
  [baihe, "2025-05-14", "2025-06-20", "2025-06-30"],
  [huaxin, "2025-06-10", "2025-07-18", "2025-07-31"],
  [baihe, "2025-07-09", null, "2025-08-31"],
  [baihe, "2025-08-06", null, "2025-09-05"],
];
export const dumpingByMonth = [1, 1, 2, 3, 4, 5, 5];
export const dumping2024 = [1, 2, 2, 3, 4, 4, 4];

function dumping(diary: Diary, ground: Ground): void {
  const chance = chanceOf("dumping");
  for (const [town, found, closed, due] of dumps) {
    const uid = diary.create(
      { date: found, login: "chengguan", reason: "跨区域非法倾倒立案" },
      "waste_case",
      { type: "Point", coordinates: [...ground.somewhere(town, chance, { spread: 1500 })] },
      {
        name: `跨区域倾倒 ${townOf(town).short}${street(chance)}`,
        case_kind: "dumping",
        found_on: found,
        handled_by: "城管执法局",
        ...made(),
      },
      [{ target: 7, due }],
    );
    if (closed)
      diary.close({ date: closed, login: "chengguan", reason: "倾倒案件办结" }, verifierOf(7), uid, [7]);
  }
}

/** 46 cases of soiled roads, 43 handled; of the three open ones in 白鹤 one is overdue. */
function spills(diary: Diary, ground: Ground): void {
  const chance = chanceOf("spills");
  const others = townCodes.filter((town) => town !== baihe);
  for (let i = 0; i < 46; i++) {
    const open = i - 43;
    const town = open >= 0 ? baihe : chance.pick(others);
    const found =
      open >= 0
        ? (["2025-08-05", "2025-09-03", "2025-09-10"][open] ?? "2025-09-10")
        : randomDay(chance, "2025-02-12", "2025-08-14");
    const uid = diary.create(
      { date: found, login: "lvhua", reason: "运输污染道路登记" },
      "waste_case",
      { type: "Point", coordinates: [...ground.somewhere(town, chance, { spread: 200 })] },
      {
        name: `污染道路 ${street(chance)}`,
        case_kind: "spill",
        found_on: found,
        handled_by: "绿化市容局",
        ...made(),
      },
      [{ target: 5, due: open >= 0 ? openDue(chance, town, 5, open) : monthAfter(found) }],
    );
    if (open < 0)
      diary.close(
        { date: nextFriday(plusDays(found, chance.whole(3, 16))), login: "lvhua", reason: "污染道路已清理" },
        verifierOf(5),
        uid,
        [5],
      );
  }
}

const producedElsewhere = 123_000;

/** 168 sites, 166 with a contract; 123,000 of 125,000 t of concrete handled (98.4 %): two 赵巷 sites are the rest. */
function constructionSites(diary: Diary, ground: Ground): void {
  const chance = chanceOf("sites");
  const perTown = share(166, [20, 14, 26, 14, 8, 12, 18, 26, 16, 6, 6]);
  const tons = share(
    producedElsewhere,
    Array.from({ length: 166 }, () => 2 + chance.next() * 10),
  );
  const create = (town: TownCode, n: number, t: number) =>
    diary.create(
      { date: "2025-01-14", login: "jianguan", reason: "在监工地建账" },
      "construction_site",
      { type: "Point", coordinates: [...ground.somewhere(town, chance, { spread: 500 })] },
      {
        name: `${townOf(town).short}${street(chance)}工地${n}`,
        contract: false,
        concrete_t: t,
        disposed_t: 0,
        reused_t: 0,
        external_no: `JG-2025-${String(n).padStart(3, "0")}`,
        ...made(),
      },
      [{ target: 8, due: n > 166 ? "2025-08-31" : "2025-12-31" }],
    );
  const signing = ["2025-02-12", "2025-03-12", "2025-04-16", "2025-05-14"];
  const handling = ["2025-06-11", "2025-07-16", "2025-08-13", "2025-09-10"];
  let n = 0;
  perTown.forEach((count, place) => {
    for (let i = 0; i < count; i++) {
      const t = tons[n] ?? 0;
      n += 1;
      const uid = create(townCodes[place] as TownCode, n, t);
      const signed = chance.pick(signing);
      diary.patch({ date: signed, login: "jianguan", reason: "处置合同签订" }, uid, {
        contract: true,
        contract_on: signed,
      });
      const reused = Math.round(t * chance.next() * 0.5);
      const date = chance.pick(handling);
      const handled = { disposed_t: t - reused, reused_t: reused };
      // Most sites are done with demolition; the rest go on and are checked until the year ends.
      if (chance.next() < 0.72)
        diary.close(
          { date, login: "jianguan", reason: "废弃混凝土处置核对" },
          verifierOf(8),
          uid,
          [8],
          handled,
        );
      else diary.patch({ date, login: "jianguan", reason: "废弃混凝土处置核对" }, uid, handled);
    }
  });
  for (const extra of [1, 2]) {
    const uid = create(zhaoxiang, 166 + extra, 1000);
    diary.patch({ date: "2025-07-16", login: "jianguan", reason: "未签处置合同，书面催办" }, uid, {
      remark: `${address(chance)}：处置合同未签，废弃混凝土去向待核`,
    });
  }
}
