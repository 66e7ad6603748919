import { type TownCode, townCodes } from "../../domain/programme.ts";
import { townOf } from "../../programme/towns.ts";
import type { Ground } from "../base.ts";
import { filingDays } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import type { At } from "../geo.ts";
import { clerkOf, openDue, verifierOf } from "../lights.ts";
import { chanceOf, share } from "../random.ts";
import { estateNames, made } from "../words.ts";

/** Estates and those not yet screened, by town: 438 and 37. */
const estates = [88, 92, 28, 34, 12, 10, 36, 78, 32, 12, 16];
const unscreened = [2, 2, 1, 3, 1, 2, 4, 11, 7, 0, 4];
const screenedBuildings = 4_820;
const partlyBuildings = 92;
const otherBuildings = 556;

export interface Estate {
  readonly name: string;
  readonly town: TownCode;
  readonly at: At;
}

/** Target 9: 438 estates with 5,376 buildings, 401 and 4,912 screened; façade hazards. Returns the estates. */
export function housing(diary: Diary, ground: Ground): Estate[] {
  const chance = chanceOf("estates");
  const names = estateNames(chance);
  const weigh = (n: number) => Array.from({ length: n }, () => 4 + chance.next() * 16);
  const done = share(screenedBuildings, weigh(401));
  const rest = share(otherBuildings, weigh(37));
  const partly = share(partlyBuildings, rest);
  const built: Estate[] = [];
  let doneAt = 0;
  let restAt = 0;
  townCodes.forEach((town, t) => {
    const count = estates[t] ?? 0;
    const left = unscreened[t] ?? 0;
    const days = filingDays(town, "2025-03-20", "2025-09-12");
    for (let i = 0; i < count; i++) {
      const open = i >= count - left;
      const name = names[built.length] ?? "";
      const at = ground.somewhere(town, chance, { spread: 520 });
      built.push({ name, town, at });
      const buildings = (open ? rest[restAt] : done[doneAt]) ?? 0;
      const part = partly[restAt] ?? 0;
      if (open) restAt += 1;
      else doneAt += 1;
      const attrs = { name, buildings, screened_buildings: 0, screened: false, ...made() };
      const uid = diary.create(
        { date: "2025-01-08", login: "fangguan", reason: "住宅小区底数建账" },
        "compound",
        { type: "Point", coordinates: [...at] },
        attrs,
        [{ target: 9, due: open ? openDue(chance, town, 9, i - (count - left)) : "2025-12-31" }],
      );
      const clerk = { login: clerkOf(town), reason: `${townOf(town).short}小区高坠隐患排查` };
      const day = chance.pick(days);
      if (open && part > 0) diary.patch({ ...clerk, date: day }, uid, { screened_buildings: part });
      else if (!open)
        diary.close({ ...clerk, date: day }, verifierOf(9), uid, [9], {
          screened: true,
          screened_buildings: buildings,
          screened_on: day,
        });
    }
  });
  hazards(diary, ground, built);
  return built;
}

/** Minor hazards and those not cleared, by town: 391 and 79; major ones: 23, all under control. */
const minor = [62, 66, 24, 38, 12, 14, 40, 68, 42, 9, 16];
const uncleared = [10, 6, 5, 8, 2, 4, 9, 17, 13, 1, 4];
const major = [4, 5, 1, 2, 0, 0, 2, 6, 2, 0, 1];

function hazards(diary: Diary, ground: Ground, built: readonly Estate[]): void {
  const chance = chanceOf("hazards");
  const create = (town: TownCode, grade: "major" | "minor", n: number, due: string) => {
    const home = chance.pick(built.filter((estate) => estate.town === town));
    const filed = chance.pick(filingDays(town, "2025-03-24", "2025-07-04"));
    const uid = diary.create(
      { date: filed, login: clerkOf(town), reason: `${townOf(town).short}外墙隐患登记` },
      "facade_hazard",
      { type: "Point", coordinates: [...ground.near(town, home.at, chance, 60)] },
      {
        name: `${home.name} ${chance.whole(1, 28)}号楼外墙`,
        grade,
        compound: home.name,
        controlled: false,
        cleared: false,
        external_no: `WQ-${townOf(town).short}-${grade === "major" ? "J" : "Q"}${n + 1}`,
        ...made(),
      },
      [{ target: 9, due }],
    );
    return { uid, days: filingDays(town, filed, "2025-09-12").slice(1) };
  };
  townCodes.forEach((town, t) => {
    const clerk = { login: clerkOf(town), reason: `${townOf(town).short}外墙隐患处置` };
    const left = uncleared[t] ?? 0;
    const count = minor[t] ?? 0;
    for (let i = 0; i < count; i++) {
      const open = i >= count - left;
      const due = open ? openDue(chance, town, 9, i - (count - left) + 1) : "2025-09-30";
      const { uid, days } = create(town, "minor", i, due);
      if (open) continue;
      const day = chance.pick(days);
      diary.close({ ...clerk, date: day }, verifierOf(9), uid, [9], {
        controlled: true,
        cleared: true,
        cleared_on: day,
      });
    }
    for (let i = 0; i < (major[t] ?? 0); i++) {
      const { uid, days } = create(town, "major", i, "2025-12-31");
      const day = days[1] ?? days[0] ?? "2025-09-12";
      diary.patch({ ...clerk, date: day }, uid, {
        controlled: true,
        control_measure: "设围挡、警示，敲除松动面层，限期维修",
      });
    }
  });
}
