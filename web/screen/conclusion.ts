import { type Light, lightName } from "#data/domain/light.ts";
import { dayNumber } from "#data/domain/time.ts";
import type { ProgrammeAnswer, TargetStatus } from "#data/domain/wire/programme.ts";
import { numerals } from "../ui/numerals.ts";
import { wallName } from "./names.ts";

export interface Conclusion {
  /** How many of the targets stand where. */
  readonly counts: string;
  /** The late ones by name; null when there is none. */
  readonly late: string | null;
  /** What a leader would ask today; null when nothing presses. */
  readonly question: string | null;
}

/** The wall's sentences, from nothing but the answer. */
export function conclude(answer: ProgrammeAnswer): Conclusion {
  const { targets } = answer;
  const count = (light: Light) => targets.filter((target) => target.light === light).length;
  const told = (["done", "normal", "warn", "none"] as const).filter((light) => count(light) > 0);
  const late = targets.filter((target) => target.light === "late");
  return {
    counts: `${numerals(targets.length)}项任务，${told.map((light) => `${lightName[light]} ${count(light)}`).join("、")}。`,
    late:
      late.length === 0 ? null : `滞后 ${late.length} 项：${late.map(({ no }) => wallName(no)).join("、")}。`,
    question: questionOf(answer),
  };
}

/** The late target whose day is nearest, else the warned one: how far it is, how long there is. */
function questionOf({ targets, metrics, asOf }: ProgrammeAnswer): string | null {
  const asked = pressing(targets, "late") ?? pressing(targets, "warn");
  if (!asked?.due) return null;
  const left = dayNumber(asked.due) - dayNumber(asOf.today);
  const days = left < 0 ? `逾期 ${-left} 天` : left === 0 ? "今天到期" : `剩 ${left} 天`;
  const star = metrics.find(({ metric }) => metric.target === asked.no && metric.star);
  const place =
    star?.metric.base && star.value !== null && star.of !== null
      ? `，${star.of} ${star.metric.base.unit}办完 ${star.value} ${star.metric.base.unit}`
      : "";
  const asks = left < 0 ? "哪天能办完" : "能按期吗";
  return `今天要问：${wallName(asked.no)}${days}${place}，${asks}？`;
}

const pressing = (targets: readonly TargetStatus[], light: Light): TargetStatus | undefined =>
  targets
    .filter((target) => target.light === light && target.due !== null)
    .sort((a, b) => (a.due ?? "").localeCompare(b.due ?? "") || a.no - b.no)[0];
