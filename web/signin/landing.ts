import { roleName, type Who } from "#data/domain/account.ts";
import { orgName } from "#data/programme/units.ts";
import { boxOfTown, viewOfBox } from "../map/town-boxes.ts";

/** Where an account begins: a town on its own town and what is still open there, the wall on the wall. */
export function landingOf(who: Who) {
  if (who.role === "screen") return { to: "/screen" as const };
  const box = who.town ? boxOfTown(who.town) : undefined;
  if (!who.town || !box) return { to: "/" as const };
  return { to: "/" as const, search: { town: who.town, light: "late,warn,normal,none", v: viewOfBox(box) } };
}

export interface DemoGroup {
  readonly name: string;
  readonly accounts: readonly { readonly who: Who; readonly label: string }[];
}

/** 浏览与领导, 牵头单位, 镇街: as people look for themselves. */
export function groupDemoAccounts(accounts: readonly Who[]): DemoGroup[] {
  const isOffice = ({ role }: Who) => role !== "editor" && role !== "reviewer";
  const groups: DemoGroup[] = [
    {
      name: "浏览与领导",
      accounts: accounts.filter(isOffice).map((who, _, office) => ({
        who,
        // Two accounts of one role are told apart by their function.
        label: office.filter(({ role }) => role === who.role).length > 1 ? who.name : roleName[who.role],
      })),
    },
    { name: "牵头单位", accounts: labelled(accounts.filter((who) => !isOffice(who) && !who.town)) },
    { name: "镇街", accounts: labelled(accounts.filter((who) => !isOffice(who) && who.town)) },
  ];
  return groups.filter((group) => group.accounts.length > 0);
}

const labelled = (accounts: readonly Who[]) => accounts.map((who) => ({ who, label: orgName(who.unit) }));
