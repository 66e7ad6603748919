import type { Deed } from "#data/domain/wire/history.ts";

/** Unit, and inside the own unit the clerk; a name that begins with its unit says the unit once. */
export const whoOf = ({ unit, person }: Pick<Deed, "unit" | "person">): string =>
  person === undefined ? unit : person.startsWith(unit) ? person : `${unit} ${person}`;
