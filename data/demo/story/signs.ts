import { type TownCode, townCodes } from "../../domain/programme.ts";
import { townOf } from "../../programme/towns.ts";
import type { Ground } from "../base.ts";
import { filingDays, monthEnds, plusDays } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { clerkOf, openDue, toneOf, verifierOf } from "../lights.ts";
import { type Chance, chanceOf } from "../random.ts";
import { address, made, street } from "../words.ts";

/** The list of 150, closed by the end of each month March … September (demo-story 11). */
const hazardByMonth = [18, 34, 52, 71, 98, 118, 124];

const signKind = { advert: "户外广告", shop_sign: "招牌" } as const;

interface Kind {
  readonly source: "city_supervised" | "town_survey" | "spot_check" | "hazard_150";
  readonly sign: keyof typeof signKind | null;
  readonly target: number;
  readonly listed: string;
  readonly byMonth: readonly number[];
  readonly total: number;
}

const kinds: readonly Kind[] = [
  {
    source: "city_supervised",
    sign: "advert",
    target: 10,
    listed: "2025-01-16",
    byMonth: [4, 7, 10, 12, 12, 12, 12],
    total: 12,
  },
  { source: "hazard_150", sign: null, target: 10, listed: "2025-02-25", byMonth: hazardByMonth, total: 150 },
  {
    source: "town_survey",
    sign: "advert",
    target: 13,
    listed: "2025-03-11",
    byMonth: [3, 12, 21, 30, 39, 48, 53],
    total: 64,
  },
  {
    source: "spot_check",
    sign: "shop_sign",
    target: 13,
    listed: "2025-03-13",
    byMonth: [4, 16, 28, 41, 53, 64, 71],
    total: 86,
  },
];

/** Targets 10 and 13: outdoor advertisements and shop signs, put right by the towns. */
export function signs(diary: Diary, ground: Ground): void {
  for (const kind of kinds) {
    const chance = chanceOf(kind.source);
    const months = kind.byMonth.flatMap((sum, month) =>
      Array<number>(sum - (kind.byMonth[month - 1] ?? 0)).fill(month),
    );
    const toneful = townCodes.filter((town) => toneOf(town, kind.target) !== "normal");
    const perTown = new Map<TownCode, number>();
    for (let i = 0; i < kind.total; i++) {
      const month = months[i];
      // What is open lies where the story has it red or yellow, then anywhere.
      const open = i - months.length;
      const town =
        open < 0
          ? chance.pick(townCodes)
          : ((toneful[Math.floor(open / 2)] ?? chance.pick(townCodes)) as TownCode);
      const nth = perTown.get(town) ?? 0;
      if (open >= 0) perTown.set(town, nth + 1);
      place(diary, ground, chance, kind, town, month, openDue(chance, town, kind.target, nth));
    }
  }
}

function place(
  diary: Diary,
  ground: Ground,
  chance: Chance,
  kind: Kind,
  town: TownCode,
  month: number | undefined,
  openUntil: string,
): void {
  const lead = kind.target === 10 ? "lvhua" : "chengguan";
  const sign = kind.sign ?? chance.pick(["advert", "shop_sign"] as const);
  const uid = diary.create(
    { date: kind.listed, login: lead, reason: "户外广告、招牌问题清单入库" },
    "signboard",
    { type: "Point", coordinates: [...ground.somewhere(town, chance, { spread: 220 })] },
    {
      name: `${street(chance)}${signKind[sign]}`,
      sign_kind: sign,
      source: kind.source,
      found_on: plusDays(kind.listed, -chance.whole(1, 20)),
      address: address(chance),
      ...made(),
    },
    [{ target: kind.target, due: month === undefined ? openUntil : "2025-10-31" }],
  );
  if (month === undefined) return;
  const from = month === 0 ? plusDays(kind.listed, 1) : plusDays(monthEnds[month - 1] ?? kind.listed, 1);
  const days = filingDays(town, from, monthEnds[month] ?? kind.listed);
  const entry = { login: clerkOf(town), reason: `${townOf(town).short}广告招牌整改` };
  diary.close({ ...entry, date: chance.pick(days) }, verifierOf(kind.target), uid, [kind.target]);
}
