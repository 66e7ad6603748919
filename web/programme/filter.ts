import type { Light } from "#data/domain/light.ts";
import { lights } from "#data/domain/light.ts";
import type { Target } from "#data/domain/programme.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";

/** The page's address: which targets are shown, and of which day. */
export interface ProgrammeSearch {
  readonly light?: Light;
  readonly lead?: string;
  readonly at?: string;
  readonly known?: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Keeps what is understood of an address. */
export function parseProgrammeSearch({
  light,
  lead,
  at,
  known,
}: Readonly<Record<string, string>>): ProgrammeSearch {
  return {
    ...(lights.includes(light as Light) && { light: light as Light }),
    ...(lead && /^[a-z]+$/.test(lead) && { lead }),
    ...(at && day.test(at) && { at }),
    ...(known && (day.test(known) || /^\d{1,15}$/.test(known)) && { known }),
  };
}

/** Targets of the plan that stand in the light and are led by the unit asked for; all of them when nothing is asked. */
export const shownTargets = (
  targets: readonly Target[],
  answer: Pick<ProgrammeAnswer, "targets">,
  { light, lead }: ProgrammeSearch,
): Target[] =>
  targets.filter(
    ({ no, leads }) =>
      (!light || answer.targets.find((status) => status.no === no)?.light === light) &&
      (!lead || leads.some((unit) => unit === lead)),
  );
