import { type TownCode, townCodes } from "../../domain/programme.ts";
import { tenFaults } from "../../layers/vocabulary.ts";
import { townOf } from "../../programme/towns.ts";
import type { Ground } from "../base.ts";
import { filingDays, lastDay, nextFiling, plusDays, randomDay } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { clerkOf, monthAfter, openDue, verifierOf } from "../lights.ts";
import { type Chance, chanceOf } from "../random.ts";
import { made, street } from "../words.ts";

/** Found and closed by town: 1,260 and 1,109 (demo-story 5: 白鹤 72 %, 华新 79 %, 盈浦 96 %). */
const counts: readonly (readonly [TownCode, number, number])[] = townCodes.map((code, i) => [
  code,
  [150, 125, 130, 125, 70, 72, 115, 170, 143, 60, 100][i] ?? 0,
  [138, 120, 117, 112, 65, 66, 103, 146, 113, 57, 72][i] ?? 0,
]);

/** Share of what came up in each stretch: the 摸底 of March and the end-July typhoon stand out. */
const waves: readonly (readonly [string, string, number])[] = [
  ["2025-01-06", "2025-02-28", 6],
  ["2025-03-03", "2025-03-31", 38],
  ["2025-04-01", "2025-05-31", 17],
  ["2025-06-01", "2025-07-24", 13],
  ["2025-07-26", "2025-08-04", 22],
  ["2025-08-05", "2025-08-22", 4],
];
const lastClosing = "2025-09-12";

/** Target 1: what stands in the way of the 十无, found and closed by the towns, verified by 绿化市容局. */
export function findings(diary: Diary, ground: Ground): void {
  const chance = chanceOf("findings");
  const faults = Object.keys(tenFaults);
  for (const [town, found, closed] of counts) {
    const clerk = clerkOf(town);
    for (let i = 0; i < found; i++) {
      const open = i >= closed;
      const when = open ? openStretch(chance, town, i - closed) : closedStretch(chance, town);
      const category = open
        ? chance.pick(faults.filter((fault) => fault !== "poor_green"))
        : chance.pick(faults);
      const place =
        category === "poor_green"
          ? "roadside"
          : chance.pick([
              "roadside",
              "roadside",
              "public_place",
              "building_site",
              "industrial_park",
              "field_shed",
            ]);
      const attrs = {
        name: `${street(chance)}${tenFaults[category as keyof typeof tenFaults]}`,
        category,
        place,
        source:
          when.found < "2025-04-01" ? "survey" : chance.pick(["patrol", "patrol", "hotline", "inspection"]),
        found_on: when.found,
        ...made(),
      };
      const targets = category === "poor_green" ? [1, 2] : [1];
      const uid = diary.create(
        { date: when.filed, login: clerk, reason: `${townOf(town).short}问题点位登记` },
        "finding",
        { type: "Point", coordinates: [...ground.somewhere(town, chance)] },
        attrs,
        targets.map((target) => ({ target, due: when.due })),
      );
      const entry = { login: clerk, reason: `${townOf(town).short}问题点位整改` };
      if (when.closed) diary.close({ ...entry, date: when.closed }, verifierOf(1), uid, targets);
      else if (i % 6 === 0) {
        const last = filingDays(town, "2025-09-08", lastDay)[0] as string;
        if (last > when.filed) diary.step({ ...entry, date: last }, uid, 1, "submit");
      }
      if (town === "310118003" && open && i - closed < 3)
        diary.patch(
          { date: lastClosing, login: "zhuanban", reason: "工业园区界内争议点位，指定责任属地" },
          uid,
          {},
          { duty: town },
        );
    }
  }
}

interface Stretch {
  readonly found: string;
  readonly filed: string;
  readonly due: string;
  readonly closed?: string;
}

function closedStretch(chance: Chance, town: TownCode): Stretch {
  const total = waves.reduce((sum, [, , weight]) => sum + weight, 0);
  let left = chance.next() * total;
  const wave = waves.find(([, , weight]) => {
    left -= weight;
    return left <= 0;
  });
  const [from, to] = wave ?? (waves[0] as (typeof waves)[number]);
  const found = randomDay(chance, from, to);
  const filed = nextFiling(town, found, lastClosing);
  // One in eight takes longer than its month.
  const days = chance.next() < 0.125 ? chance.whole(31, 44) : chance.whole(5, 27);
  return {
    found,
    filed,
    due: monthAfter(found),
    closed: nextFiling(town, plusDays(filed, days), lastClosing),
  };
}

/** What is still open: overdue where the town is red, else within its month or with a term set by the 专班. */
function openStretch(chance: Chance, town: TownCode, i: number): Stretch {
  const due = openDue(chance, town, 1, i);
  const recent = plusDays(due, -30);
  const found = recent <= "2025-09-03" ? recent : randomDay(chance, "2025-07-28", "2025-09-03");
  return { found, filed: nextFiling(town, found, lastClosing), due };
}
