import { type TownCode, type TownId, townCodes, townIds } from "../domain/programme.ts";
import { plusDays, randomDay } from "./calendar.ts";
import type { Chance } from "./random.ts";

/**
 * Which targets stand red or yellow in a town on the last day (demo-story, table; every town also has 18 yellow,
 * which hangs on no feature). Due dates of what is still open are chosen to that end, and a test reads them back.
 */
const red: Partial<Record<TownId, readonly number[]>> = {
  zhaoxiang: [8, 19],
  xujing: [1, 2, 15, 19],
  huaxin: [1, 9, 13],
  baihe: [1, 5, 13],
};
const yellow: Partial<Record<TownId, readonly number[]>> = {
  xiayang: [1, 13],
  yingpu: [11],
  xianghuaqiao: [1, 2],
  zhujiajiao: [1, 9],
  liantang: [1],
  jinze: [9],
  zhaoxiang: [1, 9],
  xujing: [9, 13, 14],
  huaxin: [10, 19],
  baihe: [9, 10],
};

export type Tone = "late" | "warn" | "normal";

/** The tone of a target in a town on the last day. */
export function toneOf(town: TownCode, target: number): Tone {
  const id = townIds[townCodes.indexOf(town)] as TownId;
  if (red[id]?.includes(target)) return "late";
  return yellow[id]?.includes(target) ? "warn" : "normal";
}

/** Due date of the `i`-th thing still open: some overdue where the town is red, some close where it is yellow. */
export function openDue(chance: Chance, town: TownCode, target: number, i: number): string {
  const tone = toneOf(town, target);
  const late = () => randomDay(chance, "2025-08-12", "2025-09-08");
  const soon = () => randomDay(chance, "2025-09-18", "2025-09-29");
  const later = () => randomDay(chance, "2025-10-08", "2025-12-20");
  if (tone === "late") return [late, soon, later][i % 3]?.() ?? later();
  return tone === "warn" && i % 4 === 0 ? soon() : later();
}

/** Due date of something closed by the last day: a month after it came up, as the rule of the 专班 has it. */
export const monthAfter = (date: string): string => plusDays(date, 30);

/** Who verifies a target: the reviewer of its lead; for 20 the 专班, since its five leads file jointly. */
export function verifierOf(target: number): string {
  if ([6, 7, 13, 19].includes(target)) return "chengguan-sh";
  if ([8, 14, 15].includes(target)) return "jianguan-sh";
  if ([9, 17].includes(target)) return "fangguan-sh";
  if (target === 16) return "shuiwu-sh";
  return target === 20 ? "zhuanban-sh" : "lvhua-sh";
}

/** A town's clerk account. */
export const clerkOf = (town: TownCode): string => townIds[townCodes.indexOf(town)] as TownId;
