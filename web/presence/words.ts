import type { PresenceAnswer } from "#data/domain/wire.ts";

type Other = PresenceAnswer["others"][number];

export interface Face {
  readonly key: string;
  /** The one character of the avatar. */
  readonly letter: string;
  readonly name: string;
  readonly mode: Other["mode"];
}

/** A colleague by the last word of the name (the demo's names begin with the unit), another unit by its own. */
const nameOf = ({ unit, person }: Other): string => {
  if (person === undefined) return unit;
  return person.startsWith(`${unit} `) ? `同事（${person.slice(unit.length + 1)}）` : person;
};

/** Those who edit first; several of one unit are one face with their number. */
export function facesOf({ others }: Pick<PresenceAnswer, "others">): Face[] {
  const faces = new Map<string, { other: Other; count: number }>();
  for (const other of others) {
    const key = `${nameOf(other)} ${other.mode}`;
    faces.set(key, { other, count: (faces.get(key)?.count ?? 0) + 1 });
  }
  return [...faces]
    .map(([key, { other, count }]) => {
      const name = nameOf(other);
      return {
        key,
        letter: name.slice(0, 1),
        name: count > 1 ? `${name} ${count} 人` : name,
        mode: other.mode,
      };
    })
    .sort((a, b) => Number(b.mode === "editing") - Number(a.mode === "editing"));
}

const modeWords: Record<Other["mode"], string> = { editing: "正在编辑", viewing: "在看" };

/** 同事 正在编辑，绿化市容局 在看; empty when nobody else is there. */
export const presenceSentence = (faces: readonly Face[]): string =>
  faces.map(({ name, mode }) => `${name} ${modeWords[mode]}`).join("，");
