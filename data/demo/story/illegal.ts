import { type TownCode, townCodes } from "../../domain/programme.ts";
import { townOf } from "../../programme/towns.ts";
import type { Ground } from "../base.ts";
import { filingDays, plusDays } from "../calendar.ts";
import type { Diary } from "../diary.ts";
import { clerkOf, monthAfter, openDue, verifierOf } from "../lights.ts";
import { chanceOf } from "../random.ts";
import { made } from "../words.ts";
import type { Estate } from "./housing.ts";

const zhaoxiang = townCodes[6];
const xujing = townCodes[7];

/** 存量 177: 61 villas in 赵巷 and 徐泾 (24 handled) and 116 others (80 handled), by town. */
const villas: readonly (readonly [TownCode, number, number])[] = [
  [zhaoxiang, 34, 13],
  [xujing, 27, 11],
];
const others = [14, 14, 14, 10, 5, 5, 12, 20, 12, 3, 7];
const othersOpen = [4, 4, 4, 3, 2, 2, 4, 6, 4, 1, 2];
/** 新增 37, demolished 33. */
const fresh = [4, 3, 5, 3, 2, 2, 4, 6, 4, 1, 3];
const freshOpen = [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1];
/** Ways of the 80: with the 24 villas demolished this gives 拆除 71, 补证销项 22, 转性 11. */
const routes = [...Array<string>(47).fill("demolish"), ...Array<string>(22).fill("permit")].concat(
  Array<string>(11).fill("convert"),
);

interface Building {
  readonly town: TownCode;
  readonly kind: "stock" | "new";
  readonly villa: boolean;
  readonly filed: string;
  readonly due: string;
  readonly route: string | null;
}

/** Target 19. */
export function illegalBuildings(diary: Diary, ground: Ground, estates: readonly Estate[]): void {
  const chance = chanceOf("illegal");
  const ways = chance.shuffled(routes);
  const put = (building: Building) => {
    const { town, kind, villa, filed, due, route } = building;
    const home = chance.pick(estates.filter((estate) => estate.town === town));
    const uid = diary.create(
      {
        date: filed,
        login: kind === "stock" ? "chengguan" : clerkOf(town),
        reason: kind === "stock" ? "存量违建建账 177 处" : "新增违建登记",
      },
      "illegal_building",
      { type: "Point", coordinates: [...ground.near(town, home.at, chance, villa ? 90 : 260)] },
      {
        name: `${home.name}${villa ? "别墅搭建" : "违建"} ${chance.whole(1, 90)}号`,
        stock_kind: kind,
        building_kind: villa ? "villa" : "other",
        concern: chance.some(["safety", "public_space", "complaint"], chance.whole(0, 2)),
        area_m2: chance.whole(8, villa ? 90 : 320),
        found_on: kind === "stock" ? "2024-12-31" : filed,
        ...made(),
      },
      [{ target: 19, due }],
    );
    if (!route) return;
    const day = chance.pick(
      filingDays(town, plusDays(kind === "stock" ? "2025-03-20" : filed, 3), limit(kind, filed)),
    );
    diary.close(
      { date: day, login: clerkOf(town), reason: `${townOf(town).short}违建处置` },
      verifierOf(19),
      uid,
      [19],
      { route, handled_on: day },
    );
  };
  for (const [town, total, handled] of villas)
    for (let i = 0; i < total; i++) {
      const open = i >= handled;
      // Staged: more than half of what is left was due by the end of August.
      const due = open ? ((i - handled) % 5 < 3 ? "2025-08-31" : "2025-11-30") : "2025-08-31";
      put({ town, kind: "stock", villa: true, filed: "2025-01-10", due, route: open ? null : "demolish" });
    }
  townCodes.forEach((town, t) => {
    const closed = (others[t] ?? 0) - (othersOpen[t] ?? 0);
    for (let i = 0; i < (others[t] ?? 0); i++) {
      const open = i >= closed;
      const due = open ? openDue(chance, town, 19, i - closed) : "2025-10-31";
      put({
        town,
        kind: "stock",
        villa: false,
        filed: "2025-01-10",
        due,
        route: open ? null : (ways.pop() ?? null),
      });
    }
    const gone = (fresh[t] ?? 0) - (freshOpen[t] ?? 0);
    for (let i = 0; i < (fresh[t] ?? 0); i++) {
      const open = i >= gone;
      const days = open
        ? filingDays(town, "2025-08-25", "2025-09-12")
        : filingDays(town, "2025-01-20", "2025-08-08");
      const filed = chance.pick(days);
      const due = open ? "2025-10-15" : monthAfter(filed);
      put({ town, kind: "new", villa: false, filed, due, route: open ? null : "demolish" });
    }
  });
}

const limit = (kind: Building["kind"], filed: string) =>
  kind === "stock" ? "2025-09-12" : plusDays(filed, 30);
