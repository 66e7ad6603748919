import type { Who } from "#data/domain/account.ts";
import type { PresenceAnswer } from "#data/domain/presence.ts";
import type { Present } from "./attendance.ts";

/**
 * Who is at a feature, as one account may know it: colleagues by name, other units as units, the own tabs apart. One person
 * with several tabs is one, and edits when one of them does.
 */
export function presenceOf(
  feature: number,
  present: readonly Present[],
  who: Pick<Who, "unit">,
  account: number,
): PresenceAnswer {
  const others = new Map<number, Present>();
  for (const one of present) {
    if (one.account === account) continue;
    const known = others.get(one.account);
    if (!known || (known.mode === "viewing" && one.mode === "editing")) others.set(one.account, one);
  }
  return {
    feature,
    others: [...others.values()].map(({ person, unit, unitName, mode }) => ({
      unit: unitName,
      ...(unit === who.unit && { person }),
      mode,
    })),
    mine: present.filter((one) => one.account === account).map(({ tab, mode }) => ({ tab, mode })),
  };
}
